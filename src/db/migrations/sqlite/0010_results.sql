-- Results of questionnaires 结果: in which stage an answer was counted, by what the results are broken down, and which
-- answers became cases.

-- 0: not counted yet. It is all that is ever changed about a response.
ALTER TABLE responses ADD COLUMN stage INTEGER NOT NULL DEFAULT 0;
CREATE INDEX responses_by_stage ON responses (form_id, stage, id);

CREATE TABLE questionnaire_stages (
    form_id BLOB NOT NULL REFERENCES forms (id),
    number INTEGER NOT NULL,
    version_number INTEGER NOT NULL, -- the newest version of the form when it was counted
    answers INTEGER NOT NULL,
    counted_at TEXT NOT NULL,
    PRIMARY KEY (form_id, number)
) STRICT;

CREATE TABLE questionnaire_breakdowns (
    form_id BLOB PRIMARY KEY NOT NULL REFERENCES forms (id),
    by_code TEXT NOT NULL,
    chosen_by BLOB NOT NULL REFERENCES staff (id),
    chosen_at TEXT NOT NULL
) STRICT;

-- The hash is keyed: who has the database alone can't tell which response it was.
CREATE TABLE answer_cases (
    answer_hash BLOB PRIMARY KEY NOT NULL,
    form_id BLOB NOT NULL REFERENCES forms (id),
    case_id BLOB NOT NULL REFERENCES cases (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX answer_cases_by_form ON answer_cases (form_id);
