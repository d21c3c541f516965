//! SQL of the versions of calendars.

use chrono::{DateTime, Utc};

use crate::{
    db::Conn,
    db_all, db_execute, db_one,
    kernel::{
        calendar::WorkCalendar,
        ids::{OrganizationId, StaffId},
    },
};

/// A version, as the list of them shows it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct CalendarVersion {
    /// Its number, from 1.
    pub number: i64,
    /// What was changed: a code word.
    pub what: String,
    /// Who changed it; `None` for what was there before the first change.
    pub changed_by: Option<String>,
    /// When.
    pub changed_at: DateTime<Utc>,
}

/// A version to be added.
pub struct NewVersion<'a> {
    /// The organisation.
    pub organization_id: OrganizationId,
    /// Its number.
    pub number: i64,
    /// The calendar.
    pub calendar: &'a WorkCalendar,
    /// What was changed.
    pub what: &'static str,
    /// Who changed it.
    pub changed_by: Option<StaffId>,
    /// When.
    pub changed_at: DateTime<Utc>,
}

/// The number of the newest version; 0 before the first change.
pub async fn newest_calendar(c: &mut Conn, org: OrganizationId) -> sqlx::Result<i64> {
    db_one!(c, (i64,), "SELECT COALESCE(MAX(number), 0) FROM calendar_versions WHERE organization_id = $1", org)
        .map(|row| row.0)
}

/// Adds a version.
pub async fn insert_calendar(c: &mut Conn, new: &NewVersion<'_>) -> sqlx::Result<u64> {
    let calendar = serde_json::to_string(new.calendar).unwrap_or_default();
    db_execute!(
        c,
        "INSERT INTO calendar_versions (organization_id, number, calendar, what, changed_by, changed_at)
         VALUES ($1, $2, $3, $4, $5, $6)",
        new.organization_id,
        new.number,
        &calendar,
        new.what,
        new.changed_by,
        new.changed_at
    )
}

/// The newest versions of an organisation.
pub async fn calendar_versions(c: &mut Conn, org: OrganizationId, most: i64) -> sqlx::Result<Vec<CalendarVersion>> {
    db_all!(
        c,
        CalendarVersion,
        "SELECT v.number, v.what, s.display_name AS changed_by, v.changed_at
         FROM calendar_versions v LEFT JOIN staff s ON s.id = v.changed_by
         WHERE v.organization_id = $1 ORDER BY v.number DESC LIMIT $2",
        org,
        most
    )
}
