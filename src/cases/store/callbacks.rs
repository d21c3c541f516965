//! SQL of callbacks 回访: how submitters judge the answers. A callback has the id of its event.

use chrono::{DateTime, Utc};

use crate::{
    cases::model::Rating,
    db::Conn,
    db_all, db_execute,
    kernel::ids::{CallbackId, CaseId},
};

/// A judgement.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Callback {
    /// Whether they were contacted.
    pub contacted: bool,
    /// Whether it is solved.
    pub solved: bool,
    /// Whether they are satisfied.
    pub satisfied: bool,
    /// What they add.
    pub comment: String,
    /// When.
    pub created_at: DateTime<Utc>,
    /// The number of its event.
    pub seq: i64,
}

/// Adds the judgement of a submitter.
pub async fn insert(
    c: &mut Conn,
    id: CallbackId,
    case: CaseId,
    rating: &Rating,
    at: DateTime<Utc>,
) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO callbacks (id, case_id, by_staff_id, contacted, solved, satisfied, comment, created_at)
         VALUES ($1, $2, NULL, $3, $4, $5, $6, $7)",
        id,
        case,
        rating.contacted,
        rating.solved,
        rating.satisfied,
        &rating.comment,
        at
    )
}

/// The judgements of a case, oldest first.
pub async fn of_case(c: &mut Conn, case: CaseId) -> sqlx::Result<Vec<Callback>> {
    db_all!(
        c,
        Callback,
        "SELECT b.contacted, b.solved, b.satisfied, b.comment, b.created_at, e.seq
         FROM callbacks b JOIN case_events e ON e.id = b.id WHERE b.case_id = $1 ORDER BY e.seq",
        case
    )
}
