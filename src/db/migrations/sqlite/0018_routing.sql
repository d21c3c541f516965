-- The routing matrix 分派表 in dated versions, and what became of its proposals.

CREATE TABLE routing_versions (
    id BLOB PRIMARY KEY NOT NULL,
    organization_id BLOB NOT NULL REFERENCES organizations (id),
    number INTEGER NOT NULL,
    edits INTEGER NOT NULL,
    created_by BLOB REFERENCES staff (id),
    created_at TEXT NOT NULL,
    starts_at TEXT,
    published_by BLOB REFERENCES staff (id),
    published_at TEXT,
    CONSTRAINT routing_versions_number_key UNIQUE (organization_id, number)
) STRICT;

CREATE TABLE routing_rows (
    id BLOB PRIMARY KEY NOT NULL,
    version_id BLOB NOT NULL REFERENCES routing_versions (id),
    topic_id BLOB REFERENCES topics (id),
    place TEXT NOT NULL,
    person TEXT,
    department_id BLOB NOT NULL REFERENCES departments (id),
    match_key TEXT NOT NULL,
    CONSTRAINT routing_rows_match_key UNIQUE (version_id, match_key)
) STRICT;

CREATE TABLE routing_decisions (
    id BLOB PRIMARY KEY NOT NULL,
    case_id BLOB NOT NULL REFERENCES cases (id),
    version_id BLOB REFERENCES routing_versions (id),
    proposed_id BLOB REFERENCES departments (id),
    chosen_id BLOB NOT NULL REFERENCES departments (id),
    reason TEXT NOT NULL,
    decided_by BLOB NOT NULL REFERENCES staff (id),
    decided_at TEXT NOT NULL
) STRICT;
CREATE INDEX routing_decisions_by_case ON routing_decisions (case_id, decided_at);
CREATE INDEX routing_decisions_by_version ON routing_decisions (version_id, decided_at);
