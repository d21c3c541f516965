-- Rectifications 整改: what is to be put in order, by whom, until when, for how much, with photos before and after; and
-- draws of second looks that take them too.

CREATE TABLE rectifications (
    id UUID PRIMARY KEY NOT NULL,
    organization_id UUID NOT NULL REFERENCES organizations (id),
    idempotency_key TEXT NOT NULL, -- of the form that made it: one press, one task
    case_id UUID REFERENCES cases (id),
    finding_id UUID REFERENCES findings (id),
    place TEXT NOT NULL,
    topic_id UUID NOT NULL REFERENCES topics (id),
    measure TEXT NOT NULL,
    department_id UUID NOT NULL REFERENCES departments (id),
    person_id UUID REFERENCES staff (id),
    due_at TIMESTAMPTZ NOT NULL,
    planned_fen BIGINT,
    actual_fen BIGINT,
    state TEXT NOT NULL,
    round BIGINT NOT NULL, -- how often it was reported done
    version BIGINT NOT NULL,
    made_by UUID NOT NULL REFERENCES staff (id),
    made_at TIMESTAMPTZ NOT NULL,
    reported_at TIMESTAMPTZ,
    CONSTRAINT rectifications_idempotency_key UNIQUE (organization_id, idempotency_key)
);
CREATE INDEX rectifications_by_organization ON rectifications (organization_id, due_at, id);
CREATE INDEX rectifications_by_case ON rectifications (case_id);

CREATE TABLE rectification_steps (
    id UUID PRIMARY KEY NOT NULL,
    rectification_id UUID NOT NULL REFERENCES rectifications (id),
    round BIGINT NOT NULL,
    kind TEXT NOT NULL,
    words TEXT NOT NULL,
    staff_id UUID NOT NULL REFERENCES staff (id),
    at TIMESTAMPTZ NOT NULL
);
CREATE INDEX rectification_steps_by_rectification ON rectification_steps (rectification_id, at);

CREATE TABLE rectification_photos (
    id UUID PRIMARY KEY NOT NULL,
    rectification_id UUID NOT NULL REFERENCES rectifications (id),
    side TEXT NOT NULL,
    round BIGINT NOT NULL,
    position BIGINT NOT NULL,
    kind TEXT NOT NULL,
    size BIGINT NOT NULL,
    sha256 BYTEA NOT NULL
);
CREATE INDEX rectification_photos_by_rectification ON rectification_photos (rectification_id, round, position);
CREATE INDEX rectification_photos_by_sha256 ON rectification_photos (sha256);

ALTER TABLE draw_population DROP CONSTRAINT draw_population_key;
ALTER TABLE draw_population ALTER COLUMN case_id DROP NOT NULL;
ALTER TABLE draw_population ADD COLUMN rectification_id UUID REFERENCES rectifications (id);
ALTER TABLE draw_population ADD CONSTRAINT draw_population_case_key UNIQUE (draw_id, case_id);
ALTER TABLE draw_population ADD CONSTRAINT draw_population_rectification_key UNIQUE (draw_id, rectification_id);

ALTER TABLE rechecks ALTER COLUMN case_id DROP NOT NULL;
ALTER TABLE rechecks ADD COLUMN rectification_id UUID REFERENCES rectifications (id);
