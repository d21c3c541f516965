//! SQL of scheduled reports.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::AssertSqlSafe;

use crate::{
    cases::visibility::Scope,
    db::Conn,
    db_all, db_execute, db_one,
    kernel::ids::{OrganizationId, StaffId},
    notify::model::Numbers,
};

/// Somebody who may get reports.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Reader {
    /// Who.
    pub staff_id: StaffId,
    /// The name shown.
    pub display_name: String,
    /// How often; empty for never.
    pub report: String,
    /// Whether they gave an address.
    pub has_email: bool,
}

/// Everybody of an organisation who may read reports.
pub async fn readers(c: &mut Conn, org: OrganizationId) -> sqlx::Result<Vec<Reader>> {
    db_all!(
        c,
        Reader,
        "SELECT p.id AS staff_id, p.display_name, COALESCE(s.report, '') AS report, s.email_sealed IS NOT NULL AS has_email
         FROM staff p LEFT JOIN notice_settings s ON s.staff_id = p.id
         WHERE p.organization_id = $1 AND p.role IN ('office', 'leader') AND p.disabled_at IS NULL
         ORDER BY p.display_name, p.id",
        org
    )
}

/// How often somebody gets reports.
pub async fn set(c: &mut Conn, staff: StaffId, report: &str) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO notice_settings (staff_id, pace, muted, report, reported) VALUES ($1, 'soon', '', $2, '')
         ON CONFLICT (staff_id) DO UPDATE SET report = excluded.report",
        staff,
        report
    )
}

/// Everybody who gets reports: who, how often, and the first day of the last one.
pub async fn wanted(c: &mut Conn) -> sqlx::Result<Vec<(StaffId, String, String)>> {
    db_all!(
        c,
        (StaffId, String, String),
        "SELECT s.staff_id, s.report, s.reported FROM notice_settings s JOIN staff p ON p.id = s.staff_id
         WHERE s.report <> '' AND s.email_sealed IS NOT NULL AND p.disabled_at IS NULL AND p.role IN ('office', 'leader')"
    )
}

/// The report of the period that begins on a day is made; 0 when it was made before.
pub async fn made(c: &mut Conn, staff: StaffId, first: &str) -> sqlx::Result<u64> {
    db_execute!(c, "UPDATE notice_settings SET reported = $2 WHERE staff_id = $1 AND reported <> $2", staff, first)
}

/// Counts the cases that a person may see, as `reports` does: received in the period, and what is with them now.
pub async fn count(
    c: &mut Conn,
    scope: &Scope,
    (from, to): (DateTime<Utc>, DateTime<Utc>),
    now: DateTime<Utc>,
    (first, last): (NaiveDate, NaiveDate),
) -> sqlx::Result<Numbers> {
    let open = "c.state IN ('received', 'assigned', 'in_progress', 'returned', 'review', 'reopened')";
    let sql = format!(
        "SELECT COUNT(*) AS received, COUNT(c.answered_at) AS answered, COUNT(CASE WHEN {open} THEN 1 END) AS open,
                COUNT(CASE WHEN {open} AND c.promised_at < $6 THEN 1 END) AS late
         FROM cases c WHERE {} AND c.received_at >= $4 AND c.received_at < $5",
        scope.condition()
    );
    let counted = db_one!(
        c,
        Numbers,
        AssertSqlSafe(sql.as_str()),
        scope.organization,
        scope.staff,
        scope.department,
        from,
        to,
        now
    )?;
    Ok(Numbers { first, last, ..counted })
}
