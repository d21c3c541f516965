-- School terms 学期, as the organisation keeps them, and the reports of a term or a year: written at, then frozen when issued.

CREATE TABLE terms (
    id UUID PRIMARY KEY NOT NULL,
    organization_id UUID NOT NULL REFERENCES organizations (id),
    name TEXT NOT NULL,
    first_day TEXT NOT NULL, -- 2026-09-01
    last_day TEXT NOT NULL,
    CONSTRAINT terms_name_key UNIQUE (organization_id, name)
);

CREATE TABLE term_reports (
    id UUID PRIMARY KEY NOT NULL,
    organization_id UUID NOT NULL REFERENCES organizations (id),
    title TEXT NOT NULL,
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    texts TEXT NOT NULL,
    version BIGINT NOT NULL,
    numbers TEXT, -- what was counted when it was issued
    hash TEXT, -- SHA-256 of title, days, texts and numbers as issued
    changed_by UUID NOT NULL REFERENCES staff (id),
    changed_at TIMESTAMPTZ NOT NULL,
    issued_by UUID REFERENCES staff (id),
    issued_at TIMESTAMPTZ
);
CREATE INDEX term_reports_by_organization ON term_reports (organization_id, first_day);
