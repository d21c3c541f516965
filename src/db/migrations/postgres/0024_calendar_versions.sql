-- How an organisation's working calendar came to be: every version, the newest of which counts.

CREATE TABLE calendar_versions (
    organization_id UUID NOT NULL REFERENCES organizations (id),
    number BIGINT NOT NULL,
    calendar TEXT NOT NULL,
    what TEXT NOT NULL,
    changed_by UUID REFERENCES staff (id),
    changed_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT calendar_versions_key PRIMARY KEY (organization_id, number)
);
