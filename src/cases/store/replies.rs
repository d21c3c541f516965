//! SQL of outward replies 答复.

use chrono::{DateTime, Utc};

use crate::{
    cases::model::{Outcome, ReplyState},
    db::Conn,
    db_all, db_execute, db_optional,
    kernel::ids::{AttachmentId, CaseId, ReplyId, StaffId},
};

/// A reply with the names that it speaks of.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Reply {
    /// The id.
    pub id: ReplyId,
    /// Who wrote it.
    pub author_id: StaffId,
    /// The name of who wrote it.
    pub author_name: String,
    /// Who of the office looked at it last.
    pub reviewer_id: Option<StaffId>,
    /// Where it stands.
    pub state: ReplyState,
    /// The text.
    pub body: String,
    /// What became of a suggestion.
    pub outcome: Option<Outcome>,
    /// What the office said when it sent it back.
    pub review_comment: Option<String>,
    /// When it was begun.
    pub created_at: DateTime<Utc>,
    /// When it went out.
    pub sent_at: Option<DateTime<Utc>>,
}

/// The replies of a case, oldest first.
pub async fn of_case(c: &mut Conn, case: CaseId) -> sqlx::Result<Vec<Reply>> {
    db_all!(
        c,
        Reply,
        "SELECT r.id, r.author_id, s.display_name AS author_name, r.reviewer_id, r.state, r.body, r.outcome, r.review_comment,
                r.created_at, r.sent_at
         FROM replies r JOIN staff s ON s.id = r.author_id
         WHERE r.case_id = $1 ORDER BY r.created_at, r.id",
        case
    )
}

/// Adds a reply; its times are `at`, and it is out at once when its state says so.
pub async fn insert(
    c: &mut Conn,
    id: ReplyId,
    case: CaseId,
    author: StaffId,
    written: &Written<'_>,
    at: DateTime<Utc>,
) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO replies (id, case_id, author_id, state, body, outcome, created_at, updated_at, sent_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $8)",
        id,
        case,
        author,
        written.state,
        written.body,
        written.outcome,
        at,
        (written.state == ReplyState::Sent).then_some(at)
    )
}

/// What is written of a reply.
#[derive(Clone, Copy, Debug)]
pub struct Written<'a> {
    /// Where it stands now.
    pub state: ReplyState,
    /// The text.
    pub body: &'a str,
    /// What became of a suggestion.
    pub outcome: Option<Outcome>,
    /// Who of the office looked at it.
    pub reviewer: Option<StaffId>,
}

/// Writes at a reply that is not out.
pub async fn write(c: &mut Conn, id: ReplyId, written: &Written<'_>, at: DateTime<Utc>) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "UPDATE replies SET state = $2, body = $3, outcome = $4, reviewer_id = $5, updated_at = $6, sent_at = $7
         WHERE id = $1 AND state <> 'sent'",
        id,
        written.state,
        written.body,
        written.outcome,
        written.reviewer,
        at,
        (written.state == ReplyState::Sent).then_some(at)
    )
}

/// Writes down which redacted copies go out with a reply, in place of what was chosen before.
pub async fn set_files(c: &mut Conn, id: ReplyId, files: &[AttachmentId]) -> sqlx::Result<u64> {
    db_execute!(c, "DELETE FROM reply_files WHERE reply_id = $1", id)?;
    let mut count = 0;
    for file in files {
        count += db_execute!(
            c,
            "INSERT INTO reply_files (reply_id, attachment_id) VALUES ($1, $2) ON CONFLICT DO NOTHING",
            id,
            *file
        )?;
    }
    Ok(count)
}

/// The redacted copies that go out with the replies of a case.
pub async fn files_of_case(c: &mut Conn, case: CaseId) -> sqlx::Result<Vec<(ReplyId, AttachmentId)>> {
    db_all!(
        c,
        (ReplyId, AttachmentId),
        "SELECT f.reply_id, f.attachment_id FROM reply_files f JOIN replies r ON r.id = f.reply_id
         JOIN attachments a ON a.id = f.attachment_id
         WHERE r.case_id = $1 ORDER BY f.reply_id, a.position",
        case
    )
}

/// Sends a reply back with a comment.
pub async fn send_back(
    c: &mut Conn,
    id: ReplyId,
    reviewer: StaffId,
    comment: &str,
    at: DateTime<Utc>,
) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "UPDATE replies SET state = 'returned', review_comment = $3, reviewer_id = $2, updated_at = $4
         WHERE id = $1 AND state = 'review'",
        id,
        reviewer,
        comment,
        at
    )
}

/// Leaves behind what is not out.
pub async fn drop_unsent(c: &mut Conn, case: CaseId, at: DateTime<Utc>) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "UPDATE replies SET state = 'dropped', updated_at = $2
         WHERE case_id = $1 AND state IN ('draft', 'review', 'returned')",
        case,
        at
    )
}

/// The reply of a case that is being worked on.
pub async fn unsent(c: &mut Conn, case: CaseId) -> sqlx::Result<Option<ReplyId>> {
    let row = db_optional!(
        c,
        (ReplyId,),
        "SELECT id FROM replies WHERE case_id = $1 AND state IN ('draft', 'review', 'returned')
         ORDER BY created_at DESC, id DESC LIMIT 1",
        case
    )?;
    Ok(row.map(|r| r.0))
}
