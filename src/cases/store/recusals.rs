//! SQL of recusals 回避.

use chrono::{DateTime, Utc};

use crate::{
    cases::model::RecusalState,
    db::Conn,
    db_all, db_execute,
    kernel::ids::{CaseId, DepartmentId, RecusalId, StaffId},
};

/// A recusal with the names that it speaks of.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Recusal {
    /// The id.
    pub id: RecusalId,
    /// The person.
    pub staff_id: Option<StaffId>,
    /// The name of the person.
    pub staff_name: Option<String>,
    /// The department.
    pub department_id: Option<DepartmentId>,
    /// The name of the department.
    pub department_name: Option<String>,
    /// Whether it holds.
    pub state: RecusalState,
    /// Why.
    pub reason: String,
    /// When it was proposed.
    pub created_at: DateTime<Utc>,
    /// The recusal of a merged case that stands here too while they are together.
    pub carried_from: Option<RecusalId>,
}

/// A new recusal.
#[derive(Clone, Debug)]
pub struct NewRecusal<'a> {
    /// The id.
    pub id: RecusalId,
    /// The case.
    pub case_id: CaseId,
    /// The person, or else
    pub staff_id: Option<StaffId>,
    /// the department.
    pub department_id: Option<DepartmentId>,
    /// Whether it is decided.
    pub state: RecusalState,
    /// Why.
    pub reason: &'a str,
    /// Who wants it; `None` when the program found a name.
    pub created_by: Option<StaffId>,
    /// When.
    pub at: DateTime<Utc>,
}

/// Adds a recusal.
pub async fn insert(c: &mut Conn, new: &NewRecusal<'_>) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO recusals (id, case_id, staff_id, department_id, state, reason, created_by, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        new.id,
        new.case_id,
        new.staff_id,
        new.department_id,
        new.state,
        new.reason,
        new.created_by,
        new.at
    )
}

/// The recusals of a case, lifted ones too, oldest first.
pub async fn of_case(c: &mut Conn, case: CaseId) -> sqlx::Result<Vec<Recusal>> {
    db_all!(
        c,
        Recusal,
        "SELECT r.id, r.staff_id, s.display_name AS staff_name, r.department_id, d.name AS department_name, r.state, r.reason,
                r.created_at, r.carried_from
         FROM recusals r LEFT JOIN staff s ON s.id = r.staff_id LEFT JOIN departments d ON d.id = r.department_id
         WHERE r.case_id = $1 ORDER BY r.created_at, r.id",
        case
    )
}

/// Decides about a recusal of a case; 0 when it has none of this id, or it stands so already.
pub async fn decide(
    c: &mut Conn,
    case: CaseId,
    id: RecusalId,
    state: RecusalState,
    by: StaffId,
    at: DateTime<Utc>,
) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "UPDATE recusals SET state = $3, decided_by = $4, decided_at = $5 WHERE case_id = $1 AND id = $2 AND state <> $3",
        case,
        id,
        state,
        by,
        at
    )
}

/// Carries a recusal of a merged case over to its lead.
pub async fn carry(c: &mut Conn, id: RecusalId, lead: CaseId, from: RecusalId, at: DateTime<Utc>) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO recusals (id, case_id, staff_id, department_id, state, reason, created_by, created_at, carried_from)
         SELECT $1, $2, staff_id, department_id, state, reason, created_by, $4, id FROM recusals WHERE id = $3",
        id,
        lead,
        from,
        at
    )
}

/// Takes what was carried over from a merged case away from its lead: who is recused from it is again recused there alone.
pub async fn take_back(c: &mut Conn, lead: CaseId, merged: CaseId) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "DELETE FROM recusals WHERE case_id = $1 AND carried_from IN (SELECT id FROM recusals WHERE case_id = $2)",
        lead,
        merged
    )
}

/// Decides about the recusal of a merged case as was decided about the one that was carried over from it.
pub async fn decide_origin(
    c: &mut Conn,
    carried: RecusalId,
    state: RecusalState,
    by: StaffId,
    at: DateTime<Utc>,
) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "UPDATE recusals SET state = $2, decided_by = $3, decided_at = $4
         WHERE id = (SELECT carried_from FROM recusals WHERE id = $1)",
        carried,
        state,
        by,
        at
    )
}
