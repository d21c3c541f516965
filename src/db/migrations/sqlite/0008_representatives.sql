-- Representatives 家长代表/群众代表: who is appointed, for which term and area; draws of cases to look at again 回头看.

CREATE TABLE appointments (
    id BLOB PRIMARY KEY NOT NULL,
    organization_id BLOB NOT NULL REFERENCES organizations (id),
    staff_id BLOB NOT NULL REFERENCES staff (id),
    kind TEXT NOT NULL,
    term_from TEXT NOT NULL,
    term_to TEXT NOT NULL, -- exclusive: from this moment on the representative can do nothing
    appointed_by BLOB NOT NULL REFERENCES staff (id),
    appointed_at TEXT NOT NULL,
    promise_version INTEGER,
    promised_at TEXT,
    visible INTEGER NOT NULL, -- whether the person wants to be named on the start page
    ended_at TEXT,
    ended_by BLOB REFERENCES staff (id),
    end_reason TEXT NOT NULL
) STRICT;
CREATE INDEX appointments_by_organization ON appointments (organization_id, term_to);
CREATE INDEX appointments_by_staff ON appointments (staff_id, term_to);

CREATE TABLE appointment_places (
    appointment_id BLOB NOT NULL REFERENCES appointments (id),
    place TEXT NOT NULL,
    CONSTRAINT appointment_places_key PRIMARY KEY (appointment_id, place)
) STRICT;

CREATE TABLE appointment_topics (
    appointment_id BLOB NOT NULL REFERENCES appointments (id),
    topic_id BLOB NOT NULL REFERENCES topics (id),
    CONSTRAINT appointment_topics_key PRIMARY KEY (appointment_id, topic_id)
) STRICT;

CREATE TABLE draws (
    id BLOB PRIMARY KEY NOT NULL,
    organization_id BLOB NOT NULL REFERENCES organizations (id),
    appointment_id BLOB NOT NULL REFERENCES appointments (id),
    seed_hash BLOB NOT NULL, -- 32 random bytes
    population_hash BLOB NOT NULL,
    wanted INTEGER NOT NULL,
    drawn_by BLOB REFERENCES staff (id), -- none when the program drew by itself
    drawn_at TEXT NOT NULL,
    month TEXT, -- of the program's own draws: one a month for each appointment
    CONSTRAINT draws_month_key UNIQUE (appointment_id, month)
) STRICT;
CREATE INDEX draws_by_organization ON draws (organization_id, drawn_at, id);

CREATE TABLE draw_population (
    draw_id BLOB NOT NULL REFERENCES draws (id),
    case_id BLOB NOT NULL REFERENCES cases (id),
    CONSTRAINT draw_population_key PRIMARY KEY (draw_id, case_id)
) STRICT;
CREATE INDEX draw_population_by_case ON draw_population (case_id);

CREATE TABLE rechecks (
    id BLOB PRIMARY KEY NOT NULL,
    draw_id BLOB NOT NULL REFERENCES draws (id),
    position INTEGER NOT NULL,
    case_id BLOB NOT NULL REFERENCES cases (id),
    result TEXT,
    comment TEXT NOT NULL,
    checked_at TEXT,
    CONSTRAINT rechecks_position_key UNIQUE (draw_id, position)
) STRICT;
CREATE INDEX rechecks_by_case ON rechecks (case_id);

-- The register of access points: when somebody last saw that the paper still hangs there. Nothing is taken back.

CREATE TABLE access_point_sightings (
    id BLOB PRIMARY KEY NOT NULL,
    organization_id BLOB NOT NULL REFERENCES organizations (id),
    access_point_id BLOB NOT NULL REFERENCES access_points (id),
    staff_id BLOB NOT NULL REFERENCES staff (id),
    at TEXT NOT NULL,
    state TEXT NOT NULL,
    note TEXT NOT NULL
) STRICT;
CREATE INDEX access_point_sightings_by_point ON access_point_sightings (access_point_id, at, id);

-- The day on which its form was last opened: no more of the time is kept (promise 8).
ALTER TABLE access_points ADD COLUMN
    last_opened_at TEXT;
