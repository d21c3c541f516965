//! SQL of submitters who want to hear by e-mail.

use chrono::{DateTime, Utc};

use crate::{
    db::Conn,
    db_all, db_execute, db_one, db_optional,
    i18n::Lang,
    kernel::ids::{CaseId, OrganizationId, SubmissionId, SubmitterMailId},
};

/// A submitter's wish.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Wish {
    /// The id.
    pub id: SubmitterMailId,
    /// The organisation.
    pub organization_id: OrganizationId,
    /// The address, sealed.
    pub address_sealed: Vec<u8>,
    /// The language of what they read.
    pub lang: Lang,
    /// How often a confirmation was asked for.
    pub asked: i64,
    /// When they confirmed, by the hour.
    pub confirmed_at: Option<DateTime<Utc>>,
}

/// The wish of a submission.
pub async fn of_submission(c: &mut Conn, submission: SubmissionId) -> sqlx::Result<Option<Wish>> {
    db_optional!(
        c,
        Wish,
        "SELECT m.id, s.organization_id, m.address_sealed, m.lang, m.asked, m.confirmed_at
         FROM submitter_mails m JOIN submissions s ON s.id = m.submission_id WHERE m.submission_id = $1",
        submission
    )
}

/// The wish of an id.
pub async fn by_id(c: &mut Conn, id: SubmitterMailId) -> sqlx::Result<Option<Wish>> {
    db_optional!(
        c,
        Wish,
        "SELECT m.id, s.organization_id, m.address_sealed, m.lang, m.asked, m.confirmed_at
         FROM submitter_mails m JOIN submissions s ON s.id = m.submission_id WHERE m.id = $1",
        id
    )
}

/// A wish as it is to be kept.
pub struct Row<'a> {
    /// The id.
    pub id: SubmitterMailId,
    /// The submission.
    pub submission: SubmissionId,
    /// The address, sealed.
    pub sealed: &'a [u8],
    /// To count how often an address was named.
    pub hash: &'a [u8],
    /// The language of what they read.
    pub lang: Lang,
    /// How often a confirmation was asked for.
    pub asked: i64,
    /// The hour.
    pub hour: DateTime<Utc>,
}

/// Keeps a wish, not confirmed.
pub async fn save(c: &mut Conn, row: &Row<'_>) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO submitter_mails (id, submission_id, address_sealed, address_hash, lang, asked, made_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        row.id,
        row.submission,
        row.sealed,
        row.hash,
        row.lang,
        row.asked,
        row.hour
    )
}

/// How often an address was named since a time.
pub async fn count_of_address(c: &mut Conn, hash: &[u8], since: DateTime<Utc>) -> sqlx::Result<i64> {
    let row = db_one!(
        c,
        (i64,),
        "SELECT COUNT(*) FROM submitter_mails WHERE address_hash = $1 AND made_at >= $2",
        hash,
        since
    )?;
    Ok(row.0)
}

/// They confirmed; 0 when they had, or there is none.
pub async fn confirm(c: &mut Conn, id: SubmitterMailId, hour: DateTime<Utc>) -> sqlx::Result<u64> {
    db_execute!(c, "UPDATE submitter_mails SET confirmed_at = $2 WHERE id = $1 AND confirmed_at IS NULL", id, hour)
}

/// The address is forgotten, with what was on its way to it.
pub async fn delete(c: &mut Conn, id: SubmitterMailId) -> sqlx::Result<u64> {
    db_execute!(c, "DELETE FROM submitter_mails WHERE id = $1", id)
}

/// The confirmed wishes of everybody who spoke of a case, of one that is merged into it, or of one that these are parts of.
pub async fn confirmed_of_case(c: &mut Conn, case: CaseId) -> sqlx::Result<Vec<(SubmitterMailId,)>> {
    db_all!(
        c,
        (SubmitterMailId,),
        "SELECT m.id FROM submitter_mails m JOIN submissions s ON s.id = m.submission_id
         WHERE (s.case_id = $1 OR s.case_id IN (SELECT id FROM cases WHERE lead_id = $1)
                OR s.case_id IN (SELECT p.origin_id FROM case_splits p JOIN cases k ON k.id = p.part_id
                                 WHERE k.id = $1 OR k.lead_id = $1)) AND m.confirmed_at IS NOT NULL",
        case
    )
}

/// Whether a message of news waits for a submitter.
pub async fn has_waiting_answer(c: &mut Conn, id: SubmitterMailId) -> sqlx::Result<bool> {
    let row = db_one!(
        c,
        (i64,),
        "SELECT COUNT(*) FROM deliveries WHERE submitter_mail_id = $1 AND kind = 'answer' AND state = 'waiting' AND leased_until IS NULL",
        id
    )?;
    Ok(row.0 > 0)
}

/// Forgets addresses that were not confirmed since a time, and those of cases that ended before another.
pub async fn forget(c: &mut Conn, unconfirmed: DateTime<Utc>, ended: DateTime<Utc>) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "DELETE FROM submitter_mails WHERE (confirmed_at IS NULL AND made_at < $1)
         OR submission_id IN (SELECT s.id FROM submissions s JOIN cases o ON o.id = s.case_id
                              JOIN cases k ON k.id = COALESCE(o.lead_id, o.id)
                              WHERE k.state IN ('closed', 'declined', 'transferred', 'withdrawn') AND k.closed_at < $2
                                AND NOT EXISTS (SELECT 1 FROM case_splits p JOIN cases q ON q.id = p.part_id
                                    JOIN cases l ON l.id = COALESCE(q.lead_id, q.id)
                                    WHERE p.origin_id = o.id AND (l.closed_at IS NULL OR l.closed_at >= $2)))",
        unconfirmed,
        ended
    )
}
