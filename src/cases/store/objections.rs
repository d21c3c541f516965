//! SQL of objections 退单.

use chrono::{DateTime, Utc};

use crate::{
    cases::model::Decision,
    db::Conn,
    db_all, db_execute,
    kernel::ids::{CaseId, DepartmentId, ObjectionId, StaffId},
};

/// An objection.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Objection {
    /// The department that objects.
    pub department_id: DepartmentId,
    /// When.
    pub raised_at: DateTime<Utc>,
    /// Why.
    pub reason: String,
    /// What the office decided.
    pub ruling: Decision,
}

/// A new objection.
#[derive(Clone, Copy, Debug)]
pub struct NewObjection<'a> {
    /// The id.
    pub id: ObjectionId,
    /// The case.
    pub case_id: CaseId,
    /// The department that objects.
    pub department_id: DepartmentId,
    /// Who raised it.
    pub raised_by: StaffId,
    /// When.
    pub at: DateTime<Utc>,
    /// Why.
    pub reason: &'a str,
}

/// Adds an objection.
pub async fn insert(c: &mut Conn, new: &NewObjection<'_>) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO objections (id, case_id, department_id, raised_by, raised_at, reason, ruling, words)
         VALUES ($1, $2, $3, $4, $5, $6, 'pending', '')",
        new.id,
        new.case_id,
        new.department_id,
        new.raised_by,
        new.at,
        new.reason
    )
}

/// The objections of a case, oldest first.
pub async fn of_case(c: &mut Conn, case: CaseId) -> sqlx::Result<Vec<Objection>> {
    db_all!(
        c,
        Objection,
        "SELECT department_id, raised_at, reason, ruling FROM objections WHERE case_id = $1 ORDER BY raised_at, id",
        case
    )
}

/// Rules on the objection of a case that waits; 0 when none does.
pub async fn rule(
    c: &mut Conn,
    case: CaseId,
    ruling: Decision,
    by: StaffId,
    at: DateTime<Utc>,
    words: &str,
) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "UPDATE objections SET ruling = $2, ruled_by = $3, ruled_at = $4, words = $5
         WHERE case_id = $1 AND ruling = 'pending'",
        case,
        ruling,
        by,
        at,
        words
    )
}
