//! SQL of pauses.

use chrono::{DateTime, Utc};

use crate::{
    db::Conn,
    db_all, db_execute, db_optional,
    kernel::ids::{CaseId, StaffId},
};

/// A pause.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Pause {
    /// Its number in the case, from 1.
    pub run: i64,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// When it ends by itself.
    pub last_at: DateTime<Utc>,
    /// Working days that it added.
    pub moved: i64,
    /// When it ended.
    pub ended_at: Option<DateTime<Utc>>,
}

/// A new pause.
#[derive(Clone, Copy, Debug)]
pub struct NewPause<'a> {
    /// The case.
    pub case_id: CaseId,
    /// How often the case had been reopened.
    pub round: i64,
    /// When it begins.
    pub started_at: DateTime<Utc>,
    /// When it ends by itself.
    pub last_at: DateTime<Utc>,
    /// Working days that it adds.
    pub moved: i64,
    /// Why.
    pub reason: &'a str,
    /// Who paused it.
    pub paused_by: StaffId,
}

/// Adds a pause.
pub async fn insert(c: &mut Conn, new: &NewPause<'_>) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO case_pauses (case_id, run, round, started_at, last_at, moved, reason, paused_by)
         VALUES ($1, (SELECT COALESCE(MAX(run), 0) + 1 FROM case_pauses WHERE case_id = $1), $2, $3, $4, $5, $6, $7)",
        new.case_id,
        new.round,
        new.started_at,
        new.last_at,
        new.moved,
        new.reason,
        new.paused_by
    )
}

/// The pauses of a round.
pub async fn of_round(c: &mut Conn, case: CaseId, round: i64) -> sqlx::Result<Vec<Pause>> {
    db_all!(
        c,
        Pause,
        "SELECT run, started_at, last_at, moved, ended_at FROM case_pauses WHERE case_id = $1 AND round = $2 ORDER BY run",
        case,
        round
    )
}

/// The pause that runs.
pub async fn running(c: &mut Conn, case: CaseId) -> sqlx::Result<Option<Pause>> {
    db_optional!(
        c,
        Pause,
        "SELECT run, started_at, last_at, moved, ended_at FROM case_pauses WHERE case_id = $1 AND ended_at IS NULL",
        case
    )
}

/// Ends a pause, with the working days that it really added.
pub async fn end(c: &mut Conn, case: CaseId, run: i64, at: DateTime<Utc>, moved: i64) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "UPDATE case_pauses SET ended_at = $3, moved = $4 WHERE case_id = $1 AND run = $2 AND ended_at IS NULL",
        case,
        run,
        at,
        moved
    )
}

/// The cases whose pause is over.
pub async fn over(c: &mut Conn, now: DateTime<Utc>) -> sqlx::Result<Vec<CaseId>> {
    let rows = db_all!(c, (CaseId,), "SELECT case_id FROM case_pauses WHERE ended_at IS NULL AND last_at <= $1", now)?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}
