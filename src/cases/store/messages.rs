//! SQL of messages between submitters and the office. A message has the id of its event, whose number gives the order:
//! the times of anonymous people are too coarse for that.

use chrono::{DateTime, Utc};

use crate::{
    db::Conn,
    db_all, db_execute, db_one, db_optional,
    kernel::ids::{CaseId, MessageId, StaffId, SubmissionId},
};

/// A message.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Message {
    /// The id.
    pub id: MessageId,
    /// Who of the staff wrote it; `None` when the submitter did.
    pub author_id: Option<StaffId>,
    /// The name of who wrote it.
    pub author_name: Option<String>,
    /// The text.
    pub body: String,
    /// When.
    pub created_at: DateTime<Utc>,
    /// Whose conversation it belongs to; `None` for the first person's, and for what the office writes to all.
    pub submission_id: Option<SubmissionId>,
    /// Its place in the life of the case.
    pub seq: i64,
}

/// A new message.
#[derive(Clone, Copy, Debug)]
pub struct NewMessage<'a> {
    /// The id, which its event shares.
    pub id: MessageId,
    /// The case.
    pub case_id: CaseId,
    /// Who of the staff writes.
    pub author_id: Option<StaffId>,
    /// The submission of the person who writes.
    pub submission_id: Option<SubmissionId>,
    /// The text.
    pub body: &'a str,
    /// When.
    pub at: DateTime<Utc>,
    /// Keyed hash of the press.
    pub idempotency_hash: Option<&'a [u8]>,
}

/// Adds a message; 0 when this press was stored before.
pub async fn insert(c: &mut Conn, new: &NewMessage<'_>) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO messages (id, case_id, author_id, body, created_at, idempotency_hash, submission_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (idempotency_hash) DO NOTHING",
        new.id,
        new.case_id,
        new.author_id,
        new.body,
        new.at,
        new.idempotency_hash,
        new.submission_id
    )
}

/// The message of an idempotency key, with its text.
pub async fn by_idempotency(c: &mut Conn, hash: &[u8]) -> sqlx::Result<Option<(MessageId, String)>> {
    db_optional!(c, (MessageId, String), "SELECT id, body FROM messages WHERE idempotency_hash = $1", hash)
}

/// The messages of a case, oldest first.
pub async fn of_case(c: &mut Conn, case: CaseId) -> sqlx::Result<Vec<Message>> {
    db_all!(
        c,
        Message,
        "SELECT m.id, m.author_id, s.display_name AS author_name, m.body, m.created_at, m.submission_id, e.seq
         FROM messages m JOIN case_events e ON e.id = m.id LEFT JOIN staff s ON s.id = m.author_id
         WHERE m.case_id = $1 ORDER BY e.seq",
        case
    )
}

/// How many messages the submitter has written.
pub async fn count_of_submitter(c: &mut Conn, case: CaseId) -> sqlx::Result<i64> {
    let row: (i64,) =
        db_one!(c, (i64,), "SELECT COUNT(*) FROM messages WHERE case_id = $1 AND author_id IS NULL", case)?;
    Ok(row.0)
}
