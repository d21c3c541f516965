-- Submitters who want to hear by e-mail that there is an answer. The address is sealed; times are hours (promise 8).

CREATE TABLE submitter_mails (
    id BLOB PRIMARY KEY NOT NULL,
    submission_id BLOB NOT NULL CONSTRAINT submitter_mails_submission_key UNIQUE REFERENCES submissions (id) ON DELETE CASCADE,
    address_sealed BLOB NOT NULL,
    address_hash BLOB NOT NULL,
    lang TEXT NOT NULL,
    asked INTEGER NOT NULL, -- how often a confirmation was asked for
    made_at TEXT NOT NULL,
    confirmed_at TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX submitter_mails_by_address ON submitter_mails (address_hash, made_at);

ALTER TABLE deliveries ADD COLUMN submitter_mail_id BLOB REFERENCES submitter_mails (id) ON DELETE CASCADE;
CREATE INDEX deliveries_by_submitter ON deliveries (submitter_mail_id);
