-- What another body is to deal with 转办: to whom, why, and under which number the letter went.

CREATE TABLE case_transfers (
    id BLOB PRIMARY KEY NOT NULL,
    organization_id BLOB NOT NULL REFERENCES organizations (id),
    case_id BLOB NOT NULL REFERENCES cases (id),
    year INTEGER NOT NULL,
    number INTEGER NOT NULL,
    body TEXT NOT NULL, -- the other body's name
    contact TEXT NOT NULL, -- how its submitter reaches it; may be empty
    reason TEXT NOT NULL, -- what the submitter reads
    summary TEXT NOT NULL, -- what the letter says of the matter
    late_at TEXT NOT NULL, -- until when it should have been passed on (信访工作条例 §22)
    transferred_by BLOB NOT NULL REFERENCES staff (id),
    transferred_at TEXT NOT NULL,
    CONSTRAINT case_transfers_number_key UNIQUE (organization_id, year, number)
) STRICT;
CREATE INDEX case_transfers_by_case ON case_transfers (case_id, transferred_at);

-- A case with several matters 分案: each part is a case of its own; what was sent stays with the one that it came as.

CREATE TABLE case_splits (
    part_id BLOB PRIMARY KEY NOT NULL REFERENCES cases (id),
    origin_id BLOB NOT NULL REFERENCES cases (id),
    matter TEXT NOT NULL, -- in words of the office
    split_by BLOB NOT NULL REFERENCES staff (id),
    split_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX case_splits_by_origin ON case_splits (origin_id, split_at);
