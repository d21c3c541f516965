//! SQL of clocks, and of the limits of a case that follow from them.

use chrono::{DateTime, Utc};

use crate::{
    cases::{
        clocks::model::{Clock, Outcome, Stage},
        model::Case,
    },
    db::Conn,
    db_all, db_execute,
    kernel::ids::{CaseId, OrganizationId},
};

/// The clocks of a case, in the order in which they began.
pub async fn of_case(c: &mut Conn, case: CaseId) -> sqlx::Result<Vec<Clock>> {
    db_all!(
        c,
        Clock,
        "SELECT stage, run, started_at, due_at, warn_at, unit, amount, counted_at, stood, ceiling_days, ceiling_from_at,
                ended_at, outcome
         FROM case_clocks WHERE case_id = $1 ORDER BY stage, run",
        case
    )
}

/// The clocks of a case that run.
pub async fn running(c: &mut Conn, case: CaseId) -> sqlx::Result<Vec<Clock>> {
    db_all!(
        c,
        Clock,
        "SELECT stage, run, started_at, due_at, warn_at, unit, amount, counted_at, stood, ceiling_days, ceiling_from_at,
                ended_at, outcome
         FROM case_clocks WHERE case_id = $1 AND ended_at IS NULL ORDER BY stage, run",
        case
    )
}

/// A clock with its case.
#[derive(sqlx::FromRow)]
struct OfCase {
    case_id: CaseId,
    #[sqlx(flatten)]
    clock: Clock,
}

/// The running clocks of an organisation that end after a moment.
pub async fn to_recount(c: &mut Conn, org: OrganizationId, after: DateTime<Utc>) -> sqlx::Result<Vec<(CaseId, Clock)>> {
    let rows = db_all!(
        c,
        OfCase,
        "SELECT case_id, stage, run, started_at, due_at, warn_at, unit, amount, counted_at, stood, ceiling_days,
                ceiling_from_at, ended_at, outcome
         FROM case_clocks WHERE organization_id = $1 AND ended_at IS NULL AND due_at > $2 ORDER BY case_id, stage, run",
        org,
        after
    )?;
    Ok(rows.into_iter().map(|row| (row.case_id, row.clock)).collect())
}

/// Adds a clock as the next run of its stage.
pub async fn insert(c: &mut Conn, case: &Case, clock: &Clock) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO case_clocks (case_id, stage, run, organization_id, started_at, due_at, warn_at, unit, amount, counted_at,
                stood, ceiling_days, ceiling_from_at)
         VALUES ($1, $2, (SELECT COALESCE(MAX(run), 0) + 1 FROM case_clocks WHERE case_id = $1 AND stage = $2), $3, $4, $5,
                $6, $7, $8, $9, $10, $11, $12)",
        case.id,
        clock.stage,
        case.organization_id,
        clock.started_at,
        clock.due_at,
        clock.warn_at,
        clock.unit,
        clock.amount,
        clock.counted_at,
        clock.stood,
        clock.ceiling_days,
        clock.ceiling_from_at
    )
}

/// Writes how a running clock is counted now.
pub async fn update(c: &mut Conn, case: CaseId, clock: &Clock) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "UPDATE case_clocks SET due_at = $4, warn_at = $5, unit = $6, amount = $7, counted_at = $8, stood = $9,
                ceiling_days = $10, ceiling_from_at = $11
         WHERE case_id = $1 AND stage = $2 AND run = $3 AND ended_at IS NULL",
        case,
        clock.stage,
        clock.run,
        clock.due_at,
        clock.warn_at,
        clock.unit,
        clock.amount,
        clock.counted_at,
        clock.stood,
        clock.ceiling_days,
        clock.ceiling_from_at
    )
}

/// Ends the running clock of a stage.
pub async fn end(c: &mut Conn, case: CaseId, stage: Stage, at: DateTime<Utc>, outcome: Outcome) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "UPDATE case_clocks SET ended_at = $3, outcome = $4 WHERE case_id = $1 AND stage = $2 AND ended_at IS NULL",
        case,
        stage,
        at,
        outcome
    )
}

/// Moves what the submitter was promised.
pub async fn move_promise(c: &mut Conn, case: CaseId, to: DateTime<Utc>) -> sqlx::Result<u64> {
    db_execute!(c, "UPDATE cases SET promised_at = $2 WHERE id = $1", case, to)
}

/// Moves the present limit of a case, when it is still this one.
pub async fn move_due(c: &mut Conn, case: CaseId, from: DateTime<Utc>, to: DateTime<Utc>) -> sqlx::Result<u64> {
    db_execute!(c, "UPDATE cases SET due_at = $3 WHERE id = $1 AND due_at = $2", case, from, to)
}

/// Writes until when a case stands still; `None` when it doesn't.
pub async fn set_paused(c: &mut Conn, case: CaseId, until: Option<DateTime<Utc>>) -> sqlx::Result<u64> {
    db_execute!(c, "UPDATE cases SET paused_until = $2 WHERE id = $1", case, until)
}
