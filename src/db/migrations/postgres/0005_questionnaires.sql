-- Questionnaires 问卷: the draft that people work at, when it is open, one-time codes by class, and where people left.

CREATE TABLE questionnaires (
    id UUID PRIMARY KEY NOT NULL,
    organization_id UUID NOT NULL REFERENCES organizations (id),
    form_id UUID NOT NULL CONSTRAINT questionnaires_form_key UNIQUE REFERENCES forms (id),
    title TEXT NOT NULL,
    draft TEXT NOT NULL,
    draft_before TEXT NOT NULL, -- the draft before the last change, for undo; empty when there is none
    draft_version BIGINT NOT NULL,
    published_draft BIGINT NOT NULL, -- the draft_version that was published last; 0 when none was
    state TEXT NOT NULL,
    opens_at TIMESTAMPTZ,
    closes_at TIMESTAMPTZ,
    one_answer TEXT NOT NULL,
    kiosk BOOLEAN NOT NULL,
    created_by UUID NOT NULL REFERENCES staff (id),
    created_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX questionnaires_by_organization ON questionnaires (organization_id, created_at);

-- A code knows its class, and whether it was used; no response knows its code. Ordered by hash, so that the order of rows
-- tells nothing.
CREATE TABLE response_codes (
    code_hash BYTEA PRIMARY KEY NOT NULL,
    questionnaire_id UUID NOT NULL REFERENCES questionnaires (id),
    cohort TEXT NOT NULL,
    used BOOLEAN NOT NULL
);
CREATE INDEX response_codes_by_questionnaire ON response_codes (questionnaire_id, cohort);

CREATE TABLE questionnaire_leavings (
    form_version_id UUID NOT NULL REFERENCES form_versions (id),
    question TEXT NOT NULL,
    count BIGINT NOT NULL,
    PRIMARY KEY (form_version_id, question)
);
