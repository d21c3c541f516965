-- Questionnaires 问卷: the draft that people work at, when it is open, one-time codes by class, and where people left.

CREATE TABLE questionnaires (
    id BLOB PRIMARY KEY NOT NULL,
    organization_id BLOB NOT NULL REFERENCES organizations (id),
    form_id BLOB NOT NULL CONSTRAINT questionnaires_form_key UNIQUE REFERENCES forms (id),
    title TEXT NOT NULL,
    draft TEXT NOT NULL,
    draft_before TEXT NOT NULL, -- the draft before the last change, for undo; empty when there is none
    draft_version INTEGER NOT NULL,
    published_draft INTEGER NOT NULL, -- the draft_version that was published last; 0 when none was
    state TEXT NOT NULL,
    opens_at TEXT,
    closes_at TEXT,
    one_answer TEXT NOT NULL,
    kiosk INTEGER NOT NULL,
    created_by BLOB NOT NULL REFERENCES staff (id),
    created_at TEXT NOT NULL
) STRICT;
CREATE INDEX questionnaires_by_organization ON questionnaires (organization_id, created_at);

-- A code knows its class, and whether it was used; no response knows its code. Ordered by hash, so that the order of rows
-- tells nothing.
CREATE TABLE response_codes (
    code_hash BLOB PRIMARY KEY NOT NULL,
    questionnaire_id BLOB NOT NULL REFERENCES questionnaires (id),
    cohort TEXT NOT NULL,
    used INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX response_codes_by_questionnaire ON response_codes (questionnaire_id, cohort);

CREATE TABLE questionnaire_leavings (
    form_version_id BLOB NOT NULL REFERENCES form_versions (id),
    question TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (form_version_id, question)
) STRICT;
