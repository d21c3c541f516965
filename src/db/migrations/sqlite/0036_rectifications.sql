-- Rectifications 整改: what is to be put in order, by whom, until when, for how much, with photos before and after; and
-- draws of second looks that take them too.

CREATE TABLE rectifications (
    id BLOB PRIMARY KEY NOT NULL,
    organization_id BLOB NOT NULL REFERENCES organizations (id),
    idempotency_key TEXT NOT NULL, -- of the form that made it: one press, one task
    case_id BLOB REFERENCES cases (id),
    finding_id BLOB REFERENCES findings (id),
    place TEXT NOT NULL,
    topic_id BLOB NOT NULL REFERENCES topics (id),
    measure TEXT NOT NULL,
    department_id BLOB NOT NULL REFERENCES departments (id),
    person_id BLOB REFERENCES staff (id),
    due_at TEXT NOT NULL,
    planned_fen INTEGER,
    actual_fen INTEGER,
    state TEXT NOT NULL,
    round INTEGER NOT NULL, -- how often it was reported done
    version INTEGER NOT NULL,
    made_by BLOB NOT NULL REFERENCES staff (id),
    made_at TEXT NOT NULL,
    reported_at TEXT,
    CONSTRAINT rectifications_idempotency_key UNIQUE (organization_id, idempotency_key)
) STRICT;
CREATE INDEX rectifications_by_organization ON rectifications (organization_id, due_at, id);
CREATE INDEX rectifications_by_case ON rectifications (case_id);

CREATE TABLE rectification_steps (
    id BLOB PRIMARY KEY NOT NULL,
    rectification_id BLOB NOT NULL REFERENCES rectifications (id),
    round INTEGER NOT NULL,
    kind TEXT NOT NULL,
    words TEXT NOT NULL,
    staff_id BLOB NOT NULL REFERENCES staff (id),
    at TEXT NOT NULL
) STRICT;
CREATE INDEX rectification_steps_by_rectification ON rectification_steps (rectification_id, at);

CREATE TABLE rectification_photos (
    id BLOB PRIMARY KEY NOT NULL,
    rectification_id BLOB NOT NULL REFERENCES rectifications (id),
    side TEXT NOT NULL,
    round INTEGER NOT NULL,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    size INTEGER NOT NULL,
    sha256 BLOB NOT NULL
) STRICT;
CREATE INDEX rectification_photos_by_rectification ON rectification_photos (rectification_id, round, position);
CREATE INDEX rectification_photos_by_sha256 ON rectification_photos (sha256);

CREATE TABLE draw_population_next (
    draw_id BLOB NOT NULL REFERENCES draws (id),
    case_id BLOB REFERENCES cases (id),
    rectification_id BLOB REFERENCES rectifications (id),
    CONSTRAINT draw_population_case_key UNIQUE (draw_id, case_id),
    CONSTRAINT draw_population_rectification_key UNIQUE (draw_id, rectification_id)
) STRICT;
INSERT INTO draw_population_next (draw_id, case_id) SELECT draw_id, case_id FROM draw_population;
DROP TABLE draw_population;
ALTER TABLE draw_population_next RENAME TO draw_population;
CREATE INDEX draw_population_by_case ON draw_population (case_id);

CREATE TABLE rechecks_next (
    id BLOB PRIMARY KEY NOT NULL,
    draw_id BLOB NOT NULL REFERENCES draws (id),
    position INTEGER NOT NULL,
    case_id BLOB REFERENCES cases (id),
    rectification_id BLOB REFERENCES rectifications (id),
    result TEXT,
    comment TEXT NOT NULL,
    checked_at TEXT,
    CONSTRAINT rechecks_position_key UNIQUE (draw_id, position)
) STRICT;
INSERT INTO rechecks_next (id, draw_id, position, case_id, result, comment, checked_at)
    SELECT id, draw_id, position, case_id, result, comment, checked_at FROM rechecks;
DROP TABLE rechecks;
ALTER TABLE rechecks_next RENAME TO rechecks;
CREATE INDEX rechecks_by_case ON rechecks (case_id);
