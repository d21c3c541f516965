-- The clocks of a case 时限, one a stage: since when it runs, until when, and how that was counted; and pauses 暂停.

ALTER TABLE cases ADD COLUMN paused_until TIMESTAMPTZ;

CREATE TABLE case_clocks (
    case_id UUID NOT NULL REFERENCES cases (id),
    stage TEXT NOT NULL,
    run BIGINT NOT NULL, -- how often the stage was entered, from 1
    organization_id UUID NOT NULL REFERENCES organizations (id),
    started_at TIMESTAMPTZ NOT NULL,
    due_at TIMESTAMPTZ NOT NULL,
    warn_at TIMESTAMPTZ NOT NULL,
    unit TEXT NOT NULL,
    amount BIGINT NOT NULL,
    counted_at TIMESTAMPTZ NOT NULL, -- from when it is counted; with unit 'day', the day itself
    stood BIGINT NOT NULL, -- working days that pauses added
    ceiling_days BIGINT NOT NULL, -- calendar days that it never passes; 0 for none
    ceiling_from_at TIMESTAMPTZ NOT NULL,
    ended_at TIMESTAMPTZ,
    outcome TEXT,
    CONSTRAINT case_clocks_key PRIMARY KEY (case_id, stage, run)
);
CREATE INDEX case_clocks_by_organization ON case_clocks (organization_id, ended_at, due_at);

CREATE TABLE case_pauses (
    case_id UUID NOT NULL REFERENCES cases (id),
    run BIGINT NOT NULL,
    round BIGINT NOT NULL,
    started_at TIMESTAMPTZ NOT NULL,
    last_at TIMESTAMPTZ NOT NULL, -- when it ends by itself
    moved BIGINT NOT NULL, -- working days that it added
    reason TEXT NOT NULL,
    paused_by UUID NOT NULL REFERENCES staff (id),
    ended_at TIMESTAMPTZ,
    CONSTRAINT case_pauses_key PRIMARY KEY (case_id, run)
);

-- What was open before clocks were kept: the limits that were set, as days.
INSERT INTO case_clocks (case_id, stage, run, organization_id, started_at, due_at, warn_at, unit, amount, counted_at, stood, ceiling_days, ceiling_from_at)
SELECT id, 'answer', 1, organization_id, received_at, promised_at, promised_at, 'day', 0, promised_at, 0, 0, received_at
FROM cases WHERE state IN ('received', 'assigned', 'in_progress', 'returned', 'review', 'reopened');
INSERT INTO case_clocks (case_id, stage, run, organization_id, started_at, due_at, warn_at, unit, amount, counted_at, stood, ceiling_days, ceiling_from_at)
SELECT id, 'triage', 1, organization_id, received_at, due_at, due_at, 'day', 0, due_at, 0, 0, received_at
FROM cases WHERE state IN ('received', 'reopened');
INSERT INTO case_clocks (case_id, stage, run, organization_id, started_at, due_at, warn_at, unit, amount, counted_at, stood, ceiling_days, ceiling_from_at)
SELECT id, 'handling', 1, organization_id, received_at, due_at, due_at, 'day', 0, due_at, 0, 0, received_at
FROM cases WHERE state IN ('assigned', 'in_progress', 'returned', 'review');

-- Addresses of calendars that people subscribe to; the secret itself is not kept.
CREATE TABLE calendar_feeds (
    staff_id UUID PRIMARY KEY NOT NULL REFERENCES staff (id),
    secret_hash BYTEA NOT NULL CONSTRAINT calendar_feeds_secret_key UNIQUE,
    made_at TIMESTAMPTZ NOT NULL
);
