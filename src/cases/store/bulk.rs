//! SQL of what was done to many cases at once: the run, and what became of each case.

use chrono::{DateTime, Utc};
use sqlx::AssertSqlSafe;

use crate::{
    cases::{model::State, visibility::Scope},
    db::Conn,
    db_all, db_execute, db_optional,
    kernel::ids::{BulkRunId, OrganizationId, StaffId},
};

/// A run.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Run {
    /// The id.
    pub id: BulkRunId,
    /// The code word of what was done.
    pub deed: String,
    /// What was said with it: the department, the words.
    pub words: String,
    /// When.
    pub created_at: DateTime<Utc>,
}

/// Begins a run; 0 when this press began one already.
pub async fn insert(c: &mut Conn, run: &Run, org: OrganizationId, by: StaffId, press: &[u8]) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO bulk_runs (id, organization_id, staff_id, press_hash, deed, words, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (press_hash) DO NOTHING",
        run.id,
        org,
        by,
        press,
        &run.deed,
        &run.words,
        run.created_at
    )
}

/// The run that a press began.
pub async fn of_press(c: &mut Conn, press: &[u8]) -> sqlx::Result<Option<(BulkRunId,)>> {
    db_optional!(c, (BulkRunId,), "SELECT id FROM bulk_runs WHERE press_hash = $1", press)
}

/// A run of this person.
pub async fn run_of(c: &mut Conn, org: OrganizationId, by: StaffId, id: BulkRunId) -> sqlx::Result<Option<Run>> {
    db_optional!(
        c,
        Run,
        "SELECT id, deed, words, created_at FROM bulk_runs WHERE organization_id = $1 AND staff_id = $2 AND id = $3",
        org,
        by,
        id
    )
}

/// Writes down what becomes of a case; 0 when that was written down before.
pub async fn insert_item(
    c: &mut Conn,
    run: BulkRunId,
    number: &str,
    position: i64,
    outcome: &str,
) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO bulk_items (run_id, number, position, outcome) VALUES ($1, $2, $3, $4)
         ON CONFLICT (run_id, number) DO NOTHING",
        run,
        number,
        position,
        outcome
    )
}

/// What became of a case, with the case when the person may see it now.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Done {
    /// The number.
    pub number: String,
    /// `done`, or the key of the sentence that says why not.
    pub outcome: String,
    /// Where it stands now; `None` when there is none that the person may know of.
    pub state: Option<State>,
    /// Its place.
    pub place: Option<String>,
    /// The beginning of its text.
    pub excerpt: Option<String>,
}

/// What became of each case of a run, in the order in which they were chosen.
pub async fn items(c: &mut Conn, scope: &Scope, run: BulkRunId) -> sqlx::Result<Vec<Done>> {
    let sql = format!(
        "SELECT i.number, i.outcome, c.state, c.place, c.excerpt
         FROM bulk_items i LEFT JOIN cases c ON c.number = i.number AND {}
         WHERE i.run_id = $4 ORDER BY i.position",
        scope.condition()
    );
    db_all!(c, Done, AssertSqlSafe(sql.as_str()), scope.organization, scope.staff, scope.department, run)
}
