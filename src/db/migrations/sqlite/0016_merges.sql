-- Several cases about one matter: merged 并件 into one of them, the lead, and parted again.

ALTER TABLE cases ADD COLUMN lead_id BLOB REFERENCES cases (id); -- the case that it is merged into now
CREATE INDEX cases_by_lead ON cases (lead_id) WHERE lead_id IS NOT NULL;

CREATE TABLE case_merges (
    id BLOB PRIMARY KEY NOT NULL,
    case_id BLOB NOT NULL REFERENCES cases (id),
    lead_id BLOB NOT NULL REFERENCES cases (id),
    state_before TEXT NOT NULL,
    lead_promised_at TEXT NOT NULL, -- what the lead had promised before others joined it
    from_seq INTEGER NOT NULL, -- events of the lead after this one concern the merged one too
    to_seq INTEGER, -- up to this one
    judged_seq INTEGER, -- the lead's answer that the merged one's submitter judged last
    merged_at TEXT NOT NULL,
    merged_by BLOB NOT NULL REFERENCES staff (id),
    ended_at TEXT,
    ended_by BLOB REFERENCES staff (id)
) STRICT;
CREATE INDEX case_merges_by_case ON case_merges (case_id, merged_at);
CREATE INDEX case_merges_by_lead ON case_merges (lead_id, merged_at);

-- Who may not see a merged case may not see its lead: the recusal stands there too, while they are together.
ALTER TABLE recusals ADD COLUMN carried_from BLOB REFERENCES recusals (id);
CREATE INDEX recusals_by_carried ON recusals (carried_from) WHERE carried_from IS NOT NULL;
