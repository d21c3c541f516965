-- Entries of the audit log that are dated to an hour wait until the hour is over, in no order; then they join the chain.
CREATE TABLE audit_waiting (
    id UUID PRIMARY KEY, -- random
    organization_id UUID NOT NULL,
    hour TIMESTAMPTZ NOT NULL,
    actor_id UUID,
    action TEXT NOT NULL,
    entity TEXT NOT NULL,
    entity_id UUID,
    detail TEXT NOT NULL
);
CREATE INDEX audit_waiting_by_hour ON audit_waiting (organization_id, hour, id);

CREATE TABLE audit_waiting_sums (
    organization_id UUID NOT NULL,
    hour TIMESTAMPTZ NOT NULL,
    entries BIGINT NOT NULL,
    sum BYTEA NOT NULL, -- of the keyed hashes of the entries, whatever their order
    seal BYTEA NOT NULL, -- keyed hash of the four above
    PRIMARY KEY (organization_id, hour)
);

CREATE INDEX audit_log_by_actor ON audit_log (organization_id, actor_id, seq);
