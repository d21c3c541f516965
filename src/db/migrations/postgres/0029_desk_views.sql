-- Lists that people come back to, and steps that are always taken together.

CREATE TABLE saved_views (
    id UUID PRIMARY KEY NOT NULL,
    organization_id UUID NOT NULL REFERENCES organizations (id),
    staff_id UUID NOT NULL REFERENCES staff (id),
    shared BOOLEAN NOT NULL,
    name TEXT NOT NULL,
    query TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX saved_views_by_organization ON saved_views (organization_id, shared, staff_id);

CREATE TABLE macros (
    id UUID PRIMARY KEY NOT NULL,
    organization_id UUID NOT NULL REFERENCES organizations (id),
    name TEXT NOT NULL,
    steps TEXT NOT NULL,
    version BIGINT NOT NULL,
    changed_by UUID NOT NULL REFERENCES staff (id),
    changed_at TIMESTAMPTZ NOT NULL,
    disabled_at TIMESTAMPTZ,
    CONSTRAINT macros_name_key UNIQUE (organization_id, name)
);
