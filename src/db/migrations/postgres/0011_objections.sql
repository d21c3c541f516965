-- What departments say to an order: "not ours" 退单, "more time" 延期.

CREATE TABLE objections (
    id UUID PRIMARY KEY NOT NULL,
    case_id UUID NOT NULL REFERENCES cases (id),
    department_id UUID NOT NULL REFERENCES departments (id),
    raised_by UUID NOT NULL REFERENCES staff (id),
    raised_at TIMESTAMPTZ NOT NULL,
    reason TEXT NOT NULL,
    ruling TEXT NOT NULL,
    ruled_by UUID REFERENCES staff (id),
    ruled_at TIMESTAMPTZ,
    words TEXT NOT NULL
);
CREATE INDEX objections_by_case ON objections (case_id, raised_at);

CREATE TABLE extensions (
    id UUID PRIMARY KEY NOT NULL,
    case_id UUID NOT NULL REFERENCES cases (id),
    round BIGINT NOT NULL,
    asked_by UUID NOT NULL REFERENCES staff (id),
    asked_at TIMESTAMPTZ NOT NULL,
    reason TEXT NOT NULL,
    promised_at TIMESTAMPTZ NOT NULL,
    due_at TIMESTAMPTZ NOT NULL,
    decision TEXT NOT NULL,
    decided_by UUID REFERENCES staff (id),
    decided_at TIMESTAMPTZ,
    words TEXT NOT NULL
);
CREATE INDEX extensions_by_case ON extensions (case_id, asked_at);
