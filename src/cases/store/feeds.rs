//! SQL of the calendar of limits, and of the addresses under which people subscribe to it.

use chrono::{DateTime, Utc};
use sqlx::AssertSqlSafe;

use crate::{
    cases::visibility::Scope,
    db::Conn,
    db_all, db_execute, db_optional,
    kernel::{
        ids::{DepartmentId, OrganizationId, StaffId},
        roles::Role,
    },
};

/// An open case and its limit.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Limit {
    /// The number of the case.
    pub number: String,
    /// Its limit.
    pub due_at: DateTime<Utc>,
}

/// Still to be done.
const OPEN: &str = "c.state IN ('received', 'assigned', 'in_progress', 'returned', 'review', 'reopened')";

/// Open cases that a person may see and that are due in a stretch of time, by their limits: for a department those of what
/// it leads, and its own where it assists.
pub async fn limits(
    c: &mut Conn,
    scope: &Scope,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
    most: i64,
) -> sqlx::Result<Vec<Limit>> {
    let visible = scope.condition();
    let (own, assisted) = match scope.role.has_department() {
        false => ("", String::new()),
        true => (
            " AND (c.department_id IS NULL OR c.department_id = $3)",
            format!(
                "UNION ALL SELECT c.number, a.due_at FROM cases c JOIN assignments a ON a.case_id = c.id
                 WHERE {visible} AND {OPEN} AND a.department_id = $3 AND a.kind = 'assist' AND a.ended_at IS NULL
                    AND a.done_at IS NULL AND a.due_at >= $4 AND a.due_at < $5"
            ),
        ),
    };
    let sql = format!(
        "SELECT c.number, c.due_at FROM cases c
         WHERE {visible} AND {OPEN}{own} AND c.due_at >= $4 AND c.due_at < $5 {assisted}
         ORDER BY 2, 1 LIMIT $6"
    );
    db_all!(c, Limit, AssertSqlSafe(sql.as_str()), scope.organization, scope.staff, scope.department, from, to, most)
}

/// Gives a person an address, in place of the earlier one.
pub async fn renew(c: &mut Conn, staff: StaffId, secret_hash: &[u8], at: DateTime<Utc>) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO calendar_feeds (staff_id, secret_hash, made_at) VALUES ($1, $2, $3)
         ON CONFLICT (staff_id) DO UPDATE SET secret_hash = excluded.secret_hash, made_at = excluded.made_at",
        staff,
        secret_hash,
        at
    )
}

/// When a person's address was made.
pub async fn made_at(c: &mut Conn, staff: StaffId) -> sqlx::Result<Option<DateTime<Utc>>> {
    let row = db_optional!(c, (DateTime<Utc>,), "SELECT made_at FROM calendar_feeds WHERE staff_id = $1", staff)?;
    Ok(row.map(|row| row.0))
}

#[derive(sqlx::FromRow)]
struct Person {
    id: StaffId,
    organization_id: OrganizationId,
    department_id: Option<DepartmentId>,
    role: Role,
}

/// What the person of a secret may see; `None` when nobody has it, or their account is closed.
pub async fn scope_of(c: &mut Conn, secret_hash: &[u8]) -> sqlx::Result<Option<Scope>> {
    let person = db_optional!(
        c,
        Person,
        "SELECT s.id, s.organization_id, s.department_id, s.role FROM calendar_feeds f JOIN staff s ON s.id = f.staff_id
         WHERE f.secret_hash = $1 AND s.disabled_at IS NULL",
        secret_hash
    )?;
    Ok(person.map(|p| Scope {
        organization: p.organization_id,
        staff: p.id,
        department: p.department_id,
        role: p.role,
    }))
}
