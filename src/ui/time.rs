//! Times as people read them: in the organisation's zone, short.

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;

use crate::{http::Cx, i18n::Lang};

/// The zone in which pages show times.
pub const ZONE: Tz = Tz::Asia__Shanghai;

/// A day: `12月1日` or `1 Dec`; with the year when it is not this one.
pub fn day(cx: &Cx, at: DateTime<Utc>) -> String {
    let local = at.with_timezone(&ZONE);
    let this_year = cx.now.with_timezone(&ZONE).year() == local.year();
    let pattern = match (cx.lang, this_year) {
        (Lang::ZhCn, true) => "%-m月%-d日",
        (Lang::ZhCn, false) => "%Y年%-m月%-d日",
        (Lang::En, true) => "%-d %b",
        (Lang::En, false) => "%-d %b %Y",
    };
    local.format(pattern).to_string()
}

/// A day with its year, as papers have it: `2026年12月1日`.
pub fn full_day(cx: &Cx, at: DateTime<Utc>) -> String {
    let pattern = if cx.lang == Lang::ZhCn { "%Y年%-m月%-d日" } else { "%-d %B %Y" };
    at.with_timezone(&ZONE).format(pattern).to_string()
}

/// A day and a time: `12月1日 17:30`.
pub fn moment(cx: &Cx, at: DateTime<Utc>) -> String {
    format!("{} {}", day(cx, at), at.with_timezone(&ZONE).format("%H:%M"))
}

/// What stands in `<time datetime>`.
pub fn machine(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
}

/// The day of a time.
pub fn date(at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&ZONE).date_naive()
}

/// The beginning of a day.
pub fn start_of(day: NaiveDate) -> DateTime<Utc> {
    let midnight = day.and_time(NaiveTime::MIN);
    ZONE.from_local_datetime(&midnight).earliest().map_or_else(|| midnight.and_utc(), |at| at.to_utc())
}
