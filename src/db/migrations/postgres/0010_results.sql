-- Results of questionnaires 结果: in which stage an answer was counted, by what the results are broken down, and which
-- answers became cases.

-- 0: not counted yet. It is all that is ever changed about a response.
ALTER TABLE responses ADD COLUMN stage BIGINT NOT NULL DEFAULT 0;
CREATE INDEX responses_by_stage ON responses (form_id, stage, id);

CREATE TABLE questionnaire_stages (
    form_id UUID NOT NULL REFERENCES forms (id),
    number BIGINT NOT NULL,
    version_number BIGINT NOT NULL, -- the newest version of the form when it was counted
    answers BIGINT NOT NULL,
    counted_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (form_id, number)
);

CREATE TABLE questionnaire_breakdowns (
    form_id UUID PRIMARY KEY NOT NULL REFERENCES forms (id),
    by_code TEXT NOT NULL,
    chosen_by UUID NOT NULL REFERENCES staff (id),
    chosen_at TIMESTAMPTZ NOT NULL
);

-- The hash is keyed: who has the database alone can't tell which response it was.
CREATE TABLE answer_cases (
    answer_hash BYTEA PRIMARY KEY NOT NULL,
    form_id UUID NOT NULL REFERENCES forms (id),
    case_id UUID NOT NULL REFERENCES cases (id)
);
CREATE INDEX answer_cases_by_form ON answer_cases (form_id);
