-- Callbacks 回访 by others than the submitter: who asked, what was tried, and what was handed to a representative.

ALTER TABLE callbacks ADD COLUMN source TEXT NOT NULL DEFAULT 'self';

CREATE TABLE callback_tries (
    id BLOB PRIMARY KEY NOT NULL,
    case_id BLOB NOT NULL REFERENCES cases (id),
    round INTEGER NOT NULL, -- cases.reopened at that time: an answer after a reopening is asked about anew
    outcome TEXT NOT NULL,
    note TEXT NOT NULL,
    next_at TEXT,
    by_staff_id BLOB NOT NULL REFERENCES staff (id),
    created_at TEXT NOT NULL
) STRICT;
CREATE INDEX callback_tries_by_case ON callback_tries (case_id, created_at);

CREATE TABLE callback_handovers (
    id BLOB PRIMARY KEY NOT NULL,
    organization_id BLOB NOT NULL REFERENCES organizations (id),
    case_id BLOB NOT NULL REFERENCES cases (id),
    round INTEGER NOT NULL,
    staff_id BLOB NOT NULL REFERENCES staff (id),
    with_contact INTEGER NOT NULL,
    agreement TEXT NOT NULL,
    handed_by BLOB NOT NULL REFERENCES staff (id),
    handed_at TEXT NOT NULL,
    done_at TEXT,
    CONSTRAINT callback_handovers_case_key UNIQUE (case_id, round)
) STRICT;
CREATE INDEX callback_handovers_by_person ON callback_handovers (staff_id, done_at);
CREATE INDEX cases_by_answer ON cases (organization_id, answered_at);
