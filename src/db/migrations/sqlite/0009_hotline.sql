-- The hotline 热线 and the walk-in desk 监督台: who called or came, what became of it, whom to call back, who is on duty;
-- and what the wooden box lacked: a photo of its seal, an interval of its own.

CREATE TABLE calls (
    id BLOB PRIMARY KEY NOT NULL,
    organization_id BLOB NOT NULL REFERENCES organizations (id),
    operator_id BLOB NOT NULL REFERENCES staff (id),
    kind TEXT NOT NULL,
    started_at TEXT NOT NULL, -- the hour, when the person is anonymous (promise 8)
    seconds INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    submission_id BLOB REFERENCES submissions (id)
) STRICT;
CREATE INDEX calls_by_organization ON calls (organization_id, kind, id);
CREATE INDEX calls_by_submission ON calls (submission_id);

CREATE TABLE call_tasks (
    id BLOB PRIMARY KEY NOT NULL,
    organization_id BLOB NOT NULL REFERENCES organizations (id),
    call_id BLOB NOT NULL REFERENCES calls (id),
    promised_by BLOB NOT NULL REFERENCES staff (id),
    readers TEXT NOT NULL,
    state TEXT NOT NULL,
    due_at TEXT NOT NULL,
    number_sealed BLOB, -- gone when the task has ended
    tries INTEGER NOT NULL,
    note TEXT NOT NULL,
    ended_at TEXT
) STRICT;
CREATE INDEX call_tasks_by_organization ON call_tasks (organization_id, state, due_at, id);

CREATE TABLE unsaved_calls (
    id BLOB PRIMARY KEY NOT NULL,
    organization_id BLOB NOT NULL REFERENCES organizations (id),
    operator_id BLOB NOT NULL REFERENCES staff (id),
    kind TEXT NOT NULL,
    content_sealed BLOB NOT NULL,
    kept_at TEXT NOT NULL -- the hour: nobody knows yet whether the person wants to stay anonymous
) STRICT;
CREATE INDEX unsaved_calls_by_operator ON unsaved_calls (operator_id, kind, kept_at);
CREATE INDEX unsaved_calls_by_age ON unsaved_calls (kept_at);

CREATE TABLE duties (
    organization_id BLOB NOT NULL REFERENCES organizations (id),
    day TEXT NOT NULL,
    half TEXT NOT NULL,
    staff_id BLOB NOT NULL REFERENCES staff (id),
    PRIMARY KEY (organization_id, day, half)
) STRICT;

-- Whose conversation a message belongs to, since several people can speak of one case; none is the first person's.
ALTER TABLE messages ADD COLUMN submission_id BLOB REFERENCES submissions (id);

CREATE TABLE box_intervals (
    access_point_id BLOB PRIMARY KEY NOT NULL REFERENCES access_points (id),
    days INTEGER NOT NULL
) STRICT;

CREATE TABLE box_seals (
    opening_id BLOB PRIMARY KEY NOT NULL REFERENCES box_openings (id),
    sha256 BLOB NOT NULL,
    kind TEXT NOT NULL,
    size INTEGER NOT NULL
) STRICT;
CREATE INDEX box_seals_by_sha256 ON box_seals (sha256);
