//! Tests of the calendar: days against the notices, limits by example, limits by property.

mod days;
mod golden;
mod limits;
mod notices;
mod properties;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use chrono_tz::Tz;

use super::WorkCalendar;

/// "2025-10-01"
fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// "2025-10-01 08:30" in a zone
fn at_in(zone: Tz, text: &str) -> DateTime<Utc> {
    let local = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap();
    local.and_local_timezone(zone).latest().unwrap().to_utc()
}

/// "2025-10-01 08:30" in Shanghai
fn at(text: &str) -> DateTime<Utc> {
    at_in(Tz::Asia__Shanghai, text)
}

fn local(calendar: &WorkCalendar, moment: DateTime<Utc>) -> String {
    moment.with_timezone(&calendar.zone).format("%Y-%m-%d %H:%M").to_string()
}
