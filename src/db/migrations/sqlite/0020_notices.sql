-- How people hear of news outside the pages: e-mail, robots in group chats, webhooks.

-- Whether the news has been gathered for e-mail, and for the channels of the organisation. No times: when something about
-- an anonymous submission went out would tell when it came (promise 8).
ALTER TABLE outbox ADD COLUMN mailed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN posted INTEGER NOT NULL DEFAULT 0;
UPDATE outbox SET mailed = 1, posted = 1;
CREATE INDEX outbox_to_mail ON outbox (staff_id) WHERE mailed = 0;
CREATE INDEX outbox_to_post ON outbox (organization_id) WHERE posted = 0;

CREATE TABLE notice_settings (
    staff_id BLOB PRIMARY KEY NOT NULL REFERENCES staff (id),
    email_sealed BLOB,
    pace TEXT NOT NULL,
    muted TEXT NOT NULL,
    told_at TEXT,
    report TEXT NOT NULL,
    reported TEXT NOT NULL
) STRICT;

CREATE TABLE notice_channels (
    id BLOB PRIMARY KEY NOT NULL,
    organization_id BLOB NOT NULL REFERENCES organizations (id),
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    host TEXT NOT NULL,
    target_sealed BLOB NOT NULL,
    muted TEXT NOT NULL,
    pending TEXT NOT NULL, -- ids of cases that the next message counts
    version INTEGER NOT NULL,
    told_at TEXT,
    tried_at TEXT,
    outcome TEXT NOT NULL,
    disabled_at TEXT
) STRICT;
CREATE INDEX notice_channels_by_organization ON notice_channels (organization_id, name);

CREATE TABLE deliveries (
    id BLOB PRIMARY KEY NOT NULL,
    organization_id BLOB NOT NULL REFERENCES organizations (id),
    kind TEXT NOT NULL,
    staff_id BLOB REFERENCES staff (id),
    channel_id BLOB REFERENCES notice_channels (id),
    facts TEXT NOT NULL, -- ids of cases and numbers, never words; emptied when it is settled
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    next_at TEXT,
    leased_until TEXT,
    outcome TEXT NOT NULL,
    made_at TEXT NOT NULL, -- the hour
    settled_at TEXT -- the hour
) STRICT, WITHOUT ROWID;
CREATE INDEX deliveries_due ON deliveries (state, next_at);
CREATE INDEX deliveries_by_organization ON deliveries (organization_id, state, made_at);
