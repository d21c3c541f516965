//! SQL of orders to departments 交办.

use chrono::{DateTime, Utc};

use crate::{
    db::Conn,
    db_execute, db_optional,
    kernel::ids::{AssignmentId, CaseId, DepartmentId, StaffId},
};

/// A new order; the department is in the lead 主办.
#[derive(Clone, Debug)]
pub struct NewAssignment<'a> {
    /// The id.
    pub id: AssignmentId,
    /// The case.
    pub case_id: CaseId,
    /// The department.
    pub department_id: DepartmentId,
    /// Who gave it.
    pub assigned_by: StaffId,
    /// When.
    pub assigned_at: DateTime<Utc>,
    /// When its draft is due.
    pub due_at: DateTime<Utc>,
    /// What to look at; may be empty.
    pub instruction: &'a str,
}

/// Adds an order.
pub async fn insert(c: &mut Conn, new: &NewAssignment<'_>) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO assignments (id, case_id, department_id, kind, assigned_by, assigned_at, due_at, instruction)
         VALUES ($1, $2, $3, 'lead', $4, $5, $6, $7)",
        new.id,
        new.case_id,
        new.department_id,
        new.assigned_by,
        new.assigned_at,
        new.due_at,
        new.instruction
    )
}

/// Ends the orders of a case that run.
pub async fn end(c: &mut Conn, case: CaseId, at: DateTime<Utc>, why: &str) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "UPDATE assignments SET ended_at = $2, end_reason = $3 WHERE case_id = $1 AND ended_at IS NULL",
        case,
        at,
        why
    )
}

/// When the running order of a case was given.
pub async fn running_since(c: &mut Conn, case: CaseId) -> sqlx::Result<Option<DateTime<Utc>>> {
    let row = db_optional!(
        c,
        (DateTime<Utc>,),
        "SELECT assigned_at FROM assignments WHERE case_id = $1 AND ended_at IS NULL ORDER BY assigned_at DESC LIMIT 1",
        case
    )?;
    Ok(row.map(|r| r.0))
}

/// Gives the running orders of a case a later limit.
pub async fn extend(c: &mut Conn, case: CaseId, due_at: DateTime<Utc>) -> sqlx::Result<u64> {
    db_execute!(c, "UPDATE assignments SET due_at = $2 WHERE case_id = $1 AND ended_at IS NULL", case, due_at)
}

/// What the running order of a case says to look at.
pub async fn running_instruction(c: &mut Conn, case: CaseId) -> sqlx::Result<Option<String>> {
    let row = db_optional!(
        c,
        (String,),
        "SELECT instruction FROM assignments WHERE case_id = $1 AND ended_at IS NULL ORDER BY assigned_at DESC LIMIT 1",
        case
    )?;
    Ok(row.map(|r| r.0))
}
