-- Redacted copies of photos that go out with an answer.

-- The file of which this is a redacted copy; the copy outlives it, so no reference. What the office sent with messages
-- before were such copies, of files that nobody wrote down.
ALTER TABLE attachments ADD COLUMN redacted_of BLOB;
UPDATE attachments SET redacted_of = id WHERE message_id IN (SELECT id FROM messages WHERE author_id IS NOT NULL);
CREATE INDEX attachments_redacted ON attachments (redacted_of) WHERE redacted_of IS NOT NULL;

CREATE TABLE reply_files (
    reply_id BLOB NOT NULL REFERENCES replies (id),
    attachment_id BLOB NOT NULL REFERENCES attachments (id),
    CONSTRAINT reply_files_key PRIMARY KEY (reply_id, attachment_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX reply_files_by_attachment ON reply_files (attachment_id);
