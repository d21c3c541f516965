-- Organisations and their people ------------------------------------------------------------------------------------

CREATE TABLE organizations (
    id UUID PRIMARY KEY NOT NULL,
    slug TEXT NOT NULL CONSTRAINT organizations_slug_key UNIQUE,
    name TEXT NOT NULL,
    emblem TEXT NOT NULL,
    hotline TEXT NOT NULL,
    office_name TEXT NOT NULL,
    welcome TEXT NOT NULL,
    calendar TEXT NOT NULL,
    limits TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE departments (
    id UUID PRIMARY KEY NOT NULL,
    organization_id UUID NOT NULL REFERENCES organizations (id),
    name TEXT NOT NULL,
    leader_id UUID,
    position BIGINT NOT NULL,
    disabled_at TIMESTAMPTZ,
    CONSTRAINT departments_name_key UNIQUE (organization_id, name)
);

CREATE TABLE staff (
    id UUID PRIMARY KEY NOT NULL,
    organization_id UUID NOT NULL REFERENCES organizations (id),
    department_id UUID REFERENCES departments (id),
    username TEXT NOT NULL CONSTRAINT staff_username_key UNIQUE,
    display_name TEXT NOT NULL,
    role TEXT NOT NULL,
    password_hash TEXT,
    lang TEXT NOT NULL,
    disabled_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX staff_by_organization ON staff (organization_id, display_name);

CREATE TABLE topics (
    id UUID PRIMARY KEY NOT NULL,
    organization_id UUID NOT NULL REFERENCES organizations (id),
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    name_en TEXT NOT NULL,
    default_department_id UUID REFERENCES departments (id),
    position BIGINT NOT NULL,
    disabled_at TIMESTAMPTZ,
    CONSTRAINT topics_code_key UNIQUE (organization_id, code)
);

CREATE TABLE sessions (
    id UUID PRIMARY KEY NOT NULL,
    staff_id UUID NOT NULL REFERENCES staff (id),
    token_hash BYTEA NOT NULL CONSTRAINT sessions_token_key UNIQUE,
    created_at TIMESTAMPTZ NOT NULL,
    seen_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX sessions_by_staff ON sessions (staff_id);

CREATE TABLE invitations (
    id UUID PRIMARY KEY NOT NULL,
    staff_id UUID NOT NULL REFERENCES staff (id),
    token_hash BYTEA NOT NULL CONSTRAINT invitations_token_key UNIQUE,
    created_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    used_at TIMESTAMPTZ
);

CREATE TABLE login_throttles (
    subject BYTEA PRIMARY KEY NOT NULL,
    failures BIGINT NOT NULL,
    blocked_until TIMESTAMPTZ NOT NULL
);

-- Forms and access points -------------------------------------------------------------------------------------------

CREATE TABLE forms (
    id UUID PRIMARY KEY NOT NULL,
    organization_id UUID NOT NULL REFERENCES organizations (id),
    title TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE form_versions (
    id UUID PRIMARY KEY NOT NULL,
    form_id UUID NOT NULL REFERENCES forms (id),
    number BIGINT NOT NULL,
    definition TEXT NOT NULL,
    published_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT form_versions_number_key UNIQUE (form_id, number)
);

CREATE TABLE access_points (
    id UUID PRIMARY KEY NOT NULL,
    organization_id UUID NOT NULL REFERENCES organizations (id),
    code TEXT NOT NULL CONSTRAINT access_points_code_key UNIQUE,
    channel TEXT NOT NULL,
    title TEXT NOT NULL,
    place TEXT NOT NULL,
    keeper TEXT NOT NULL,
    audience TEXT NOT NULL,
    form_id UUID NOT NULL REFERENCES forms (id),
    topic_id UUID REFERENCES topics (id),
    valid_from TIMESTAMPTZ,
    valid_to TIMESTAMPTZ,
    revoked_at TIMESTAMPTZ,
    replaced_by UUID REFERENCES access_points (id),
    opens BIGINT NOT NULL,
    submissions BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX access_points_by_organization ON access_points (organization_id, created_at);

-- Cases --------------------------------------------------------------------------------------------------------------

CREATE TABLE cases (
    id UUID PRIMARY KEY NOT NULL,
    organization_id UUID NOT NULL REFERENCES organizations (id),
    number TEXT NOT NULL,
    state TEXT NOT NULL,
    lane TEXT NOT NULL,
    channel TEXT NOT NULL,
    identity TEXT NOT NULL,
    person TEXT NOT NULL,
    topic_id UUID NOT NULL REFERENCES topics (id),
    access_point_id UUID NOT NULL REFERENCES access_points (id),
    place TEXT NOT NULL,
    excerpt TEXT NOT NULL,
    department_id UUID REFERENCES departments (id),
    handler_id UUID REFERENCES staff (id),
    due_at TIMESTAMPTZ NOT NULL,
    promised_at TIMESTAMPTZ NOT NULL,
    received_at TIMESTAMPTZ NOT NULL,
    answered_at TIMESTAMPTZ,
    closed_at TIMESTAMPTZ,
    urged_at TIMESTAMPTZ,
    reopened BIGINT NOT NULL,
    version BIGINT NOT NULL,
    arrival BIGINT NOT NULL CONSTRAINT cases_arrival_key UNIQUE, -- the order in which cases came (CaseId::arrival)
    CONSTRAINT cases_number_key UNIQUE (organization_id, number)
);
CREATE INDEX cases_by_state ON cases (organization_id, state, due_at, id);
CREATE INDEX cases_by_department ON cases (department_id, state, due_at, id);
CREATE INDEX cases_by_arrival ON cases (organization_id, arrival);
CREATE INDEX cases_by_received ON cases (organization_id, received_at);
CREATE INDEX cases_by_closed ON cases (organization_id, closed_at);
CREATE INDEX cases_by_topic ON cases (topic_id, arrival);

-- What people send: immutable (promise 19) --------------------------------------------------------------------------

CREATE TABLE submissions (
    id UUID PRIMARY KEY NOT NULL,
    organization_id UUID NOT NULL REFERENCES organizations (id),
    access_point_id UUID NOT NULL REFERENCES access_points (id),
    form_version_id UUID NOT NULL REFERENCES form_versions (id),
    case_id UUID NOT NULL REFERENCES cases (id),
    idempotency_hash BYTEA NOT NULL CONSTRAINT submissions_idempotency_key UNIQUE,
    content_hash BYTEA NOT NULL,
    channel TEXT NOT NULL,
    person TEXT NOT NULL,
    identity TEXT NOT NULL,
    topic_id UUID NOT NULL REFERENCES topics (id),
    body TEXT NOT NULL,
    answers TEXT NOT NULL,
    notice_version BIGINT NOT NULL,
    tracking_hash BYTEA NOT NULL CONSTRAINT submissions_tracking_key UNIQUE,
    received_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX submissions_by_case ON submissions (case_id);

CREATE TABLE identities (
    submission_id UUID PRIMARY KEY NOT NULL REFERENCES submissions (id),
    sealed BYTEA NOT NULL
);

CREATE TABLE messages (
    id UUID PRIMARY KEY NOT NULL,
    case_id UUID NOT NULL REFERENCES cases (id),
    author_id UUID REFERENCES staff (id),
    body TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    idempotency_hash BYTEA CONSTRAINT messages_idempotency_key UNIQUE
);
CREATE INDEX messages_by_case ON messages (case_id, created_at);

CREATE TABLE staged_files (
    id UUID PRIMARY KEY NOT NULL,
    token_hash BYTEA NOT NULL CONSTRAINT staged_files_token_key UNIQUE,
    sha256 BYTEA NOT NULL,
    kind TEXT NOT NULL,
    size BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE attachments (
    id UUID PRIMARY KEY NOT NULL,
    case_id UUID NOT NULL REFERENCES cases (id),
    submission_id UUID REFERENCES submissions (id),
    message_id UUID REFERENCES messages (id),
    position BIGINT NOT NULL,
    kind TEXT NOT NULL,
    size BIGINT NOT NULL,
    sha256 BYTEA NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX attachments_by_case ON attachments (case_id, position);
CREATE INDEX attachments_by_sha256 ON attachments (sha256);

-- The life of a case ------------------------------------------------------------------------------------------------

CREATE TABLE case_events (
    id UUID PRIMARY KEY NOT NULL,
    case_id UUID NOT NULL REFERENCES cases (id),
    seq BIGINT NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    kind TEXT NOT NULL,
    actor_id UUID REFERENCES staff (id),
    department_id UUID REFERENCES departments (id),
    reason TEXT NOT NULL,
    due_at TIMESTAMPTZ,
    visible BOOLEAN NOT NULL,
    CONSTRAINT case_events_seq_key UNIQUE (case_id, seq)
);

CREATE TABLE assignments (
    id UUID PRIMARY KEY NOT NULL,
    case_id UUID NOT NULL REFERENCES cases (id),
    department_id UUID NOT NULL REFERENCES departments (id),
    kind TEXT NOT NULL,
    assigned_by UUID NOT NULL REFERENCES staff (id),
    assigned_at TIMESTAMPTZ NOT NULL,
    due_at TIMESTAMPTZ NOT NULL,
    instruction TEXT NOT NULL,
    ended_at TIMESTAMPTZ,
    end_reason TEXT
);
CREATE INDEX assignments_by_case ON assignments (case_id, assigned_at);
CREATE INDEX assignments_by_department ON assignments (department_id, ended_at);

CREATE TABLE replies (
    id UUID PRIMARY KEY NOT NULL,
    case_id UUID NOT NULL REFERENCES cases (id),
    author_id UUID NOT NULL REFERENCES staff (id),
    state TEXT NOT NULL,
    body TEXT NOT NULL,
    outcome TEXT,
    review_comment TEXT,
    reviewer_id UUID REFERENCES staff (id),
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    sent_at TIMESTAMPTZ
);
CREATE INDEX replies_by_case ON replies (case_id, created_at);

CREATE TABLE notes (
    id UUID PRIMARY KEY NOT NULL,
    case_id UUID NOT NULL REFERENCES cases (id),
    author_id UUID NOT NULL REFERENCES staff (id),
    body TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX notes_by_case ON notes (case_id, created_at);

CREATE TABLE callbacks (
    id UUID PRIMARY KEY NOT NULL,
    case_id UUID NOT NULL REFERENCES cases (id),
    by_staff_id UUID REFERENCES staff (id),
    contacted BOOLEAN NOT NULL,
    solved BOOLEAN NOT NULL,
    satisfied BOOLEAN NOT NULL,
    comment TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX callbacks_by_case ON callbacks (case_id, created_at);

CREATE TABLE recusals (
    id UUID PRIMARY KEY NOT NULL,
    case_id UUID NOT NULL REFERENCES cases (id),
    staff_id UUID REFERENCES staff (id),
    department_id UUID REFERENCES departments (id),
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    created_by UUID REFERENCES staff (id),
    created_at TIMESTAMPTZ NOT NULL,
    decided_by UUID REFERENCES staff (id),
    decided_at TIMESTAMPTZ
);
CREATE INDEX recusals_by_case ON recusals (case_id);
CREATE INDEX recusals_by_staff ON recusals (staff_id, case_id);
CREATE INDEX recusals_by_department ON recusals (department_id, case_id);

-- Who did and saw what (promise 18) ----------------------------------------------------------------------------------

CREATE TABLE audit_heads (
    organization_id UUID PRIMARY KEY NOT NULL,
    seq BIGINT NOT NULL,
    hash BYTEA NOT NULL
);

CREATE TABLE audit_log (
    organization_id UUID NOT NULL,
    seq BIGINT NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    actor_id UUID,
    action TEXT NOT NULL,
    entity TEXT NOT NULL,
    entity_id UUID,
    detail TEXT NOT NULL,
    hash BYTEA NOT NULL,
    PRIMARY KEY (organization_id, seq)
);
CREATE INDEX audit_log_by_entity ON audit_log (entity_id, seq);

-- Work that happens later --------------------------------------------------------------------------------------------

CREATE TABLE jobs (
    id UUID PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    run_at TIMESTAMPTZ NOT NULL,
    attempts BIGINT NOT NULL,
    locked_until TIMESTAMPTZ,
    done_at TIMESTAMPTZ,
    failed_at TIMESTAMPTZ,
    error TEXT NOT NULL,
    once_key TEXT CONSTRAINT jobs_once_key UNIQUE
);
CREATE INDEX jobs_due ON jobs (done_at, failed_at, run_at);

CREATE TABLE outbox (
    id UUID PRIMARY KEY NOT NULL,
    organization_id UUID NOT NULL REFERENCES organizations (id),
    staff_id UUID REFERENCES staff (id),
    kind TEXT NOT NULL,
    case_id UUID REFERENCES cases (id),
    created_at TIMESTAMPTZ NOT NULL,
    read_at TIMESTAMPTZ
);
CREATE INDEX outbox_by_staff ON outbox (staff_id, read_at, created_at);

-- What the public board said, by week: it never says anything else of the same week (promise 11) ---------------------

CREATE TABLE boards (
    organization_id UUID NOT NULL REFERENCES organizations (id),
    until TIMESTAMPTZ NOT NULL,
    numbers TEXT NOT NULL,
    CONSTRAINT boards_key PRIMARY KEY (organization_id, until)
);
