//! SQL of who watches a case 关注.

use chrono::{DateTime, Utc};
use sqlx::AssertSqlSafe;

use crate::{
    cases::{model::State, visibility::Scope},
    db::Conn,
    db_all, db_execute, db_optional,
    kernel::{
        ids::{CaseId, DepartmentId, StaffId},
        roles::Role,
    },
};

/// Watches from now on; 0 when the person did already.
pub async fn watch(c: &mut Conn, case: CaseId, staff: StaffId, at: DateTime<Utc>) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO case_watchers (case_id, staff_id, watched_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
        case,
        staff,
        at
    )
}

/// Watches no more; 0 when the person did not.
pub async fn unwatch(c: &mut Conn, case: CaseId, staff: StaffId) -> sqlx::Result<u64> {
    db_execute!(c, "DELETE FROM case_watchers WHERE case_id = $1 AND staff_id = $2", case, staff)
}

/// Whether a person watches a case.
pub async fn watches(c: &mut Conn, case: CaseId, staff: StaffId) -> sqlx::Result<bool> {
    let row = db_optional!(c, (i32,), "SELECT 1 FROM case_watchers WHERE case_id = $1 AND staff_id = $2", case, staff)?;
    Ok(row.is_some())
}

/// Somebody who watches.
#[derive(Clone, Copy, Debug, sqlx::FromRow)]
pub struct Watcher {
    /// Who.
    pub id: StaffId,
    /// Their department.
    pub department_id: Option<DepartmentId>,
    /// Their role.
    pub role: Role,
}

/// Who watches a case and has an account that is open.
pub async fn of_case(c: &mut Conn, case: CaseId) -> sqlx::Result<Vec<Watcher>> {
    db_all!(
        c,
        Watcher,
        "SELECT s.id, s.department_id, s.role FROM case_watchers w JOIN staff s ON s.id = w.staff_id
         WHERE w.case_id = $1 AND s.disabled_at IS NULL",
        case
    )
}

/// A case that somebody watches.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Watched {
    /// Its number.
    pub number: String,
    /// Where it stands.
    pub state: State,
    /// Its place.
    pub place: String,
    /// Its topic.
    pub topic: String,
}

/// The cases that a person watches and may see, the latest first.
pub async fn of_person(c: &mut Conn, scope: &Scope, most: i64) -> sqlx::Result<Vec<Watched>> {
    let sql = format!(
        "SELECT c.number, c.state, c.place, t.name AS topic FROM case_watchers w JOIN cases c ON c.id = w.case_id
             JOIN topics t ON t.id = c.topic_id
         WHERE w.staff_id = $2 AND {} ORDER BY w.watched_at DESC, c.id LIMIT $4",
        scope.condition()
    );
    db_all!(c, Watched, AssertSqlSafe(sql.as_str()), scope.organization, scope.staff, scope.department, most)
}
