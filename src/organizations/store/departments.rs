//! SQL of departments.

use crate::{
    cases::model::State,
    db::Conn,
    db_all, db_execute, db_one, db_optional,
    kernel::ids::{DepartmentId, OrganizationId, StaffId},
    organizations::model::Department,
};

/// Departments of an organisation, in their order, those out of use too.
pub async fn departments(c: &mut Conn, org: OrganizationId) -> sqlx::Result<Vec<Department>> {
    db_all!(
        c,
        Department,
        "SELECT id, name, leader_id, position, disabled_at FROM departments WHERE organization_id = $1 ORDER BY position, name",
        org
    )
}

/// Adds a department.
pub async fn insert_department(c: &mut Conn, org: OrganizationId, d: &Department) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO departments (id, organization_id, name, leader_id, position) VALUES ($1, $2, $3, $4, $5)",
        d.id,
        org,
        &d.name,
        d.leader_id,
        d.position
    )
}

/// Changes a department.
pub async fn update_department(c: &mut Conn, org: OrganizationId, d: &Department) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "UPDATE departments SET name = $3, leader_id = $4, position = $5, disabled_at = $6 WHERE id = $1 AND organization_id = $2",
        d.id,
        org,
        &d.name,
        d.leader_id,
        d.position,
        d.disabled_at
    )
}

/// The department of an id, also one out of use.
pub async fn department(c: &mut Conn, org: OrganizationId, id: DepartmentId) -> sqlx::Result<Option<Department>> {
    db_optional!(
        c,
        Department,
        "SELECT id, name, leader_id, position, disabled_at FROM departments WHERE organization_id = $1 AND id = $2",
        org,
        id
    )
}

/// Takes a person off as the leader in charge, everywhere.
pub async fn clear_leader(c: &mut Conn, org: OrganizationId, leader: StaffId) -> sqlx::Result<u64> {
    db_execute!(c, "UPDATE departments SET leader_id = NULL WHERE organization_id = $1 AND leader_id = $2", org, leader)
}

/// How many open cases a department has. It counts in the table of another slice, and reads nothing but the number: a
/// department that still has work must not close, and the slice of cases needs departments first.
pub async fn open_cases(c: &mut Conn, org: OrganizationId, department: DepartmentId) -> sqlx::Result<i64> {
    // What is merged may come back to it.
    let open: Vec<String> =
        State::ALL.iter().filter(|s| s.is_open() || **s == State::Merged).map(|s| format!("'{s}'")).collect();
    let sql = format!(
        "SELECT COUNT(*) FROM cases WHERE organization_id = $1 AND department_id = $2 AND state IN ({})",
        open.join(", ")
    );
    db_one!(c, (i64,), sqlx::AssertSqlSafe(sql), org, department).map(|row| row.0)
}
