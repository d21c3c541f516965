-- Answers to forms that make no case of themselves 答卷: questionnaires, reply slips of letters, visits, patrols.

CREATE TABLE responses (
    id UUID PRIMARY KEY NOT NULL,
    organization_id UUID NOT NULL REFERENCES organizations (id),
    form_id UUID NOT NULL REFERENCES forms (id),
    form_version_id UUID NOT NULL REFERENCES form_versions (id),
    access_point_id UUID REFERENCES access_points (id),
    channel TEXT NOT NULL,
    cohort TEXT NOT NULL,
    author_id UUID REFERENCES staff (id),
    answers TEXT NOT NULL,
    idempotency_hash BYTEA NOT NULL CONSTRAINT responses_idempotency_key UNIQUE,
    content_hash BYTEA NOT NULL,
    received_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX responses_by_form ON responses (form_id, id);
CREATE INDEX responses_by_author ON responses (author_id, id);

CREATE TABLE response_files (
    id UUID PRIMARY KEY NOT NULL,
    response_id UUID NOT NULL REFERENCES responses (id),
    question TEXT NOT NULL,
    position BIGINT NOT NULL,
    kind TEXT NOT NULL,
    size BIGINT NOT NULL,
    sha256 BYTEA NOT NULL
);
CREATE INDEX response_files_by_response ON response_files (response_id, position);
CREATE INDEX response_files_by_sha256 ON response_files (sha256);
