-- Legal holds 保全: while one stands, nothing of the case is erased, purged or merged away.

CREATE TABLE legal_holds (
    id UUID PRIMARY KEY NOT NULL,
    organization_id UUID NOT NULL REFERENCES organizations (id),
    case_id UUID NOT NULL REFERENCES cases (id),
    reason TEXT NOT NULL,
    set_by UUID NOT NULL REFERENCES staff (id),
    set_at TIMESTAMPTZ NOT NULL,
    lifted_by UUID REFERENCES staff (id),
    lifted_at TIMESTAMPTZ,
    lift_reason TEXT NOT NULL
);
CREATE UNIQUE INDEX legal_holds_standing ON legal_holds (case_id) WHERE lifted_at IS NULL;
CREATE INDEX legal_holds_by_case ON legal_holds (case_id, set_at);
