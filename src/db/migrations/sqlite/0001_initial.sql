-- Organisations and their people ------------------------------------------------------------------------------------

CREATE TABLE organizations (
    id BLOB PRIMARY KEY NOT NULL,
    slug TEXT NOT NULL CONSTRAINT organizations_slug_key UNIQUE,
    name TEXT NOT NULL,
    emblem TEXT NOT NULL,
    hotline TEXT NOT NULL,
    office_name TEXT NOT NULL,
    welcome TEXT NOT NULL,
    calendar TEXT NOT NULL,
    limits TEXT NOT NULL,
    created_at TEXT NOT NULL
) STRICT;

CREATE TABLE departments (
    id BLOB PRIMARY KEY NOT NULL,
    organization_id BLOB NOT NULL REFERENCES organizations (id),
    name TEXT NOT NULL,
    leader_id BLOB,
    position INTEGER NOT NULL,
    disabled_at TEXT,
    CONSTRAINT departments_name_key UNIQUE (organization_id, name)
) STRICT;

CREATE TABLE staff (
    id BLOB PRIMARY KEY NOT NULL,
    organization_id BLOB NOT NULL REFERENCES organizations (id),
    department_id BLOB REFERENCES departments (id),
    username TEXT NOT NULL CONSTRAINT staff_username_key UNIQUE,
    display_name TEXT NOT NULL,
    role TEXT NOT NULL,
    password_hash TEXT,
    lang TEXT NOT NULL,
    disabled_at TEXT,
    created_at TEXT NOT NULL
) STRICT;
CREATE INDEX staff_by_organization ON staff (organization_id, display_name);

CREATE TABLE topics (
    id BLOB PRIMARY KEY NOT NULL,
    organization_id BLOB NOT NULL REFERENCES organizations (id),
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    name_en TEXT NOT NULL,
    default_department_id BLOB REFERENCES departments (id),
    position INTEGER NOT NULL,
    disabled_at TEXT,
    CONSTRAINT topics_code_key UNIQUE (organization_id, code)
) STRICT;

CREATE TABLE sessions (
    id BLOB PRIMARY KEY NOT NULL,
    staff_id BLOB NOT NULL REFERENCES staff (id),
    token_hash BLOB NOT NULL CONSTRAINT sessions_token_key UNIQUE,
    created_at TEXT NOT NULL,
    seen_at TEXT NOT NULL,
    expires_at TEXT NOT NULL
) STRICT;
CREATE INDEX sessions_by_staff ON sessions (staff_id);

CREATE TABLE invitations (
    id BLOB PRIMARY KEY NOT NULL,
    staff_id BLOB NOT NULL REFERENCES staff (id),
    token_hash BLOB NOT NULL CONSTRAINT invitations_token_key UNIQUE,
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    used_at TEXT
) STRICT;

CREATE TABLE login_throttles (
    subject BLOB PRIMARY KEY NOT NULL,
    failures INTEGER NOT NULL,
    blocked_until TEXT NOT NULL
) STRICT;

-- Forms and access points -------------------------------------------------------------------------------------------

CREATE TABLE forms (
    id BLOB PRIMARY KEY NOT NULL,
    organization_id BLOB NOT NULL REFERENCES organizations (id),
    title TEXT NOT NULL,
    created_at TEXT NOT NULL
) STRICT;

CREATE TABLE form_versions (
    id BLOB PRIMARY KEY NOT NULL,
    form_id BLOB NOT NULL REFERENCES forms (id),
    number INTEGER NOT NULL,
    definition TEXT NOT NULL,
    published_at TEXT NOT NULL,
    CONSTRAINT form_versions_number_key UNIQUE (form_id, number)
) STRICT;

CREATE TABLE access_points (
    id BLOB PRIMARY KEY NOT NULL,
    organization_id BLOB NOT NULL REFERENCES organizations (id),
    code TEXT NOT NULL CONSTRAINT access_points_code_key UNIQUE,
    channel TEXT NOT NULL,
    title TEXT NOT NULL,
    place TEXT NOT NULL,
    keeper TEXT NOT NULL,
    audience TEXT NOT NULL,
    form_id BLOB NOT NULL REFERENCES forms (id),
    topic_id BLOB REFERENCES topics (id),
    valid_from TEXT,
    valid_to TEXT,
    revoked_at TEXT,
    replaced_by BLOB REFERENCES access_points (id),
    opens INTEGER NOT NULL,
    submissions INTEGER NOT NULL,
    created_at TEXT NOT NULL
) STRICT;
CREATE INDEX access_points_by_organization ON access_points (organization_id, created_at);

-- Cases --------------------------------------------------------------------------------------------------------------

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
    arrival INTEGER NOT NULL CONSTRAINT cases_arrival_key UNIQUE, -- the order in which cases came (CaseId::arrival)
    CONSTRAINT cases_number_key UNIQUE (organization_id, number)
) STRICT;
CREATE INDEX cases_by_state ON cases (organization_id, state, due_at, id);
CREATE INDEX cases_by_department ON cases (department_id, state, due_at, id);
CREATE INDEX cases_by_arrival ON cases (organization_id, arrival);
CREATE INDEX cases_by_received ON cases (organization_id, received_at);
CREATE INDEX cases_by_closed ON cases (organization_id, closed_at);
CREATE INDEX cases_by_topic ON cases (topic_id, arrival);

-- What people send: immutable (promise 19) --------------------------------------------------------------------------

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
) STRICT;
CREATE INDEX submissions_by_case ON submissions (case_id);

CREATE TABLE identities (
    submission_id BLOB PRIMARY KEY NOT NULL REFERENCES submissions (id),
    sealed BLOB NOT NULL
) STRICT;

CREATE TABLE messages (
    id BLOB PRIMARY KEY NOT NULL,
    case_id BLOB NOT NULL REFERENCES cases (id),
    author_id BLOB REFERENCES staff (id),
    body TEXT NOT NULL,
    created_at TEXT NOT NULL,
    idempotency_hash BLOB CONSTRAINT messages_idempotency_key UNIQUE
) STRICT;
CREATE INDEX messages_by_case ON messages (case_id, created_at);

CREATE TABLE staged_files (
    id BLOB PRIMARY KEY NOT NULL,
    token_hash BLOB NOT NULL CONSTRAINT staged_files_token_key UNIQUE,
    sha256 BLOB NOT NULL,
    kind TEXT NOT NULL,
    size INTEGER NOT NULL,
    created_at TEXT NOT NULL
) STRICT;

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
) STRICT;
CREATE INDEX attachments_by_case ON attachments (case_id, position);
CREATE INDEX attachments_by_sha256 ON attachments (sha256);

-- The life of a case ------------------------------------------------------------------------------------------------

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
) STRICT;

CREATE TABLE assignments (
    id BLOB PRIMARY KEY NOT NULL,
    case_id BLOB NOT NULL REFERENCES cases (id),
    department_id BLOB NOT NULL REFERENCES departments (id),
    kind TEXT NOT NULL,
    assigned_by BLOB NOT NULL REFERENCES staff (id),
    assigned_at TEXT NOT NULL,
    due_at TEXT NOT NULL,
    instruction TEXT NOT NULL,
    ended_at TEXT,
    end_reason TEXT
) STRICT;
CREATE INDEX assignments_by_case ON assignments (case_id, assigned_at);
CREATE INDEX assignments_by_department ON assignments (department_id, ended_at);

CREATE TABLE replies (
    id BLOB PRIMARY KEY NOT NULL,
    case_id BLOB NOT NULL REFERENCES cases (id),
    author_id BLOB NOT NULL REFERENCES staff (id),
    state TEXT NOT NULL,
    body TEXT NOT NULL,
    outcome TEXT,
    review_comment TEXT,
    reviewer_id BLOB REFERENCES staff (id),
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    sent_at TEXT
) STRICT;
CREATE INDEX replies_by_case ON replies (case_id, created_at);

CREATE TABLE notes (
    id BLOB PRIMARY KEY NOT NULL,
    case_id BLOB NOT NULL REFERENCES cases (id),
    author_id BLOB NOT NULL REFERENCES staff (id),
    body TEXT NOT NULL,
    created_at TEXT NOT NULL
) STRICT;
CREATE INDEX notes_by_case ON notes (case_id, created_at);

CREATE TABLE callbacks (
    id BLOB PRIMARY KEY NOT NULL,
    case_id BLOB NOT NULL REFERENCES cases (id),
    by_staff_id BLOB REFERENCES staff (id),
    contacted INTEGER NOT NULL,
    solved INTEGER NOT NULL,
    satisfied INTEGER NOT NULL,
    comment TEXT NOT NULL,
    created_at TEXT NOT NULL
) STRICT;
CREATE INDEX callbacks_by_case ON callbacks (case_id, created_at);

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
) STRICT;
CREATE INDEX recusals_by_case ON recusals (case_id);
CREATE INDEX recusals_by_staff ON recusals (staff_id, case_id);
CREATE INDEX recusals_by_department ON recusals (department_id, case_id);

-- Who did and saw what (promise 18) ----------------------------------------------------------------------------------

CREATE TABLE audit_heads (
    organization_id BLOB PRIMARY KEY NOT NULL,
    seq INTEGER NOT NULL,
    hash BLOB NOT NULL
) STRICT;

CREATE TABLE audit_log (
    organization_id BLOB NOT NULL,
    seq INTEGER NOT NULL,
    at TEXT NOT NULL,
    actor_id BLOB,
    action TEXT NOT NULL,
    entity TEXT NOT NULL,
    entity_id BLOB,
    detail TEXT NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (organization_id, seq)
) STRICT;
CREATE INDEX audit_log_by_entity ON audit_log (entity_id, seq);

-- Work that happens later --------------------------------------------------------------------------------------------

CREATE TABLE jobs (
    id BLOB PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    run_at TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    locked_until TEXT,
    done_at TEXT,
    failed_at TEXT,
    error TEXT NOT NULL,
    once_key TEXT CONSTRAINT jobs_once_key UNIQUE
) STRICT;
CREATE INDEX jobs_due ON jobs (done_at, failed_at, run_at);

CREATE TABLE outbox (
    id BLOB PRIMARY KEY NOT NULL,
    organization_id BLOB NOT NULL REFERENCES organizations (id),
    staff_id BLOB REFERENCES staff (id),
    kind TEXT NOT NULL,
    case_id BLOB REFERENCES cases (id),
    created_at TEXT NOT NULL,
    read_at TEXT
) STRICT;
CREATE INDEX outbox_by_staff ON outbox (staff_id, read_at, created_at);

-- What the public board said, by week: it never says anything else of the same week (promise 11) ---------------------

CREATE TABLE boards (
    organization_id BLOB NOT NULL REFERENCES organizations (id),
    until TEXT NOT NULL,
    numbers TEXT NOT NULL,
    CONSTRAINT boards_key PRIMARY KEY (organization_id, until)
) STRICT;
