-- The hotline 热线 and the walk-in desk 监督台: who called or came, what became of it, whom to call back, who is on duty;
-- and what the wooden box lacked: a photo of its seal, an interval of its own.

CREATE TABLE calls (
    id UUID PRIMARY KEY NOT NULL,
    organization_id UUID NOT NULL REFERENCES organizations (id),
    operator_id UUID NOT NULL REFERENCES staff (id),
    kind TEXT NOT NULL,
    started_at TIMESTAMPTZ NOT NULL, -- the hour, when the person is anonymous (promise 8)
    seconds BIGINT NOT NULL,
    outcome TEXT NOT NULL,
    submission_id UUID REFERENCES submissions (id)
);
CREATE INDEX calls_by_organization ON calls (organization_id, kind, id);
CREATE INDEX calls_by_submission ON calls (submission_id);

CREATE TABLE call_tasks (
    id UUID PRIMARY KEY NOT NULL,
    organization_id UUID NOT NULL REFERENCES organizations (id),
    call_id UUID NOT NULL REFERENCES calls (id),
    promised_by UUID NOT NULL REFERENCES staff (id),
    readers TEXT NOT NULL,
    state TEXT NOT NULL,
    due_at TIMESTAMPTZ NOT NULL,
    number_sealed BYTEA, -- gone when the task has ended
    tries BIGINT NOT NULL,
    note TEXT NOT NULL,
    ended_at TIMESTAMPTZ
);
CREATE INDEX call_tasks_by_organization ON call_tasks (organization_id, state, due_at, id);

CREATE TABLE unsaved_calls (
    id UUID PRIMARY KEY NOT NULL,
    organization_id UUID NOT NULL REFERENCES organizations (id),
    operator_id UUID NOT NULL REFERENCES staff (id),
    kind TEXT NOT NULL,
    content_sealed BYTEA NOT NULL,
    kept_at TIMESTAMPTZ NOT NULL -- the hour: nobody knows yet whether the person wants to stay anonymous
);
CREATE INDEX unsaved_calls_by_operator ON unsaved_calls (operator_id, kind, kept_at);
CREATE INDEX unsaved_calls_by_age ON unsaved_calls (kept_at);

CREATE TABLE duties (
    organization_id UUID NOT NULL REFERENCES organizations (id),
    day TEXT NOT NULL,
    half TEXT NOT NULL,
    staff_id UUID NOT NULL REFERENCES staff (id),
    PRIMARY KEY (organization_id, day, half)
);

-- Whose conversation a message belongs to, since several people can speak of one case; none is the first person's.
ALTER TABLE messages ADD COLUMN submission_id UUID REFERENCES submissions (id);

CREATE TABLE box_intervals (
    access_point_id UUID PRIMARY KEY NOT NULL REFERENCES access_points (id),
    days BIGINT NOT NULL
);

CREATE TABLE box_seals (
    opening_id UUID PRIMARY KEY NOT NULL REFERENCES box_openings (id),
    sha256 BYTEA NOT NULL,
    kind TEXT NOT NULL,
    size BIGINT NOT NULL
);
CREATE INDEX box_seals_by_sha256 ON box_seals (sha256);
