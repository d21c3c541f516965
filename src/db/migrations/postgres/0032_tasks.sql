-- Who wants to hear of every step of a case, and what colleagues are to do about one.

CREATE TABLE case_watchers (
    case_id UUID NOT NULL REFERENCES cases (id),
    staff_id UUID NOT NULL REFERENCES staff (id),
    watched_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT case_watchers_key PRIMARY KEY (case_id, staff_id)
);
CREATE INDEX case_watchers_by_staff ON case_watchers (staff_id);

CREATE TABLE case_tasks (
    id UUID PRIMARY KEY NOT NULL,
    case_id UUID NOT NULL REFERENCES cases (id),
    person_id UUID NOT NULL REFERENCES staff (id),
    words TEXT NOT NULL,
    due_at TIMESTAMPTZ NOT NULL,
    given_by UUID NOT NULL REFERENCES staff (id),
    given_at TIMESTAMPTZ NOT NULL,
    done_by UUID REFERENCES staff (id),
    done_at TIMESTAMPTZ
);
CREATE INDEX case_tasks_by_case ON case_tasks (case_id, given_at);
CREATE INDEX case_tasks_by_person ON case_tasks (person_id, done_at, due_at);
CREATE INDEX case_tasks_by_giver ON case_tasks (given_by, done_at);

-- Answers about people 师德: let out by a second person of the office.
ALTER TABLE topics ADD COLUMN about_people BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE topics SET about_people = TRUE WHERE code = 'conduct';
