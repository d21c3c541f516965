-- Supervision orders 督办单, the ladder that raises them, and what the next meeting deals with.

CREATE TABLE supervision_orders (
    id BLOB PRIMARY KEY NOT NULL,
    organization_id BLOB NOT NULL REFERENCES organizations (id),
    year INTEGER NOT NULL,
    number INTEGER NOT NULL,
    level TEXT NOT NULL,
    department_id BLOB NOT NULL REFERENCES departments (id),
    issuer_id BLOB REFERENCES staff (id),
    basis TEXT NOT NULL,
    demand TEXT NOT NULL,
    due_at TEXT NOT NULL,
    issued_at TEXT NOT NULL,
    state TEXT NOT NULL,
    reply TEXT NOT NULL,
    replied_by BLOB REFERENCES staff (id),
    replied_at TEXT,
    verdict TEXT NOT NULL,
    judged_by BLOB REFERENCES staff (id),
    judged_at TEXT,
    CONSTRAINT supervision_orders_number_key UNIQUE (organization_id, year, number)
) STRICT;
CREATE INDEX supervision_orders_by_organization ON supervision_orders (organization_id, issued_at);

CREATE TABLE supervision_cases (
    order_id BLOB NOT NULL REFERENCES supervision_orders (id),
    case_id BLOB NOT NULL REFERENCES cases (id),
    CONSTRAINT supervision_cases_key PRIMARY KEY (order_id, case_id)
) STRICT;
CREATE INDEX supervision_cases_by_case ON supervision_cases (case_id);

CREATE TABLE ladder_rungs (
    case_id BLOB NOT NULL REFERENCES cases (id),
    due_at TEXT NOT NULL,
    rung TEXT NOT NULL,
    fired_at TEXT NOT NULL,
    CONSTRAINT ladder_rungs_key PRIMARY KEY (case_id, due_at, rung)
) STRICT;

CREATE TABLE agenda_items (
    id BLOB PRIMARY KEY NOT NULL,
    organization_id BLOB NOT NULL REFERENCES organizations (id),
    case_id BLOB NOT NULL REFERENCES cases (id),
    added_at TEXT NOT NULL,
    done_at TEXT
) STRICT;
CREATE INDEX agenda_items_by_organization ON agenda_items (organization_id, done_at, added_at);
