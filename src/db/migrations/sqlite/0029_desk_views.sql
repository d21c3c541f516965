-- Lists that people come back to, and steps that are always taken together.

CREATE TABLE saved_views (
    id BLOB PRIMARY KEY NOT NULL,
    organization_id BLOB NOT NULL REFERENCES organizations (id),
    staff_id BLOB NOT NULL REFERENCES staff (id),
    shared INTEGER NOT NULL,
    name TEXT NOT NULL,
    query TEXT NOT NULL,
    created_at TEXT NOT NULL
) STRICT;
CREATE INDEX saved_views_by_organization ON saved_views (organization_id, shared, staff_id);

CREATE TABLE macros (
    id BLOB PRIMARY KEY NOT NULL,
    organization_id BLOB NOT NULL REFERENCES organizations (id),
    name TEXT NOT NULL,
    steps TEXT NOT NULL,
    version INTEGER NOT NULL,
    changed_by BLOB NOT NULL REFERENCES staff (id),
    changed_at TEXT NOT NULL,
    disabled_at TEXT,
    CONSTRAINT macros_name_key UNIQUE (organization_id, name)
) STRICT;
