-- How people hear of news outside the pages: e-mail, robots in group chats, webhooks.

-- Whether the news has been gathered for e-mail, and for the channels of the organisation. No times: when something about
-- an anonymous submission went out would tell when it came (promise 8).
ALTER TABLE outbox ADD COLUMN mailed BIGINT NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN posted BIGINT NOT NULL DEFAULT 0;
UPDATE outbox SET mailed = 1, posted = 1;
CREATE INDEX outbox_to_mail ON outbox (staff_id) WHERE mailed = 0;
CREATE INDEX outbox_to_post ON outbox (organization_id) WHERE posted = 0;

CREATE TABLE notice_settings (
    staff_id UUID PRIMARY KEY NOT NULL REFERENCES staff (id),
    email_sealed BYTEA,
    pace TEXT NOT NULL,
    muted TEXT NOT NULL,
    told_at TIMESTAMPTZ,
    report TEXT NOT NULL,
    reported TEXT NOT NULL
);

CREATE TABLE notice_channels (
    id UUID PRIMARY KEY NOT NULL,
    organization_id UUID NOT NULL REFERENCES organizations (id),
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    host TEXT NOT NULL,
    target_sealed BYTEA NOT NULL,
    muted TEXT NOT NULL,
    pending TEXT NOT NULL, -- ids of cases that the next message counts
    version BIGINT NOT NULL,
    told_at TIMESTAMPTZ,
    tried_at TIMESTAMPTZ,
    outcome TEXT NOT NULL,
    disabled_at TIMESTAMPTZ
);
CREATE INDEX notice_channels_by_organization ON notice_channels (organization_id, name);

CREATE TABLE deliveries (
    id UUID PRIMARY KEY NOT NULL,
    organization_id UUID NOT NULL REFERENCES organizations (id),
    kind TEXT NOT NULL,
    staff_id UUID REFERENCES staff (id),
    channel_id UUID REFERENCES notice_channels (id),
    facts TEXT NOT NULL, -- ids of cases and numbers, never words; emptied when it is settled
    state TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    next_at TIMESTAMPTZ,
    leased_until TIMESTAMPTZ,
    outcome TEXT NOT NULL,
    made_at TIMESTAMPTZ NOT NULL, -- the hour
    settled_at TIMESTAMPTZ -- the hour
);
CREATE INDEX deliveries_due ON deliveries (state, next_at);
CREATE INDEX deliveries_by_organization ON deliveries (organization_id, state, made_at);
