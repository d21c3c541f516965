//! When something is due, in the words of somebody who looks at it now: by the days of the zone, without a calendar.

use chrono::{DateTime, Datelike, NaiveTime, TimeDelta, TimeZone, Utc};

use crate::{
    http::Cx,
    ui::time::{self, ZONE},
};

/// How far away a due time is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// So many days ago.
    LateDays(i64),
    /// Earlier today: so many hours ago, at least one.
    LateHours(i64),
    /// Later today.
    Today,
    /// Tomorrow.
    Tomorrow,
    /// On this day of the week, counted from Monday: within six days.
    Weekday(u32),
    /// Later than that.
    Later,
}

impl Due {
    /// How far `due` is from `now`.
    pub fn of(due: DateTime<Utc>, now: DateTime<Utc>) -> Self {
        let (there, here) = (due.with_timezone(&ZONE).date_naive(), now.with_timezone(&ZONE).date_naive());
        match (there - here).num_days() {
            days if days < 0 => Self::LateDays(-days),
            0 if due < now => Self::LateHours((now - due).num_hours().max(1)),
            0 => Self::Today,
            1 => Self::Tomorrow,
            2..=6 => Self::Weekday(there.weekday().num_days_from_monday()),
            _ => Self::Later,
        }
    }

    /// The class of its pill.
    pub const fn pill(self) -> &'static str {
        match self {
            Self::LateDays(_) | Self::LateHours(_) => "pill late",
            Self::Today | Self::Tomorrow => "pill warn",
            Self::Weekday(_) | Self::Later => "pill",
        }
    }

    /// 明天 17:30, 超期 1 天, 周五.
    pub fn words(due: DateTime<Utc>, cx: &Cx) -> String {
        let clock = due.with_timezone(&ZONE).format("%H:%M").to_string();
        match Self::of(due, cx.now) {
            Self::LateDays(1) => cx.t("desk_list.due.late_one_day").into_owned(),
            Self::LateDays(days) => cx.tf("desk_list.due.late_days", &[("days", &days.to_string())]),
            Self::LateHours(1) => cx.t("desk_list.due.late_one_hour").into_owned(),
            Self::LateHours(hours) => cx.tf("desk_list.due.late_hours", &[("hours", &hours.to_string())]),
            Self::Today => cx.tf("desk_list.due.today", &[("clock", &clock)]),
            Self::Tomorrow => cx.tf("desk_list.due.tomorrow", &[("clock", &clock)]),
            Self::Weekday(day) => cx.word("desk_list.weekday", &(day + 1).to_string()).into_owned(),
            Self::Later => time::day(cx, due),
        }
    }
}

/// The end of tomorrow: what is due before is "due soon".
pub fn soon_until(now: DateTime<Utc>) -> DateTime<Utc> {
    let midnight = (now.with_timezone(&ZONE).date_naive() + TimeDelta::days(2)).and_time(NaiveTime::MIN);
    ZONE.from_local_datetime(&midnight).earliest().map_or(now + TimeDelta::days(2), |at| at.to_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        format!("{text}:00+08:00").parse().unwrap()
    }

    #[test]
    fn days_are_those_of_the_zone_not_of_the_database() {
        let now = at("2025-11-26T07:30"); // 25 November in UTC
        assert_eq!(Due::of(at("2025-11-26T17:30"), now), Due::Today);
        assert_eq!(Due::of(at("2025-11-27T00:00"), now), Due::Tomorrow);
        assert_eq!(Due::of(at("2025-11-25T23:59"), now), Due::LateDays(1));
        assert_eq!(Due::of(at("2025-11-20T17:30"), now), Due::LateDays(6));
    }

    #[test]
    fn late_on_the_same_day_counts_hours_from_one() {
        let now = at("2025-11-26T17:40");
        assert_eq!(Due::of(at("2025-11-26T17:30"), now), Due::LateHours(1));
        assert_eq!(Due::of(at("2025-11-26T09:00"), now), Due::LateHours(8));
        assert_eq!(Due::of(now, now), Due::Today);
    }

    #[test]
    fn within_a_week_the_day_is_named() {
        let now = at("2025-11-26T10:00"); // a Wednesday
        assert_eq!(Due::of(at("2025-11-28T17:30"), now), Due::Weekday(4));
        assert_eq!(Due::of(at("2025-12-02T17:30"), now), Due::Weekday(1));
        assert_eq!(Due::of(at("2025-12-03T17:30"), now), Due::Later);
    }

    #[test]
    fn soon_ends_with_tomorrow() {
        assert_eq!(soon_until(at("2025-11-26T07:30")), at("2025-11-28T00:00"));
        assert_eq!(soon_until(at("2025-11-26T23:59")), at("2025-11-28T00:00"));
    }
}
