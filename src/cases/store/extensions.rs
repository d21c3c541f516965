//! SQL of extensions 延期.

use chrono::{DateTime, Utc};

use crate::{
    cases::model::Decision,
    db::Conn,
    db_all, db_execute,
    kernel::ids::{CaseId, ExtensionId, StaffId},
};

/// A wish for more time.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Extension {
    /// How often the case had been reopened.
    pub round: i64,
    /// Why.
    pub reason: String,
    /// What the submitter had been promised.
    pub promised_at: DateTime<Utc>,
    /// Until when.
    pub due_at: DateTime<Utc>,
    /// What was decided.
    pub decision: Decision,
}

/// A new wish.
#[derive(Clone, Copy, Debug)]
pub struct NewExtension<'a> {
    /// The id.
    pub id: ExtensionId,
    /// The case.
    pub case_id: CaseId,
    /// How often the case had been reopened.
    pub round: i64,
    /// Who asks.
    pub asked_by: StaffId,
    /// When.
    pub at: DateTime<Utc>,
    /// Why.
    pub reason: &'a str,
    /// What the submitter was promised.
    pub before: DateTime<Utc>,
    /// Until when.
    pub due_at: DateTime<Utc>,
}

/// Adds a wish.
pub async fn insert(c: &mut Conn, new: &NewExtension<'_>) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO extensions (id, case_id, round, asked_by, asked_at, reason, promised_at, due_at, decision, words)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'pending', '')",
        new.id,
        new.case_id,
        new.round,
        new.asked_by,
        new.at,
        new.reason,
        new.before,
        new.due_at
    )
}

/// The wishes of a case, oldest first.
pub async fn of_case(c: &mut Conn, case: CaseId) -> sqlx::Result<Vec<Extension>> {
    db_all!(
        c,
        Extension,
        "SELECT round, reason, promised_at, due_at, decision FROM extensions WHERE case_id = $1 ORDER BY asked_at, id",
        case
    )
}

/// Decides on the wish that waits.
pub async fn decide(
    c: &mut Conn,
    case: CaseId,
    decision: Decision,
    by: StaffId,
    at: DateTime<Utc>,
    words: &str,
) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "UPDATE extensions SET decision = $2, decided_by = $3, decided_at = $4, words = $5
         WHERE case_id = $1 AND decision = 'pending'",
        case,
        decision,
        by,
        at,
        words
    )
}
