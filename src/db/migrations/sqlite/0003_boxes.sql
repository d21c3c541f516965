-- The wooden complaint box 意见箱: who opened it, when, how many letters lay in it, and which cases they became.

CREATE TABLE box_openings (
    id BLOB PRIMARY KEY NOT NULL,
    organization_id BLOB NOT NULL REFERENCES organizations (id),
    access_point_id BLOB NOT NULL REFERENCES access_points (id),
    opened_at TEXT NOT NULL,
    opener TEXT NOT NULL,
    witness TEXT NOT NULL,
    letters INTEGER NOT NULL,
    explanation TEXT NOT NULL,
    written_by BLOB NOT NULL REFERENCES staff (id)
) STRICT;
CREATE INDEX box_openings_by_box ON box_openings (access_point_id, opened_at, id);
CREATE INDEX box_openings_by_organization ON box_openings (organization_id, opened_at, id);

CREATE TABLE box_letters (
    case_id BLOB PRIMARY KEY NOT NULL REFERENCES cases (id),
    opening_id BLOB NOT NULL REFERENCES box_openings (id)
) STRICT;
CREATE INDEX box_letters_by_opening ON box_letters (opening_id);
