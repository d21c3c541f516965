-- Supervision orders 督办单, the ladder that raises them, and what the next meeting deals with.

CREATE TABLE supervision_orders (
    id UUID PRIMARY KEY NOT NULL,
    organization_id UUID NOT NULL REFERENCES organizations (id),
    year BIGINT NOT NULL,
    number BIGINT NOT NULL,
    level TEXT NOT NULL,
    department_id UUID NOT NULL REFERENCES departments (id),
    issuer_id UUID REFERENCES staff (id),
    basis TEXT NOT NULL,
    demand TEXT NOT NULL,
    due_at TIMESTAMPTZ NOT NULL,
    issued_at TIMESTAMPTZ NOT NULL,
    state TEXT NOT NULL,
    reply TEXT NOT NULL,
    replied_by UUID REFERENCES staff (id),
    replied_at TIMESTAMPTZ,
    verdict TEXT NOT NULL,
    judged_by UUID REFERENCES staff (id),
    judged_at TIMESTAMPTZ,
    CONSTRAINT supervision_orders_number_key UNIQUE (organization_id, year, number)
);
CREATE INDEX supervision_orders_by_organization ON supervision_orders (organization_id, issued_at);

CREATE TABLE supervision_cases (
    order_id UUID NOT NULL REFERENCES supervision_orders (id),
    case_id UUID NOT NULL REFERENCES cases (id),
    CONSTRAINT supervision_cases_key PRIMARY KEY (order_id, case_id)
);
CREATE INDEX supervision_cases_by_case ON supervision_cases (case_id);

CREATE TABLE ladder_rungs (
    case_id UUID NOT NULL REFERENCES cases (id),
    due_at TIMESTAMPTZ NOT NULL,
    rung TEXT NOT NULL,
    fired_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT ladder_rungs_key PRIMARY KEY (case_id, due_at, rung)
);

CREATE TABLE agenda_items (
    id UUID PRIMARY KEY NOT NULL,
    organization_id UUID NOT NULL REFERENCES organizations (id),
    case_id UUID NOT NULL REFERENCES cases (id),
    added_at TIMESTAMPTZ NOT NULL,
    done_at TIMESTAMPTZ
);
CREATE INDEX agenda_items_by_organization ON agenda_items (organization_id, done_at, added_at);
