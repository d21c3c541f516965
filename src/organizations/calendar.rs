//! The working calendar of an organisation: each change makes a new version, and is written into the audit log.

use crate::{
    accounts::model::Actor,
    audit::{self, Entry},
    cases,
    db::Conn,
    error::{Error, Result},
    http::App,
    kernel::{calendar::WorkCalendar, ids::OrganizationId},
    organizations::store::{self, CalendarVersion, NewVersion},
};

/// Versions that the page shows.
const SHOWN: i64 = 20;

crate::code_enum! {
    /// What was changed.
    pub enum CalendarChange {
        /// How it was before the first change.
        Start = "start",
        /// Hours, vacations, single days.
        Days = "days",
        /// One day or a run of days.
        Day = "day",
        /// A year's notice was imported.
        Year = "year",
        /// An imported year was taken away.
        YearRemoved = "year_removed",
    }
}

/// The number of the calendar's version and the newest versions.
///
/// # Errors
/// The database's.
pub async fn versions(c: &mut Conn, org: OrganizationId) -> Result<(i64, Vec<CalendarVersion>)> {
    Ok((store::newest_calendar(c, org).await?, store::calendar_versions(c, org, SHOWN).await?))
}

/// Changes the calendar of the actor's organisation, as somebody decided who saw version `seen`.
///
/// # Errors
/// `Conflict` when it is another version by now.
pub async fn change(app: &App, actor: &Actor, seen: i64, what: CalendarChange, after: WorkCalendar) -> Result<()> {
    let org = actor.organization_id;
    let mut tx = app.db.write().await?;
    store::lock_organization(&mut tx, org).await?;
    let newest = store::newest_calendar(&mut tx, org).await?;
    if newest != seen {
        return Err(Error::Conflict);
    }
    let mut organization = store::organization(&mut tx, org).await?.ok_or(Error::NotFound)?;
    if organization.calendar == after {
        return Ok(());
    }
    let at = app.now();
    let version = |number, calendar, what: CalendarChange, changed_by| NewVersion {
        organization_id: org,
        number,
        calendar,
        what: what.code(),
        changed_by,
        changed_at: at,
    };
    if newest == 0 {
        let start = version(1, &organization.calendar, CalendarChange::Start, None);
        store::insert_calendar(&mut tx, &start).await?;
    }
    let number = newest.max(1) + 1;
    store::insert_calendar(&mut tx, &version(number, &after, what, Some(actor.staff_id))).await?;
    organization.calendar = after;
    store::update_organization(&mut tx, &organization).await?;
    let entry = Entry::new("organization.calendar_changed", "organization").actor(actor).entity(org.0);
    audit::record(app, &mut tx, org, entry.detail(format!("{what} version {number}"))).await?;
    cases::clocks::recount(app, &mut tx, org, &organization.calendar, actor.staff_id).await?;
    Ok(tx.commit().await?)
}
