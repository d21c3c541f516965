-- What makes the desk quick: words on cases, many cases at once, texts that are written again and again.

CREATE TABLE tags (
    id UUID PRIMARY KEY NOT NULL,
    organization_id UUID NOT NULL REFERENCES organizations (id),
    name TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    disabled_at TIMESTAMPTZ,
    CONSTRAINT tags_name_key UNIQUE (organization_id, name)
);

CREATE TABLE case_tags (
    case_id UUID NOT NULL REFERENCES cases (id),
    tag_id UUID NOT NULL REFERENCES tags (id),
    added_by UUID NOT NULL REFERENCES staff (id),
    added_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT case_tags_key PRIMARY KEY (case_id, tag_id)
);
CREATE INDEX case_tags_by_tag ON case_tags (tag_id, case_id);

CREATE TABLE bulk_runs (
    id UUID PRIMARY KEY NOT NULL,
    organization_id UUID NOT NULL REFERENCES organizations (id),
    staff_id UUID NOT NULL REFERENCES staff (id),
    press_hash BYTEA NOT NULL CONSTRAINT bulk_runs_press_key UNIQUE, -- one press, one run (promise 2)
    deed TEXT NOT NULL,
    words TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE bulk_items (
    run_id UUID NOT NULL REFERENCES bulk_runs (id),
    number TEXT NOT NULL,
    position BIGINT NOT NULL,
    outcome TEXT NOT NULL,
    CONSTRAINT bulk_items_key PRIMARY KEY (run_id, number)
);

CREATE TABLE reply_templates (
    id UUID PRIMARY KEY NOT NULL,
    organization_id UUID NOT NULL REFERENCES organizations (id),
    department_id UUID REFERENCES departments (id), -- whose own it is; NULL: the office's, for everybody
    topic_id UUID REFERENCES topics (id),
    state TEXT,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    version BIGINT NOT NULL,
    changed_by UUID NOT NULL REFERENCES staff (id),
    changed_at TIMESTAMPTZ NOT NULL,
    disabled_at TIMESTAMPTZ
);
CREATE INDEX reply_templates_by_organization ON reply_templates (organization_id, title);
