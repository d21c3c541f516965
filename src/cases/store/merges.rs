//! SQL of merged cases 并件: which cases were together with which lead, and when.

use chrono::{DateTime, Utc};

use crate::{
    cases::model::{Case, State},
    db::Conn,
    db_all, db_execute, db_one,
    kernel::ids::{CaseId, MergeId, StaffId},
};

/// A time that a case was, or is, merged into a lead.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Merge {
    /// The id.
    pub id: MergeId,
    /// The merged case.
    pub case_id: CaseId,
    /// The lead.
    pub lead_id: CaseId,
    /// Where the merged case stood before.
    pub state_before: State,
    /// What the lead had promised before any other joined it.
    pub lead_promised_at: DateTime<Utc>,
    /// The number of the lead's last event before.
    pub from_seq: i64,
    /// The number of the lead's last event while they were together; `None` while they are.
    pub to_seq: Option<i64>,
    /// The number of the lead's answer that the submitter of the merged case judged last.
    pub judged_seq: Option<i64>,
    /// When.
    pub merged_at: DateTime<Utc>,
    /// Until when; `None` while they are together.
    pub ended_at: Option<DateTime<Utc>>,
}

impl Merge {
    /// Whether an event of the lead happened while they were together.
    pub fn covers(&self, seq: i64) -> bool {
        seq > self.from_seq && self.to_seq.is_none_or(|to| seq <= to)
    }

    /// Whether something happened while they were together.
    pub fn covers_time(&self, at: DateTime<Utc>) -> bool {
        at >= self.merged_at && self.ended_at.is_none_or(|end| at <= end)
    }
}

/// Writes down that a case is merged into a lead from now on.
pub async fn insert(c: &mut Conn, new: &Merge, by: StaffId) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO case_merges (id, case_id, lead_id, state_before, lead_promised_at, from_seq, merged_at, merged_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        new.id,
        new.case_id,
        new.lead_id,
        new.state_before,
        new.lead_promised_at,
        new.from_seq,
        new.merged_at,
        by
    )
}

const COLUMNS: &str =
    "id, case_id, lead_id, state_before, lead_promised_at, from_seq, to_seq, judged_seq, merged_at, ended_at";

/// The times that a case was merged, oldest first.
pub async fn of_case(c: &mut Conn, case: CaseId) -> sqlx::Result<Vec<Merge>> {
    let sql = format!("SELECT {COLUMNS} FROM case_merges WHERE case_id = $1 ORDER BY merged_at, from_seq, id");
    db_all!(c, Merge, sqlx::AssertSqlSafe(sql.as_str()), case)
}

/// The cases that are merged into a lead now, in the order in which they joined it.
pub async fn of_lead(c: &mut Conn, lead: CaseId) -> sqlx::Result<Vec<Merge>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM case_merges WHERE lead_id = $1 AND ended_at IS NULL ORDER BY merged_at, from_seq, id"
    );
    db_all!(c, Merge, sqlx::AssertSqlSafe(sql.as_str()), lead)
}

/// The merged cases themselves, in the order in which they came.
pub async fn members(c: &mut Conn, lead: CaseId) -> sqlx::Result<Vec<Case>> {
    db_all!(c, Case, "SELECT * FROM cases WHERE lead_id = $1 ORDER BY arrival", lead)
}

/// They are together no longer; 0 when they were not.
pub async fn end(c: &mut Conn, id: MergeId, to_seq: i64, by: StaffId, at: DateTime<Utc>) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "UPDATE case_merges SET to_seq = $2, ended_by = $3, ended_at = $4 WHERE id = $1 AND ended_at IS NULL",
        id,
        to_seq,
        by,
        at
    )
}

/// The submitter of the merged case judged an answer of the lead.
pub async fn judged(c: &mut Conn, id: MergeId, seq: i64) -> sqlx::Result<u64> {
    db_execute!(c, "UPDATE case_merges SET judged_seq = $2 WHERE id = $1", id, seq)
}

/// The number of the last event of a case; 0 when it has none.
pub async fn last_seq(c: &mut Conn, case: CaseId) -> sqlx::Result<i64> {
    let row: (i64,) = db_one!(c, (i64,), "SELECT COALESCE(MAX(seq), 0) FROM case_events WHERE case_id = $1", case)?;
    Ok(row.0)
}
