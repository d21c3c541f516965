-- Who may know: four eyes on a sealed identity, one person alone in danger, and the lane of danger.

CREATE TABLE identity_requests (
    id BLOB PRIMARY KEY NOT NULL,
    organization_id BLOB NOT NULL REFERENCES organizations (id),
    case_id BLOB NOT NULL REFERENCES cases (id),
    asked_by BLOB NOT NULL REFERENCES staff (id),
    asked_at TEXT NOT NULL,
    reason TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    decision TEXT NOT NULL,
    decided_by BLOB REFERENCES staff (id),
    decided_at TEXT,
    words TEXT NOT NULL,
    opened_at TEXT
) STRICT;
CREATE INDEX identity_requests_by_case ON identity_requests (case_id, asked_at);
CREATE INDEX identity_requests_by_organization ON identity_requests (organization_id, decision, asked_at);

CREATE TABLE glass_breaks (
    id BLOB PRIMARY KEY NOT NULL,
    organization_id BLOB NOT NULL REFERENCES organizations (id),
    case_id BLOB NOT NULL REFERENCES cases (id),
    broken_by BLOB NOT NULL REFERENCES staff (id),
    broken_at TEXT NOT NULL,
    reason TEXT NOT NULL,
    verdict TEXT NOT NULL,
    words TEXT NOT NULL,
    reviewed_by BLOB REFERENCES staff (id),
    reviewed_at TEXT
) STRICT;
CREATE INDEX glass_breaks_by_organization ON glass_breaks (organization_id, broken_at);

CREATE TABLE mandatory_reports (
    id BLOB PRIMARY KEY NOT NULL,
    case_id BLOB NOT NULL REFERENCES cases (id),
    recipient TEXT NOT NULL,
    reporter TEXT NOT NULL,
    reported_at TEXT NOT NULL,
    receipt TEXT NOT NULL,
    words TEXT NOT NULL,
    written_by BLOB NOT NULL REFERENCES staff (id),
    written_at TEXT NOT NULL
) STRICT;
CREATE INDEX mandatory_reports_by_case ON mandatory_reports (case_id, reported_at);

CREATE TABLE lane_guests (
    case_id BLOB NOT NULL REFERENCES cases (id),
    staff_id BLOB NOT NULL REFERENCES staff (id),
    added_by BLOB NOT NULL REFERENCES staff (id),
    added_at TEXT NOT NULL,
    reason TEXT NOT NULL,
    ended_at TEXT,
    CONSTRAINT lane_guests_key PRIMARY KEY (case_id, staff_id)
) STRICT;
CREATE INDEX lane_guests_by_staff ON lane_guests (staff_id, case_id);
