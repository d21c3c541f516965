-- How an organisation's working calendar came to be: every version, the newest of which counts.

CREATE TABLE calendar_versions (
    organization_id BLOB NOT NULL REFERENCES organizations (id),
    number INTEGER NOT NULL,
    calendar TEXT NOT NULL,
    what TEXT NOT NULL,
    changed_by BLOB REFERENCES staff (id),
    changed_at TEXT NOT NULL,
    CONSTRAINT calendar_versions_key PRIMARY KEY (organization_id, number)
) STRICT;
