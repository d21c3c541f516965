-- Who wants to hear of every step of a case, and what colleagues are to do about one.

CREATE TABLE case_watchers (
    case_id BLOB NOT NULL REFERENCES cases (id),
    staff_id BLOB NOT NULL REFERENCES staff (id),
    watched_at TEXT NOT NULL,
    CONSTRAINT case_watchers_key PRIMARY KEY (case_id, staff_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX case_watchers_by_staff ON case_watchers (staff_id);

CREATE TABLE case_tasks (
    id BLOB PRIMARY KEY NOT NULL,
    case_id BLOB NOT NULL REFERENCES cases (id),
    person_id BLOB NOT NULL REFERENCES staff (id),
    words TEXT NOT NULL,
    due_at TEXT NOT NULL,
    given_by BLOB NOT NULL REFERENCES staff (id),
    given_at TEXT NOT NULL,
    done_by BLOB REFERENCES staff (id),
    done_at TEXT
) STRICT;
CREATE INDEX case_tasks_by_case ON case_tasks (case_id, given_at);
CREATE INDEX case_tasks_by_person ON case_tasks (person_id, done_at, due_at);
CREATE INDEX case_tasks_by_giver ON case_tasks (given_by, done_at);

-- Answers about people 师德: let out by a second person of the office.
ALTER TABLE topics ADD COLUMN about_people INTEGER NOT NULL DEFAULT 0;
UPDATE topics SET about_people = 1 WHERE code = 'conduct';
