-- The clocks of a case 时限, one a stage: since when it runs, until when, and how that was counted; and pauses 暂停.

ALTER TABLE cases ADD COLUMN paused_until TEXT;

CREATE TABLE case_clocks (
    case_id BLOB NOT NULL REFERENCES cases (id),
    stage TEXT NOT NULL,
    run INTEGER NOT NULL, -- how often the stage was entered, from 1
    organization_id BLOB NOT NULL REFERENCES organizations (id),
    started_at TEXT NOT NULL,
    due_at TEXT NOT NULL,
    warn_at TEXT NOT NULL,
    unit TEXT NOT NULL,
    amount INTEGER NOT NULL,
    counted_at TEXT NOT NULL, -- from when it is counted; with unit 'day', the day itself
    stood INTEGER NOT NULL, -- working days that pauses added
    ceiling_days INTEGER NOT NULL, -- calendar days that it never passes; 0 for none
    ceiling_from_at TEXT NOT NULL,
    ended_at TEXT,
    outcome TEXT,
    CONSTRAINT case_clocks_key PRIMARY KEY (case_id, stage, run)
) STRICT, WITHOUT ROWID;
CREATE INDEX case_clocks_by_organization ON case_clocks (organization_id, ended_at, due_at);

CREATE TABLE case_pauses (
    case_id BLOB NOT NULL REFERENCES cases (id),
    run INTEGER NOT NULL,
    round INTEGER NOT NULL,
    started_at TEXT NOT NULL,
    last_at TEXT NOT NULL, -- when it ends by itself
    moved INTEGER NOT NULL, -- working days that it added
    reason TEXT NOT NULL,
    paused_by BLOB NOT NULL REFERENCES staff (id),
    ended_at TEXT,
    CONSTRAINT case_pauses_key PRIMARY KEY (case_id, run)
) STRICT, WITHOUT ROWID;

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
    staff_id BLOB PRIMARY KEY NOT NULL REFERENCES staff (id),
    secret_hash BLOB NOT NULL CONSTRAINT calendar_feeds_secret_key UNIQUE,
    made_at TEXT NOT NULL
) STRICT;
