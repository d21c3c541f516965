//! SQL of the roster. Days are kept as words (`2026-03-10`), which sort like days.

use crate::{
    db::Conn,
    db_all, db_execute,
    hotline::model::Half,
    kernel::ids::{OrganizationId, StaffId},
};

/// A row: day, half, who.
pub type Row = (String, Half, StaffId);

/// The duties from a day to another, both included.
pub async fn between(c: &mut Conn, org: OrganizationId, from: &str, to: &str) -> sqlx::Result<Vec<Row>> {
    db_all!(
        c,
        Row,
        "SELECT day, half, staff_id FROM duties WHERE organization_id = $1 AND day >= $2 AND day <= $3 ORDER BY day, half DESC",
        org,
        from,
        to
    )
}

/// Empties a stretch of days.
pub async fn clear(c: &mut Conn, org: OrganizationId, from: &str, to: &str) -> sqlx::Result<u64> {
    db_execute!(c, "DELETE FROM duties WHERE organization_id = $1 AND day >= $2 AND day <= $3", org, from, to)
}

/// Puts somebody on the line.
pub async fn insert(c: &mut Conn, org: OrganizationId, day: &str, half: Half, staff: StaffId) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO duties (organization_id, day, half, staff_id) VALUES ($1, $2, $3, $4)",
        org,
        day,
        half,
        staff
    )
}
