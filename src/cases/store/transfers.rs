//! SQL of what went to another body 转办.

use chrono::{DateTime, Utc};

use crate::{
    db::Conn,
    db_execute, db_one, db_optional,
    kernel::ids::{CaseId, OrganizationId, StaffId, TransferId},
};

/// A case that went to another body.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Transfer {
    /// The year of its letter.
    pub year: i64,
    /// The number of its letter in that year.
    pub number: i64,
    /// The other body's name.
    pub body: String,
    /// How it is reached; may be empty.
    pub contact: String,
    /// What the submitter reads.
    pub reason: String,
    /// What the letter says of the matter.
    pub summary: String,
    /// Until when it should have been passed on (信访工作条例 §22).
    pub late_at: DateTime<Utc>,
    /// When it was.
    pub transferred_at: DateTime<Utc>,
}

/// The next number of a year. The caller holds the head of the organisation's audit log.
pub async fn next_number(c: &mut Conn, org: OrganizationId, year: i64) -> sqlx::Result<i64> {
    let row = db_one!(
        c,
        (i64,),
        "SELECT COALESCE(MAX(number), 0) + 1 FROM case_transfers WHERE organization_id = $1 AND year = $2",
        org,
        year
    )?;
    Ok(row.0)
}

/// Writes a transfer down.
pub async fn insert(
    c: &mut Conn,
    id: TransferId,
    org: OrganizationId,
    case: CaseId,
    new: &Transfer,
    by: StaffId,
) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO case_transfers (id, organization_id, case_id, year, number, body, contact, reason, summary, late_at,
                transferred_by, transferred_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        id,
        org,
        case,
        new.year,
        new.number,
        &new.body,
        &new.contact,
        &new.reason,
        &new.summary,
        new.late_at,
        by,
        new.transferred_at
    )
}

/// The last transfer of a case.
pub async fn last(c: &mut Conn, case: CaseId) -> sqlx::Result<Option<Transfer>> {
    db_optional!(
        c,
        Transfer,
        "SELECT year, number, body, contact, reason, summary, late_at, transferred_at FROM case_transfers
         WHERE case_id = $1 ORDER BY transferred_at DESC, id DESC LIMIT 1",
        case
    )
}
