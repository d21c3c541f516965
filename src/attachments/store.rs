//! SQL of attachments.

use chrono::{DateTime, Utc};

use crate::{
    attachments::model::{Attachment, StoredFile},
    db::Conn,
    db_all, db_execute, db_one, db_optional,
    kernel::ids::{AttachmentId, CaseId, MessageId, StagedFileId, SubmissionId},
};

/// A new row.
#[derive(Clone, Copy, Debug)]
pub struct NewAttachment<'a> {
    /// The id.
    pub id: AttachmentId,
    /// The case.
    pub case_id: CaseId,
    /// The submission it came with.
    pub submission_id: Option<SubmissionId>,
    /// The message it came with.
    pub message_id: Option<MessageId>,
    /// The file of which it is a redacted copy.
    pub redacted_of: Option<AttachmentId>,
    /// Its place among the files of the case.
    pub position: i64,
    /// The file.
    pub file: &'a StoredFile,
    /// When.
    pub at: DateTime<Utc>,
}

/// Adds a file to a case.
pub async fn insert(c: &mut Conn, new: NewAttachment<'_>) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO attachments (id, case_id, submission_id, message_id, redacted_of, position, kind, size, sha256, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        new.id,
        new.case_id,
        new.submission_id,
        new.message_id,
        new.redacted_of,
        new.position,
        &new.file.kind,
        new.file.size,
        &new.file.sha256[..],
        new.at
    )
}

/// The last position in use; 0 when a case has no files.
pub async fn last_position(c: &mut Conn, case: CaseId) -> sqlx::Result<i64> {
    let row: (i64,) =
        db_one!(c, (i64,), "SELECT COALESCE(MAX(position), 0) FROM attachments WHERE case_id = $1", case)?;
    Ok(row.0)
}

/// The files of a case, in their order, and then those of the cases that are merged into it.
pub async fn of_case(c: &mut Conn, case: CaseId) -> sqlx::Result<Vec<Attachment>> {
    db_all!(
        c,
        Attachment,
        "SELECT id, case_id, submission_id, message_id, redacted_of, position, kind, size, sha256 FROM attachments
         WHERE case_id = $1 OR case_id IN (SELECT id FROM cases WHERE lead_id = $1)
         ORDER BY CASE WHEN case_id = $1 THEN 0 ELSE 1 END, created_at, case_id, position",
        case
    )
}

/// A file of a case, or of one that is merged into it.
pub async fn one_of_case(c: &mut Conn, case: CaseId, id: AttachmentId) -> sqlx::Result<Option<Attachment>> {
    db_optional!(
        c,
        Attachment,
        "SELECT id, case_id, submission_id, message_id, redacted_of, position, kind, size, sha256 FROM attachments
         WHERE id = $2 AND (case_id = $1 OR case_id IN (SELECT id FROM cases WHERE lead_id = $1))",
        case,
        id
    )
}

/// The SHA-256 of every file that a row names: of cases, and of uploads whose form is still to come. One statement, so
/// that a file can't slip from one to the other in between.
pub async fn named_files(c: &mut Conn) -> sqlx::Result<Vec<Vec<u8>>> {
    let rows = db_all!(
        c,
        (Vec<u8>,),
        "SELECT sha256 FROM attachments UNION SELECT sha256 FROM staged_files UNION SELECT sha256 FROM response_files
         UNION SELECT sha256 FROM box_seals UNION SELECT sha256 FROM rectification_photos
         ORDER BY sha256"
    )?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// Keeps a photo that was accepted before its form.
pub async fn insert_staged(
    c: &mut Conn,
    id: StagedFileId,
    token_hash: &[u8],
    sha256: &[u8],
    kind: &str,
    size: i64,
    at: DateTime<Utc>,
) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO staged_files (id, token_hash, sha256, kind, size, created_at) VALUES ($1, $2, $3, $4, $5, $6)",
        id,
        token_hash,
        sha256,
        kind,
        size,
        at
    )
}

/// Forgets files that were sent before a time.
pub async fn delete_staged_before(c: &mut Conn, before: DateTime<Utc>) -> sqlx::Result<u64> {
    db_execute!(c, "DELETE FROM staged_files WHERE created_at < $1", before)
}

/// The photo of a token.
pub async fn staged(c: &mut Conn, token_hash: &[u8]) -> sqlx::Result<Option<(Vec<u8>, String, i64)>> {
    db_optional!(
        c,
        (Vec<u8>, String, i64),
        "SELECT sha256, kind, size FROM staged_files WHERE token_hash = $1",
        token_hash
    )
}
