-- Erasure 删除 of cases and of a person's data, wishes for it, and how long each channel keeps its cases.

ALTER TABLE cases ADD COLUMN erased_at TEXT;
CREATE INDEX cases_by_erasure ON cases (organization_id, erased_at) WHERE erased_at IS NOT NULL;
ALTER TABLE submissions ADD COLUMN erased_at TEXT;

CREATE TABLE erasure_requests (
    id BLOB PRIMARY KEY NOT NULL,
    organization_id BLOB NOT NULL REFERENCES organizations (id),
    case_id BLOB NOT NULL REFERENCES cases (id),
    submission_id BLOB REFERENCES submissions (id), -- whose data; none: the whole case
    source TEXT NOT NULL,
    basis TEXT NOT NULL,
    proof TEXT NOT NULL, -- how it was seen who asks
    words TEXT NOT NULL,
    asked_by BLOB REFERENCES staff (id), -- who took it down; none when the submitter asked with the code
    asked_at TEXT NOT NULL,
    decision TEXT NOT NULL,
    decided_by BLOB REFERENCES staff (id),
    decided_at TEXT,
    answer TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX erasure_requests_waiting ON erasure_requests (case_id) WHERE decision = 'pending';
CREATE INDEX erasure_requests_by_case ON erasure_requests (case_id, asked_at);
CREATE INDEX erasure_requests_by_organization ON erasure_requests (organization_id, decision, asked_at);

CREATE TABLE retention_rules (
    organization_id BLOB NOT NULL REFERENCES organizations (id),
    channel TEXT NOT NULL,
    months INTEGER NOT NULL,
    CONSTRAINT retention_rules_key PRIMARY KEY (organization_id, channel)
) STRICT;

CREATE TABLE retention_settings (
    organization_id BLOB PRIMARY KEY NOT NULL REFERENCES organizations (id),
    active INTEGER NOT NULL,
    version INTEGER NOT NULL,
    changed_by BLOB NOT NULL REFERENCES staff (id),
    changed_at TEXT NOT NULL
) STRICT;

CREATE TABLE retention_runs (
    organization_id BLOB NOT NULL REFERENCES organizations (id),
    day TEXT NOT NULL, -- one run a day
    ran_at TEXT NOT NULL,
    erased INTEGER NOT NULL,
    kept INTEGER NOT NULL,
    CONSTRAINT retention_runs_key PRIMARY KEY (organization_id, day)
) STRICT;
