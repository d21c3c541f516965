-- Who may know: four eyes on a sealed identity, one person alone in danger, and the lane of danger.

CREATE TABLE identity_requests (
    id UUID PRIMARY KEY NOT NULL,
    organization_id UUID NOT NULL REFERENCES organizations (id),
    case_id UUID NOT NULL REFERENCES cases (id),
    asked_by UUID NOT NULL REFERENCES staff (id),
    asked_at TIMESTAMPTZ NOT NULL,
    reason TEXT NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    decision TEXT NOT NULL,
    decided_by UUID REFERENCES staff (id),
    decided_at TIMESTAMPTZ,
    words TEXT NOT NULL,
    opened_at TIMESTAMPTZ
);
CREATE INDEX identity_requests_by_case ON identity_requests (case_id, asked_at);
CREATE INDEX identity_requests_by_organization ON identity_requests (organization_id, decision, asked_at);

CREATE TABLE glass_breaks (
    id UUID PRIMARY KEY NOT NULL,
    organization_id UUID NOT NULL REFERENCES organizations (id),
    case_id UUID NOT NULL REFERENCES cases (id),
    broken_by UUID NOT NULL REFERENCES staff (id),
    broken_at TIMESTAMPTZ NOT NULL,
    reason TEXT NOT NULL,
    verdict TEXT NOT NULL,
    words TEXT NOT NULL,
    reviewed_by UUID REFERENCES staff (id),
    reviewed_at TIMESTAMPTZ
);
CREATE INDEX glass_breaks_by_organization ON glass_breaks (organization_id, broken_at);

CREATE TABLE mandatory_reports (
    id UUID PRIMARY KEY NOT NULL,
    case_id UUID NOT NULL REFERENCES cases (id),
    recipient TEXT NOT NULL,
    reporter TEXT NOT NULL,
    reported_at TIMESTAMPTZ NOT NULL,
    receipt TEXT NOT NULL,
    words TEXT NOT NULL,
    written_by UUID NOT NULL REFERENCES staff (id),
    written_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX mandatory_reports_by_case ON mandatory_reports (case_id, reported_at);

CREATE TABLE lane_guests (
    case_id UUID NOT NULL REFERENCES cases (id),
    staff_id UUID NOT NULL REFERENCES staff (id),
    added_by UUID NOT NULL REFERENCES staff (id),
    added_at TIMESTAMPTZ NOT NULL,
    reason TEXT NOT NULL,
    ended_at TIMESTAMPTZ,
    CONSTRAINT lane_guests_key PRIMARY KEY (case_id, staff_id)
);
CREATE INDEX lane_guests_by_staff ON lane_guests (staff_id, case_id);
