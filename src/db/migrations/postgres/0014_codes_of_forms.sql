-- One-time codes belong to a form, whatever it is for: a questionnaire, or the reply slip of a letter.

CREATE TABLE form_codes (
    code_hash BYTEA PRIMARY KEY NOT NULL,
    form_id UUID NOT NULL REFERENCES forms (id),
    cohort TEXT NOT NULL,
    used BOOLEAN NOT NULL
);
INSERT INTO form_codes (code_hash, form_id, cohort, used)
    SELECT r.code_hash, q.form_id, r.cohort, r.used FROM response_codes r JOIN questionnaires q ON q.id = r.questionnaire_id;
DROP TABLE response_codes;
ALTER TABLE form_codes RENAME TO response_codes;
CREATE INDEX response_codes_by_form ON response_codes (form_id, cohort);

-- Whether a reply needs a code.
ALTER TABLE letters ADD COLUMN with_codes BOOLEAN NOT NULL DEFAULT FALSE;
