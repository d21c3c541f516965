-- Erasure 删除 of cases and of a person's data, wishes for it, and how long each channel keeps its cases.

ALTER TABLE cases ADD COLUMN erased_at TIMESTAMPTZ;
CREATE INDEX cases_by_erasure ON cases (organization_id, erased_at) WHERE erased_at IS NOT NULL;
ALTER TABLE submissions ADD COLUMN erased_at TIMESTAMPTZ;

CREATE TABLE erasure_requests (
    id UUID PRIMARY KEY NOT NULL,
    organization_id UUID NOT NULL REFERENCES organizations (id),
    case_id UUID NOT NULL REFERENCES cases (id),
    submission_id UUID REFERENCES submissions (id), -- whose data; none: the whole case
    source TEXT NOT NULL,
    basis TEXT NOT NULL,
    proof TEXT NOT NULL, -- how it was seen who asks
    words TEXT NOT NULL,
    asked_by UUID REFERENCES staff (id), -- who took it down; none when the submitter asked with the code
    asked_at TIMESTAMPTZ NOT NULL,
    decision TEXT NOT NULL,
    decided_by UUID REFERENCES staff (id),
    decided_at TIMESTAMPTZ,
    answer TEXT NOT NULL
);
CREATE UNIQUE INDEX erasure_requests_waiting ON erasure_requests (case_id) WHERE decision = 'pending';
CREATE INDEX erasure_requests_by_case ON erasure_requests (case_id, asked_at);
CREATE INDEX erasure_requests_by_organization ON erasure_requests (organization_id, decision, asked_at);

CREATE TABLE retention_rules (
    organization_id UUID NOT NULL REFERENCES organizations (id),
    channel TEXT NOT NULL,
    months BIGINT NOT NULL,
    CONSTRAINT retention_rules_key PRIMARY KEY (organization_id, channel)
);

CREATE TABLE retention_settings (
    organization_id UUID PRIMARY KEY NOT NULL REFERENCES organizations (id),
    active BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    changed_by UUID NOT NULL REFERENCES staff (id),
    changed_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE retention_runs (
    organization_id UUID NOT NULL REFERENCES organizations (id),
    day TEXT NOT NULL, -- one run a day
    ran_at TIMESTAMPTZ NOT NULL,
    erased BIGINT NOT NULL,
    kept BIGINT NOT NULL,
    CONSTRAINT retention_runs_key PRIMARY KEY (organization_id, day)
);
