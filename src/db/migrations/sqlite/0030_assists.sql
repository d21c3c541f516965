-- Departments that assist 协办 the one in the lead 主办: their orders stand beside it, each with its own due time; what they
-- contribute stays inside.

ALTER TABLE assignments ADD COLUMN done_at TEXT; -- of an assisting order: when it contributed first
ALTER TABLE assignments ADD COLUMN warned_at TEXT; -- each notice of time is given once
ALTER TABLE assignments ADD COLUMN flagged_at TEXT;

CREATE TABLE contributions (
    id BLOB PRIMARY KEY NOT NULL,
    case_id BLOB NOT NULL REFERENCES cases (id),
    assignment_id BLOB NOT NULL REFERENCES assignments (id),
    author_id BLOB NOT NULL REFERENCES staff (id),
    body TEXT NOT NULL,
    created_at TEXT NOT NULL
) STRICT;
CREATE INDEX contributions_by_case ON contributions (case_id, created_at);
