//! SQL of how people want to hear of news.

use chrono::{DateTime, Utc};
use sqlx::AssertSqlSafe;

use crate::{
    db::{Conn, dialect},
    db_execute, db_optional,
    i18n::Lang,
    kernel::{
        ids::{DepartmentId, OrganizationId, StaffId},
        roles::Role,
    },
    notify::model::Pace,
};

/// A person with what they chose.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Person {
    /// Who.
    pub staff_id: StaffId,
    /// The organisation.
    pub organization_id: OrganizationId,
    /// The department.
    pub department_id: Option<DepartmentId>,
    /// The role.
    pub role: Role,
    /// The language of what they read.
    pub lang: Lang,
    /// Set when the account is closed.
    pub disabled_at: Option<DateTime<Utc>>,
    /// Their address, sealed.
    pub email_sealed: Option<Vec<u8>>,
    /// How often they want to hear; `None` before they chose.
    pub pace: Option<Pace>,
    /// What they do not want to hear of.
    pub muted: Option<String>,
    /// When they were last told.
    pub told_at: Option<DateTime<Utc>>,
}

/// A person.
pub async fn person(c: &mut Conn, staff: StaffId) -> sqlx::Result<Option<Person>> {
    db_optional!(
        c,
        Person,
        "SELECT p.id AS staff_id, p.organization_id, p.department_id, p.role, p.lang, p.disabled_at,
                s.email_sealed, s.pace, s.muted, s.told_at
         FROM staff p LEFT JOIN notice_settings s ON s.staff_id = p.id WHERE p.id = $1",
        staff
    )
}

/// Holds the settings of a person: whoever else gathers for them waits.
pub async fn hold(c: &mut Conn, staff: StaffId) -> sqlx::Result<bool> {
    let sql = format!("SELECT 1 FROM notice_settings WHERE staff_id = $1{}", dialect::for_update(c));
    Ok(db_optional!(c, (i32,), AssertSqlSafe(sql.as_str()), staff)?.is_some())
}

/// Keeps what a person chose; `None` for the address takes it away.
pub async fn save(
    c: &mut Conn,
    staff: StaffId,
    email_sealed: Option<&[u8]>,
    pace: Pace,
    muted: &str,
) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO notice_settings (staff_id, email_sealed, pace, muted, report, reported) VALUES ($1, $2, $3, $4, '', '')
         ON CONFLICT (staff_id) DO UPDATE SET email_sealed = excluded.email_sealed, pace = excluded.pace, muted = excluded.muted",
        staff,
        email_sealed,
        pace,
        muted
    )
}

/// A person was told.
pub async fn told(c: &mut Conn, staff: StaffId, at: DateTime<Utc>) -> sqlx::Result<u64> {
    db_execute!(c, "UPDATE notice_settings SET told_at = $2 WHERE staff_id = $1", staff, at)
}
