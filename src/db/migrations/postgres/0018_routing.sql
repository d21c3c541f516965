-- The routing matrix 分派表 in dated versions, and what became of its proposals.

CREATE TABLE routing_versions (
    id UUID PRIMARY KEY NOT NULL,
    organization_id UUID NOT NULL REFERENCES organizations (id),
    number BIGINT NOT NULL,
    edits BIGINT NOT NULL,
    created_by UUID REFERENCES staff (id),
    created_at TIMESTAMPTZ NOT NULL,
    starts_at TIMESTAMPTZ,
    published_by UUID REFERENCES staff (id),
    published_at TIMESTAMPTZ,
    CONSTRAINT routing_versions_number_key UNIQUE (organization_id, number)
);

CREATE TABLE routing_rows (
    id UUID PRIMARY KEY NOT NULL,
    version_id UUID NOT NULL REFERENCES routing_versions (id),
    topic_id UUID REFERENCES topics (id),
    place TEXT NOT NULL,
    person TEXT,
    department_id UUID NOT NULL REFERENCES departments (id),
    match_key TEXT NOT NULL,
    CONSTRAINT routing_rows_match_key UNIQUE (version_id, match_key)
);

CREATE TABLE routing_decisions (
    id UUID PRIMARY KEY NOT NULL,
    case_id UUID NOT NULL REFERENCES cases (id),
    version_id UUID REFERENCES routing_versions (id),
    proposed_id UUID REFERENCES departments (id),
    chosen_id UUID NOT NULL REFERENCES departments (id),
    reason TEXT NOT NULL,
    decided_by UUID NOT NULL REFERENCES staff (id),
    decided_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX routing_decisions_by_case ON routing_decisions (case_id, decided_at);
CREATE INDEX routing_decisions_by_version ON routing_decisions (version_id, decided_at);
