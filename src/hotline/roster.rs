//! The duty roster: who is on the line, by half days, kept week by week.

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Timelike, Utc};

use crate::{
    accounts::model::Actor,
    audit::{self, Entry},
    db::Conn,
    error::{Error, Result},
    hotline::{
        model::{Duty, Half},
        store::duties,
    },
    http::App,
    kernel::{ids::OrganizationId, roles::Role},
    organizations::{self, model::Staff},
    ui::time,
};

/// How days are written.
const DAY: &str = "%Y-%m-%d";
/// Days of a week.
pub const WEEK: u64 = 7;

/// The Monday of a day's week.
pub fn monday_of(day: NaiveDate) -> NaiveDate {
    day - TimeDelta::days(i64::from(day.weekday().num_days_from_monday()))
}

/// The half of the day at a time: the afternoon begins at noon.
pub fn half_at(at: DateTime<Utc>) -> Half {
    if at.with_timezone(&time::ZONE).hour() < 12 { Half::Morning } else { Half::Afternoon }
}

/// Reads a day as forms and addresses write it.
pub fn parse_day(text: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(text, DAY).ok()
}

/// Who can be on duty: everybody who takes calls.
///
/// # Errors
/// The database's.
pub async fn people(c: &mut Conn, org: OrganizationId) -> Result<Vec<Staff>> {
    let staff = organizations::actions::staff(c, org).await?;
    Ok(staff.into_iter().filter(|s| matches!(s.role, Role::HotlineOperator | Role::Office)).collect())
}

/// The duties of a day, or of the week that begins with it.
///
/// # Errors
/// The database's.
pub async fn duties(c: &mut Conn, org: OrganizationId, from: NaiveDate, days: u64) -> Result<Vec<Duty>> {
    let to = from + chrono::Days::new(days.saturating_sub(1));
    let rows = duties::between(c, org, &from.format(DAY).to_string(), &to.format(DAY).to_string()).await?;
    let read =
        rows.into_iter().filter_map(|(day, half, staff_id)| Some(Duty { day: parse_day(&day)?, half, staff_id }));
    Ok(read.collect())
}

/// Keeps a week: what stood there is replaced.
///
/// # Errors
/// `Bad` when somebody is named who takes no calls.
pub async fn keep(app: &App, actor: &Actor, monday: NaiveDate, week: &[Duty]) -> Result<()> {
    let org = actor.organization_id;
    let mut tx = app.db.write().await?;
    let people = people(&mut tx, org).await?;
    if week.iter().any(|duty| people.iter().all(|p| p.id != duty.staff_id)) {
        return Err(Error::Bad("hotline.error.duty"));
    }
    let sunday = monday + chrono::Days::new(WEEK - 1);
    duties::clear(&mut tx, org, &monday.format(DAY).to_string(), &sunday.format(DAY).to_string()).await?;
    for duty in week {
        duties::insert(&mut tx, org, &duty.day.format(DAY).to_string(), duty.half, duty.staff_id).await?;
    }
    let entry = Entry::new("roster.kept", "organization").actor(actor).entity(org.0).detail(monday);
    audit::record(app, &mut tx, org, entry).await?;
    tx.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_begins_on_monday_and_the_afternoon_at_noon_in_the_schools_zone() {
        let day = |text: &str| parse_day(text).unwrap();
        assert_eq!(monday_of(day("2026-03-15")), day("2026-03-09"));
        assert_eq!(monday_of(day("2026-03-09")), day("2026-03-09"));
        assert_eq!(half_at("2026-03-10T03:59:59Z".parse().unwrap()), Half::Morning);
        assert_eq!(half_at("2026-03-10T04:00:00Z".parse().unwrap()), Half::Afternoon);
    }
}
