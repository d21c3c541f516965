-- The wooden complaint box 意见箱: who opened it, when, how many letters lay in it, and which cases they became.

CREATE TABLE box_openings (
    id UUID PRIMARY KEY NOT NULL,
    organization_id UUID NOT NULL REFERENCES organizations (id),
    access_point_id UUID NOT NULL REFERENCES access_points (id),
    opened_at TIMESTAMPTZ NOT NULL,
    opener TEXT NOT NULL,
    witness TEXT NOT NULL,
    letters BIGINT NOT NULL,
    explanation TEXT NOT NULL,
    written_by UUID NOT NULL REFERENCES staff (id)
);
CREATE INDEX box_openings_by_box ON box_openings (access_point_id, opened_at, id);
CREATE INDEX box_openings_by_organization ON box_openings (organization_id, opened_at, id);

CREATE TABLE box_letters (
    case_id UUID PRIMARY KEY NOT NULL REFERENCES cases (id),
    opening_id UUID NOT NULL REFERENCES box_openings (id)
);
CREATE INDEX box_letters_by_opening ON box_letters (opening_id);
