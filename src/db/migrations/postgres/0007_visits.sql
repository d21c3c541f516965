-- Visits by checklist 巡查 of representatives and student inspectors: checklists, what was found, classes that are looked at.

CREATE TABLE checklists (
    id UUID PRIMARY KEY NOT NULL,
    organization_id UUID NOT NULL REFERENCES organizations (id),
    form_id UUID NOT NULL REFERENCES forms (id),
    kind TEXT NOT NULL,
    area TEXT NOT NULL,
    title TEXT NOT NULL,
    title_en TEXT NOT NULL,
    position BIGINT NOT NULL,
    disabled_at TIMESTAMPTZ
);
CREATE INDEX checklists_by_organization ON checklists (organization_id, kind, position, id);
CREATE INDEX checklists_by_form ON checklists (form_id);

-- Which checklist the QR code of a place begins.
CREATE TABLE checklist_places (
    access_point_id UUID PRIMARY KEY NOT NULL REFERENCES access_points (id),
    checklist_id UUID NOT NULL REFERENCES checklists (id)
);
CREATE INDEX checklist_places_by_checklist ON checklist_places (checklist_id);

CREATE TABLE patrol_classes (
    id UUID PRIMARY KEY NOT NULL,
    organization_id UUID NOT NULL REFERENCES organizations (id),
    name TEXT NOT NULL,
    teacher_id UUID REFERENCES staff (id),
    position BIGINT NOT NULL,
    disabled_at TIMESTAMPTZ,
    CONSTRAINT patrol_classes_name_key UNIQUE (organization_id, name)
);

CREATE TABLE visits (
    id UUID PRIMARY KEY NOT NULL,
    organization_id UUID NOT NULL REFERENCES organizations (id),
    response_id UUID NOT NULL CONSTRAINT visits_response_key UNIQUE REFERENCES responses (id),
    checklist_id UUID NOT NULL REFERENCES checklists (id),
    kind TEXT NOT NULL,
    author_id UUID NOT NULL REFERENCES staff (id),
    access_point_id UUID REFERENCES access_points (id),
    class_id UUID REFERENCES patrol_classes (id),
    place TEXT NOT NULL,
    started_at TIMESTAMPTZ NOT NULL,
    ended_at TIMESTAMPTZ NOT NULL,
    received_at TIMESTAMPTZ NOT NULL,
    signature TEXT NOT NULL
);
CREATE INDEX visits_by_organization ON visits (organization_id, kind, ended_at, id);
CREATE INDEX visits_by_author ON visits (author_id, ended_at, id);
CREATE INDEX visits_by_class ON visits (class_id, ended_at);

-- What each item was worth: 1 of 1 for yes, the number of a scale of its highest.
CREATE TABLE visit_marks (
    visit_id UUID NOT NULL REFERENCES visits (id),
    item TEXT NOT NULL,
    mark BIGINT NOT NULL,
    most BIGINT NOT NULL,
    PRIMARY KEY (visit_id, item)
);

CREATE TABLE findings (
    id UUID PRIMARY KEY NOT NULL,
    visit_id UUID NOT NULL REFERENCES visits (id),
    position BIGINT NOT NULL,
    item TEXT NOT NULL,
    comment TEXT NOT NULL,
    file_id UUID REFERENCES response_files (id),
    case_id UUID REFERENCES cases (id),
    state TEXT NOT NULL
);
CREATE INDEX findings_by_visit ON findings (visit_id, position);
CREATE INDEX findings_by_case ON findings (case_id);
