-- What makes the desk quick: words on cases, many cases at once, texts that are written again and again.

CREATE TABLE tags (
    id BLOB PRIMARY KEY NOT NULL,
    organization_id BLOB NOT NULL REFERENCES organizations (id),
    name TEXT NOT NULL,
    created_at TEXT NOT NULL,
    disabled_at TEXT,
    CONSTRAINT tags_name_key UNIQUE (organization_id, name)
) STRICT;

CREATE TABLE case_tags (
    case_id BLOB NOT NULL REFERENCES cases (id),
    tag_id BLOB NOT NULL REFERENCES tags (id),
    added_by BLOB NOT NULL REFERENCES staff (id),
    added_at TEXT NOT NULL,
    CONSTRAINT case_tags_key PRIMARY KEY (case_id, tag_id)
) STRICT;
CREATE INDEX case_tags_by_tag ON case_tags (tag_id, case_id);

CREATE TABLE bulk_runs (
    id BLOB PRIMARY KEY NOT NULL,
    organization_id BLOB NOT NULL REFERENCES organizations (id),
    staff_id BLOB NOT NULL REFERENCES staff (id),
    press_hash BLOB NOT NULL CONSTRAINT bulk_runs_press_key UNIQUE, -- one press, one run (promise 2)
    deed TEXT NOT NULL,
    words TEXT NOT NULL,
    created_at TEXT NOT NULL
) STRICT;

CREATE TABLE bulk_items (
    run_id BLOB NOT NULL REFERENCES bulk_runs (id),
    number TEXT NOT NULL,
    position INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    CONSTRAINT bulk_items_key PRIMARY KEY (run_id, number)
) STRICT;

CREATE TABLE reply_templates (
    id BLOB PRIMARY KEY NOT NULL,
    organization_id BLOB NOT NULL REFERENCES organizations (id),
    department_id BLOB REFERENCES departments (id), -- whose own it is; NULL: the office's, for everybody
    topic_id BLOB REFERENCES topics (id),
    state TEXT,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    version INTEGER NOT NULL,
    changed_by BLOB NOT NULL REFERENCES staff (id),
    changed_at TEXT NOT NULL,
    disabled_at TEXT
) STRICT;
CREATE INDEX reply_templates_by_organization ON reply_templates (organization_id, title);
