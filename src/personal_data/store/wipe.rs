//! SQL of erasing: every statement that takes words away, in an order that foreign keys allow.

use chrono::{DateTime, Utc};

use crate::{
    db::{Conn, dialect},
    db_all, db_execute, db_one,
    kernel::ids::{CaseId, SubmissionId},
};

/// Everything of the case `$1` that can hold words.
const CASE: &[&str] = &[
    "DELETE FROM staged_files WHERE sha256 IN (SELECT sha256 FROM attachments WHERE case_id = $1)",
    "DELETE FROM reply_files WHERE reply_id IN (SELECT id FROM replies WHERE case_id = $1)",
    "DELETE FROM attachments WHERE case_id = $1",
    "DELETE FROM messages WHERE case_id = $1",
    "DELETE FROM notes WHERE case_id = $1",
    "DELETE FROM case_tags WHERE case_id = $1",
    "UPDATE bulk_runs SET words = '' WHERE EXISTS (SELECT 1 FROM bulk_items i JOIN cases k ON k.number = i.number
         WHERE i.run_id = bulk_runs.id AND k.organization_id = bulk_runs.organization_id AND k.id = $1)",
    "DELETE FROM outbox WHERE case_id = $1",
    "DELETE FROM agenda_items WHERE case_id = $1 AND done_at IS NULL",
    "DELETE FROM identities WHERE submission_id IN (SELECT id FROM submissions WHERE case_id = $1)",
    "DELETE FROM submitter_mails WHERE submission_id IN (SELECT id FROM submissions WHERE case_id = $1)",
    "DELETE FROM call_tasks WHERE call_id IN
         (SELECT l.id FROM calls l JOIN submissions s ON s.id = l.submission_id WHERE s.case_id = $1)",
    "UPDATE case_events SET reason = '' WHERE case_id = $1",
    "UPDATE assignments SET instruction = '' WHERE case_id = $1",
    "UPDATE replies SET body = '', review_comment = NULL WHERE case_id = $1",
    "UPDATE callbacks SET comment = '' WHERE case_id = $1",
    "UPDATE callback_tries SET note = '' WHERE case_id = $1",
    "DELETE FROM callback_handovers WHERE case_id = $1 AND done_at IS NULL",
    "UPDATE callback_handovers SET agreement = '' WHERE case_id = $1",
    "UPDATE recusals SET reason = '' WHERE case_id = $1",
    "UPDATE objections SET reason = '', words = '' WHERE case_id = $1",
    "UPDATE extensions SET reason = '', words = '' WHERE case_id = $1",
    "UPDATE case_pauses SET reason = '' WHERE case_id = $1",
    "UPDATE routing_decisions SET reason = '' WHERE case_id = $1",
    "UPDATE identity_requests SET reason = '', words = '' WHERE case_id = $1",
    "UPDATE glass_breaks SET reason = '', words = '' WHERE case_id = $1",
    "UPDATE mandatory_reports SET recipient = '', reporter = '', receipt = '', words = '' WHERE case_id = $1",
    "UPDATE lane_guests SET reason = '' WHERE case_id = $1",
    "UPDATE rechecks SET comment = '' WHERE case_id = $1
         OR rectification_id IN (SELECT id FROM rectifications WHERE case_id = $1)",
    "DELETE FROM staged_files WHERE sha256 IN (SELECT p.sha256 FROM rectification_photos p
         JOIN rectifications t ON t.id = p.rectification_id WHERE t.case_id = $1)",
    "DELETE FROM rectification_photos WHERE rectification_id IN (SELECT id FROM rectifications WHERE case_id = $1)",
    "UPDATE rectification_steps SET words = '' WHERE rectification_id IN (SELECT id FROM rectifications WHERE case_id = $1)",
    "UPDATE rectifications SET measure = '', place = '' WHERE case_id = $1",
    "DELETE FROM contributions WHERE case_id = $1",
    "DELETE FROM case_tasks WHERE case_id = $1",
    "DELETE FROM case_watchers WHERE case_id = $1",
    "UPDATE case_transfers SET contact = '', reason = '', summary = '' WHERE case_id = $1",
    // What the office wrote of a part says what was sent.
    "UPDATE case_splits SET matter = '' WHERE part_id = $1 OR origin_id = $1",
    "UPDATE cases SET excerpt = '' WHERE id IN (SELECT part_id FROM case_splits WHERE origin_id = $1)",
    "UPDATE legal_holds SET reason = '', lift_reason = '' WHERE case_id = $1",
    "UPDATE erasure_requests SET words = '', answer = '' WHERE case_id = $1",
    // An order over several cases goes with the last of them.
    "UPDATE supervision_orders SET basis = '', demand = '', reply = '', verdict = ''
     WHERE id IN (SELECT order_id FROM supervision_cases WHERE case_id = $1)
       AND NOT EXISTS (SELECT 1 FROM supervision_cases o JOIN cases k ON k.id = o.case_id
                       WHERE o.order_id = supervision_orders.id AND k.id <> $1 AND k.erased_at IS NULL)",
];

/// Everything that one of several people, `$1`, said in a case.
const SUBMISSION: &[&str] = &[
    // Redacted copies of their photos go with these, also where they went out with an answer to all.
    "DELETE FROM reply_files WHERE attachment_id IN (SELECT c.id FROM attachments c JOIN attachments o ON o.id = c.redacted_of
         WHERE o.submission_id = $1 OR o.message_id IN (SELECT id FROM messages WHERE submission_id = $1))",
    "DELETE FROM attachments WHERE redacted_of IN (SELECT id FROM attachments WHERE submission_id = $1
         OR message_id IN (SELECT id FROM messages WHERE submission_id = $1))",
    "DELETE FROM staged_files WHERE sha256 IN (SELECT sha256 FROM attachments WHERE submission_id = $1
         OR message_id IN (SELECT id FROM messages WHERE submission_id = $1))",
    "DELETE FROM attachments WHERE submission_id = $1
         OR message_id IN (SELECT id FROM messages WHERE submission_id = $1)",
    "DELETE FROM messages WHERE submission_id = $1",
    "DELETE FROM identities WHERE submission_id = $1",
    "DELETE FROM submitter_mails WHERE submission_id = $1",
    "DELETE FROM call_tasks WHERE call_id IN (SELECT id FROM calls WHERE submission_id = $1)",
    "UPDATE callbacks SET comment = '' WHERE case_id = (SELECT case_id FROM submissions WHERE id = $1)",
    "UPDATE erasure_requests SET words = '', answer = '' WHERE submission_id = $1",
];

/// What is the first person's without saying so: `$1` is their submission.
const FIRST: &[&str] = &[
    "DELETE FROM reply_files WHERE attachment_id IN
         (SELECT c.id FROM attachments c JOIN attachments o ON o.id = c.redacted_of JOIN messages m ON m.id = o.message_id
          JOIN submissions s ON s.case_id = m.case_id
          WHERE s.id = $1 AND m.author_id IS NULL AND m.submission_id IS NULL)",
    "DELETE FROM attachments WHERE redacted_of IN
         (SELECT o.id FROM attachments o JOIN messages m ON m.id = o.message_id JOIN submissions s ON s.case_id = m.case_id
          WHERE s.id = $1 AND m.author_id IS NULL AND m.submission_id IS NULL)",
    "DELETE FROM attachments WHERE message_id IN
         (SELECT m.id FROM messages m JOIN submissions s ON s.case_id = m.case_id
          WHERE s.id = $1 AND m.author_id IS NULL AND m.submission_id IS NULL)",
    "DELETE FROM messages WHERE author_id IS NULL AND submission_id IS NULL
         AND case_id = (SELECT case_id FROM submissions WHERE id = $1)",
    "UPDATE cases SET excerpt = '' WHERE id = (SELECT case_id FROM submissions WHERE id = $1)",
];

/// Takes every word of a case away.
pub async fn case(c: &mut Conn, case: CaseId, at: DateTime<Utc>) -> sqlx::Result<()> {
    for sql in CASE {
        db_execute!(c, *sql, case)?;
    }
    dialect::forget_case(c, case).await?;
    db_execute!(
        c,
        "UPDATE cases SET excerpt = '', place = '', handler_id = NULL, lead_id = NULL, erased_at = $2, version = version + 1 WHERE id = $1",
        case,
        at
    )?;
    Ok(())
}

/// Takes away a file that waits for a form, too.
pub async fn unstage(c: &mut Conn, sha256: &[u8]) -> sqlx::Result<u64> {
    db_execute!(c, "DELETE FROM staged_files WHERE sha256 = $1", sha256)
}

/// Takes away what one person said; of the first one, also the beginning that stands on the case.
pub async fn submission(c: &mut Conn, id: SubmissionId, is_first: bool) -> sqlx::Result<()> {
    for sql in SUBMISSION {
        db_execute!(c, *sql, id)?;
    }
    if is_first {
        for sql in FIRST {
            db_execute!(c, *sql, id)?;
        }
    }
    db_execute!(
        c,
        "UPDATE cases SET version = version + 1 WHERE id = (SELECT case_id FROM submissions WHERE id = $1)",
        id
    )?;
    Ok(())
}

/// Empties a submission: neither its code nor its form's key finds it any more.
pub async fn empty(c: &mut Conn, id: SubmissionId, noise: &[[u8; 32]; 3], at: DateTime<Utc>) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "UPDATE submissions SET body = '', answers = '[]', tracking_hash = $2, idempotency_hash = $3, content_hash = $4,
                erased_at = $5
         WHERE id = $1",
        id,
        &noise[0][..],
        &noise[1][..],
        &noise[2][..],
        at
    )
}

/// What a submission is.
#[derive(Clone, Copy, Debug, sqlx::FromRow)]
pub struct Said {
    /// The submission.
    pub id: SubmissionId,
    /// Its case.
    pub case_id: CaseId,
    /// When it was erased.
    pub erased_at: Option<DateTime<Utc>>,
}

/// The submissions of a case, oldest first.
pub async fn submissions(c: &mut Conn, case: CaseId) -> sqlx::Result<Vec<Said>> {
    db_all!(c, Said, "SELECT id, case_id, erased_at FROM submissions WHERE case_id = $1 ORDER BY received_at, id", case)
}

/// A submission; none when there is no such one.
pub async fn one(c: &mut Conn, id: SubmissionId) -> sqlx::Result<Vec<Said>> {
    db_all!(c, Said, "SELECT id, case_id, erased_at FROM submissions WHERE id = $1", id)
}

/// The files of a case, and of what was put in order because of it.
pub async fn files(c: &mut Conn, case: CaseId) -> sqlx::Result<Vec<Vec<u8>>> {
    let rows = db_all!(
        c,
        (Vec<u8>,),
        "SELECT sha256 FROM attachments WHERE case_id = $1
         UNION SELECT p.sha256 FROM rectification_photos p JOIN rectifications t ON t.id = p.rectification_id
         WHERE t.case_id = $1",
        case
    )?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// The files of what one person said.
pub async fn files_of(c: &mut Conn, submission: SubmissionId) -> sqlx::Result<Vec<Vec<u8>>> {
    let rows = db_all!(
        c,
        (Vec<u8>,),
        "SELECT sha256 FROM attachments WHERE submission_id = $1
             OR message_id IN (SELECT id FROM messages WHERE submission_id = $1)
             OR redacted_of IN (SELECT id FROM attachments WHERE submission_id = $1
                 OR message_id IN (SELECT id FROM messages WHERE submission_id = $1))",
        submission
    )?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// The ids of every case that was erased.
pub async fn erased_cases(c: &mut Conn) -> sqlx::Result<Vec<CaseId>> {
    let rows = db_all!(c, (CaseId,), "SELECT id FROM cases WHERE erased_at IS NOT NULL")?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// The ids of every submission that was erased while its case stayed.
pub async fn erased_submissions(c: &mut Conn) -> sqlx::Result<Vec<SubmissionId>> {
    let rows = db_all!(
        c,
        (SubmissionId,),
        "SELECT s.id FROM submissions s JOIN cases k ON k.id = s.case_id
         WHERE s.erased_at IS NOT NULL AND k.erased_at IS NULL"
    )?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// Whether anything was erased since a time.
pub async fn any_since(c: &mut Conn, since: DateTime<Utc>) -> sqlx::Result<bool> {
    let count = db_one!(c, (i64,), "SELECT COUNT(*) FROM submissions WHERE erased_at >= $1", since)?;
    Ok(count.0 > 0)
}
