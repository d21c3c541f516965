-- Departments that assist 协办 the one in the lead 主办: their orders stand beside it, each with its own due time; what they
-- contribute stays inside.

ALTER TABLE assignments ADD COLUMN done_at TIMESTAMPTZ; -- of an assisting order: when it contributed first
ALTER TABLE assignments ADD COLUMN warned_at TIMESTAMPTZ; -- each notice of time is given once
ALTER TABLE assignments ADD COLUMN flagged_at TIMESTAMPTZ;

CREATE TABLE contributions (
    id UUID PRIMARY KEY NOT NULL,
    case_id UUID NOT NULL REFERENCES cases (id),
    assignment_id UUID NOT NULL REFERENCES assignments (id),
    author_id UUID NOT NULL REFERENCES staff (id),
    body TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX contributions_by_case ON contributions (case_id, created_at);
