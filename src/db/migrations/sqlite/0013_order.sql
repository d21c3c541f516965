-- The order of rows tells nothing (promise 8). SQLite numbers the rows of an ordinary table as they come: between two
-- neighbours with exact times the number would tell the minute of an anonymous one, whose times are hours. So every table that
-- holds rows of anonymous people beside others is ordered by its ids, which are made from the same coarse times.
PRAGMA defer_foreign_keys = ON;

CREATE TEMP TABLE moved AS SELECT * FROM cases;
DROP TABLE cases;
CREATE TABLE cases (
    id BLOB PRIMARY KEY NOT NULL,
    organization_id BLOB NOT NULL REFERENCES organizations (id),
    number TEXT NOT NULL,
    state TEXT NOT NULL,
    lane TEXT NOT NULL,
    channel TEXT NOT NULL,
    identity TEXT NOT NULL,
    person TEXT NOT NULL,
    topic_id BLOB NOT NULL REFERENCES topics (id),
    access_point_id BLOB NOT NULL REFERENCES access_points (id),
    place TEXT NOT NULL,
    excerpt TEXT NOT NULL,
    department_id BLOB REFERENCES departments (id),
    handler_id BLOB REFERENCES staff (id),
    due_at TEXT NOT NULL,
    promised_at TEXT NOT NULL,
    received_at TEXT NOT NULL,
    answered_at TEXT,
    closed_at TEXT,
    urged_at TEXT,
    reopened INTEGER NOT NULL,
    version INTEGER NOT NULL,
    arrival INTEGER NOT NULL CONSTRAINT cases_arrival_key UNIQUE,
    CONSTRAINT cases_number_key UNIQUE (organization_id, number)
) STRICT, WITHOUT ROWID;
INSERT INTO cases (id, organization_id, number, state, lane, channel, identity, person, topic_id, access_point_id, place, excerpt, department_id, handler_id, due_at, promised_at, received_at, answered_at, closed_at, urged_at, reopened, version, arrival) SELECT id, organization_id, number, state, lane, channel, identity, person, topic_id, access_point_id, place, excerpt, department_id, handler_id, due_at, promised_at, received_at, answered_at, closed_at, urged_at, reopened, version, arrival FROM temp.moved;
DROP TABLE temp.moved;
CREATE INDEX cases_by_state ON cases (organization_id, state, due_at, id);
CREATE INDEX cases_by_department ON cases (department_id, state, due_at, id);
CREATE INDEX cases_by_arrival ON cases (organization_id, arrival);
CREATE INDEX cases_by_received ON cases (organization_id, received_at);
CREATE INDEX cases_by_closed ON cases (organization_id, closed_at);
CREATE INDEX cases_by_topic ON cases (topic_id, arrival);

CREATE TEMP TABLE moved AS SELECT * FROM submissions;
DROP TABLE submissions;
CREATE TABLE submissions (
    id BLOB PRIMARY KEY NOT NULL,
    organization_id BLOB NOT NULL REFERENCES organizations (id),
    access_point_id BLOB NOT NULL REFERENCES access_points (id),
    form_version_id BLOB NOT NULL REFERENCES form_versions (id),
    case_id BLOB NOT NULL REFERENCES cases (id),
    idempotency_hash BLOB NOT NULL CONSTRAINT submissions_idempotency_key UNIQUE,
    content_hash BLOB NOT NULL,
    channel TEXT NOT NULL,
    person TEXT NOT NULL,
    identity TEXT NOT NULL,
    topic_id BLOB NOT NULL REFERENCES topics (id),
    body TEXT NOT NULL,
    answers TEXT NOT NULL,
    notice_version INTEGER NOT NULL,
    tracking_hash BLOB NOT NULL CONSTRAINT submissions_tracking_key UNIQUE,
    received_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO submissions (id, organization_id, access_point_id, form_version_id, case_id, idempotency_hash, content_hash, channel, person, identity, topic_id, body, answers, notice_version, tracking_hash, received_at) SELECT id, organization_id, access_point_id, form_version_id, case_id, idempotency_hash, content_hash, channel, person, identity, topic_id, body, answers, notice_version, tracking_hash, received_at FROM temp.moved;
DROP TABLE temp.moved;
CREATE INDEX submissions_by_case ON submissions (case_id);

CREATE TEMP TABLE moved AS SELECT * FROM messages;
DROP TABLE messages;
CREATE TABLE messages (
    id BLOB PRIMARY KEY NOT NULL,
    case_id BLOB NOT NULL REFERENCES cases (id),
    author_id BLOB REFERENCES staff (id),
    body TEXT NOT NULL,
    created_at TEXT NOT NULL,
    idempotency_hash BLOB CONSTRAINT messages_idempotency_key UNIQUE,
    submission_id BLOB REFERENCES submissions (id)
) STRICT, WITHOUT ROWID;
INSERT INTO messages (id, case_id, author_id, body, created_at, idempotency_hash, submission_id) SELECT id, case_id, author_id, body, created_at, idempotency_hash, submission_id FROM temp.moved;
DROP TABLE temp.moved;
CREATE INDEX messages_by_case ON messages (case_id, created_at);

CREATE TEMP TABLE moved AS SELECT * FROM attachments;
DROP TABLE attachments;
CREATE TABLE attachments (
    id BLOB PRIMARY KEY NOT NULL,
    case_id BLOB NOT NULL REFERENCES cases (id),
    submission_id BLOB REFERENCES submissions (id),
    message_id BLOB REFERENCES messages (id),
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    size INTEGER NOT NULL,
    sha256 BLOB NOT NULL,
    created_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO attachments (id, case_id, submission_id, message_id, position, kind, size, sha256, created_at) SELECT id, case_id, submission_id, message_id, position, kind, size, sha256, created_at FROM temp.moved;
DROP TABLE temp.moved;
CREATE INDEX attachments_by_case ON attachments (case_id, position);
CREATE INDEX attachments_by_sha256 ON attachments (sha256);

CREATE TEMP TABLE moved AS SELECT * FROM staged_files;
DROP TABLE staged_files;
CREATE TABLE staged_files (
    id BLOB PRIMARY KEY NOT NULL,
    token_hash BLOB NOT NULL CONSTRAINT staged_files_token_key UNIQUE,
    sha256 BLOB NOT NULL,
    kind TEXT NOT NULL,
    size INTEGER NOT NULL,
    created_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO staged_files (id, token_hash, sha256, kind, size, created_at) SELECT id, token_hash, sha256, kind, size, created_at FROM temp.moved;
DROP TABLE temp.moved;

CREATE TEMP TABLE moved AS SELECT * FROM case_events;
DROP TABLE case_events;
CREATE TABLE case_events (
    id BLOB PRIMARY KEY NOT NULL,
    case_id BLOB NOT NULL REFERENCES cases (id),
    seq INTEGER NOT NULL,
    at TEXT NOT NULL,
    kind TEXT NOT NULL,
    actor_id BLOB REFERENCES staff (id),
    department_id BLOB REFERENCES departments (id),
    reason TEXT NOT NULL,
    due_at TEXT,
    visible INTEGER NOT NULL,
    CONSTRAINT case_events_seq_key UNIQUE (case_id, seq)
) STRICT, WITHOUT ROWID;
INSERT INTO case_events (id, case_id, seq, at, kind, actor_id, department_id, reason, due_at, visible) SELECT id, case_id, seq, at, kind, actor_id, department_id, reason, due_at, visible FROM temp.moved;
DROP TABLE temp.moved;

CREATE TEMP TABLE moved AS SELECT * FROM callbacks;
DROP TABLE callbacks;
CREATE TABLE callbacks (
    id BLOB PRIMARY KEY NOT NULL,
    case_id BLOB NOT NULL REFERENCES cases (id),
    by_staff_id BLOB REFERENCES staff (id),
    contacted INTEGER NOT NULL,
    solved INTEGER NOT NULL,
    satisfied INTEGER NOT NULL,
    comment TEXT NOT NULL,
    created_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO callbacks (id, case_id, by_staff_id, contacted, solved, satisfied, comment, created_at) SELECT id, case_id, by_staff_id, contacted, solved, satisfied, comment, created_at FROM temp.moved;
DROP TABLE temp.moved;
CREATE INDEX callbacks_by_case ON callbacks (case_id, created_at);

CREATE TEMP TABLE moved AS SELECT * FROM recusals;
DROP TABLE recusals;
CREATE TABLE recusals (
    id BLOB PRIMARY KEY NOT NULL,
    case_id BLOB NOT NULL REFERENCES cases (id),
    staff_id BLOB REFERENCES staff (id),
    department_id BLOB REFERENCES departments (id),
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    created_by BLOB REFERENCES staff (id),
    created_at TEXT NOT NULL,
    decided_by BLOB REFERENCES staff (id),
    decided_at TEXT
) STRICT, WITHOUT ROWID;
INSERT INTO recusals (id, case_id, staff_id, department_id, state, reason, created_by, created_at, decided_by, decided_at) SELECT id, case_id, staff_id, department_id, state, reason, created_by, created_at, decided_by, decided_at FROM temp.moved;
DROP TABLE temp.moved;
CREATE INDEX recusals_by_case ON recusals (case_id);
CREATE INDEX recusals_by_staff ON recusals (staff_id, case_id);
CREATE INDEX recusals_by_department ON recusals (department_id, case_id);

CREATE TEMP TABLE moved AS SELECT * FROM outbox;
DROP TABLE outbox;
CREATE TABLE outbox (
    id BLOB PRIMARY KEY NOT NULL,
    organization_id BLOB NOT NULL REFERENCES organizations (id),
    staff_id BLOB REFERENCES staff (id),
    kind TEXT NOT NULL,
    case_id BLOB REFERENCES cases (id),
    created_at TEXT NOT NULL,
    read_at TEXT
) STRICT, WITHOUT ROWID;
INSERT INTO outbox (id, organization_id, staff_id, kind, case_id, created_at, read_at) SELECT id, organization_id, staff_id, kind, case_id, created_at, read_at FROM temp.moved;
DROP TABLE temp.moved;
CREATE INDEX outbox_by_staff ON outbox (staff_id, read_at, created_at);

CREATE TEMP TABLE moved AS SELECT * FROM responses;
DROP TABLE responses;
CREATE TABLE responses (
    id BLOB PRIMARY KEY NOT NULL,
    organization_id BLOB NOT NULL REFERENCES organizations (id),
    form_id BLOB NOT NULL REFERENCES forms (id),
    form_version_id BLOB NOT NULL REFERENCES form_versions (id),
    access_point_id BLOB REFERENCES access_points (id),
    channel TEXT NOT NULL,
    cohort TEXT NOT NULL,
    author_id BLOB REFERENCES staff (id),
    answers TEXT NOT NULL,
    idempotency_hash BLOB NOT NULL CONSTRAINT responses_idempotency_key UNIQUE,
    content_hash BLOB NOT NULL,
    received_at TEXT NOT NULL,
    stage INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
INSERT INTO responses (id, organization_id, form_id, form_version_id, access_point_id, channel, cohort, author_id, answers, idempotency_hash, content_hash, received_at, stage) SELECT id, organization_id, form_id, form_version_id, access_point_id, channel, cohort, author_id, answers, idempotency_hash, content_hash, received_at, stage FROM temp.moved;
DROP TABLE temp.moved;
CREATE INDEX responses_by_form ON responses (form_id, id);
CREATE INDEX responses_by_author ON responses (author_id, id);
CREATE INDEX responses_by_stage ON responses (form_id, stage, id);

CREATE TEMP TABLE moved AS SELECT * FROM response_files;
DROP TABLE response_files;
CREATE TABLE response_files (
    id BLOB PRIMARY KEY NOT NULL,
    response_id BLOB NOT NULL REFERENCES responses (id),
    question TEXT NOT NULL,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    size INTEGER NOT NULL,
    sha256 BLOB NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO response_files (id, response_id, question, position, kind, size, sha256) SELECT id, response_id, question, position, kind, size, sha256 FROM temp.moved;
DROP TABLE temp.moved;
CREATE INDEX response_files_by_response ON response_files (response_id, position);
CREATE INDEX response_files_by_sha256 ON response_files (sha256);

CREATE TEMP TABLE moved AS SELECT * FROM calls;
DROP TABLE calls;
CREATE TABLE calls (
    id BLOB PRIMARY KEY NOT NULL,
    organization_id BLOB NOT NULL REFERENCES organizations (id),
    operator_id BLOB NOT NULL REFERENCES staff (id),
    kind TEXT NOT NULL,
    started_at TEXT NOT NULL,
    seconds INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    submission_id BLOB REFERENCES submissions (id)
) STRICT, WITHOUT ROWID;
INSERT INTO calls (id, organization_id, operator_id, kind, started_at, seconds, outcome, submission_id) SELECT id, organization_id, operator_id, kind, started_at, seconds, outcome, submission_id FROM temp.moved;
DROP TABLE temp.moved;
CREATE INDEX calls_by_organization ON calls (organization_id, kind, id);
CREATE INDEX calls_by_submission ON calls (submission_id);

-- Entries of the audit log that are dated to an hour wait until the hour is over, in no order; then they join the chain.
CREATE TABLE audit_waiting (
    id BLOB PRIMARY KEY NOT NULL, -- random
    organization_id BLOB NOT NULL,
    hour TEXT NOT NULL,
    actor_id BLOB,
    action TEXT NOT NULL,
    entity TEXT NOT NULL,
    entity_id BLOB,
    detail TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX audit_waiting_by_hour ON audit_waiting (organization_id, hour, id);

CREATE TABLE audit_waiting_sums (
    organization_id BLOB NOT NULL,
    hour TEXT NOT NULL,
    entries INTEGER NOT NULL,
    sum BLOB NOT NULL, -- of the keyed hashes of the entries, whatever their order
    seal BLOB NOT NULL, -- keyed hash of the four above
    PRIMARY KEY (organization_id, hour)
) STRICT, WITHOUT ROWID;

CREATE INDEX audit_log_by_actor ON audit_log (organization_id, actor_id, seq);
