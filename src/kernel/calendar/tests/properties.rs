use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use proptest::prelude::*;

use super::super::{DateRange, DayKind, OfficeHours, WorkCalendar};
use super::{at, day};

/// Moments of 2018 to 2028: years with and without a notice.
fn moments() -> impl Strategy<Value = DateTime<Utc>> {
    let (first, last) = (at("2018-01-01 00:00"), at("2028-12-31 00:00"));
    (0..(last - first).num_seconds()).prop_map(move |seconds| first + TimeDelta::seconds(seconds))
}

fn calendars() -> impl Strategy<Value = WorkCalendar> {
    let zones = prop::sample::select(vec![
        Tz::Asia__Shanghai,
        Tz::Asia__Urumqi,
        Tz::America__New_York,
        Tz::Australia__Lord_Howe,
        Tz::Asia__Kathmandu,
        Tz::UTC,
    ]);
    let dates = || (0..4000_i64).prop_map(|days| day("2018-01-01") + TimeDelta::days(days));
    let vacation =
        (dates(), 0..60_i64).prop_map(|(first, days)| DateRange::new(first, first + TimeDelta::days(days)).unwrap());
    let kind = prop::sample::select(vec![DayKind::Working, DayKind::Holiday("古尔邦节".into()), DayKind::Vacation]);
    let lunch = prop::option::of(Just(("12:00".parse().unwrap(), "14:00".parse().unwrap())));
    let hours =
        lunch.prop_map(|lunch| OfficeHours::new("08:30".parse().unwrap(), lunch, "17:30".parse().unwrap()).unwrap());
    (zones, hours, prop::collection::vec(vacation, 0..6), prop::collection::vec((dates(), kind), 0..20)).prop_map(
        |(zone, hours, vacations, overrides)| WorkCalendar {
            zone,
            hours,
            vacations,
            overrides,
            ..WorkCalendar::default()
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_later_start_never_ends_earlier(calendar in calendars(), a in moments(), seconds in 0..2_000_000_i64, days in 0..40_u16) {
        let b = a + TimeDelta::seconds(seconds);
        prop_assert!(calendar.add_working_days(a, days) <= calendar.add_working_days(b, days));
        prop_assert!(calendar.add_calendar_days(a, days) <= calendar.add_calendar_days(b, days));
        prop_assert!(calendar.add_working_hours(a, u32::from(days) * 30) <= calendar.add_working_hours(b, u32::from(days) * 30));
        prop_assert!(calendar.next_working_moment(a) <= calendar.next_working_moment(b));
    }

    #[test]
    fn more_days_end_later(calendar in calendars(), from in moments(), days in 0..40_u16) {
        prop_assert!(calendar.add_working_days(from, days) < calendar.add_working_days(from, days + 1));
        prop_assert!(calendar.add_working_days(from, days) >= from);
        prop_assert!(calendar.add_calendar_days(from, days) <= calendar.add_calendar_days(from, days + 1));
    }

    #[test]
    fn adding_then_counting_gives_the_same_number(calendar in calendars(), from in moments(), days in 0..40_u16) {
        let due = calendar.add_working_days(from, days);
        prop_assert_eq!(calendar.working_days_between(from, due), u32::from(days));
    }

    #[test]
    fn adding_in_two_steps_is_adding_at_once(calendar in calendars(), from in moments(), a in 0..20_u16, b in 0..20_u16) {
        let two_steps = calendar.add_working_days(calendar.add_working_days(from, a), b);
        prop_assert_eq!(two_steps, calendar.add_working_days(from, a + b));
    }

    #[test]
    fn minutes_in_two_steps_are_minutes_at_once(calendar in calendars(), from in moments(), a in 0..2000_u32, b in 1..2000_u32) {
        let two_steps = calendar.add_working_hours(calendar.add_working_hours(from, a), b);
        prop_assert_eq!(two_steps, calendar.add_working_hours(from, a + b));
        prop_assert_eq!(calendar.working_minutes_between(from, two_steps), a + b);
    }

    #[test]
    fn a_limit_never_ends_on_a_day_that_is_not_worked(calendar in calendars(), from in moments(), n in 0..40_u16) {
        for end in [
            calendar.add_working_days(from, n),
            calendar.add_working_hours(from, u32::from(n) * 45),
            calendar.next_working_moment(from),
        ] {
            prop_assert!(calendar.is_working_day(calendar.local_date(end)));
            let time = end.with_timezone(&calendar.zone).time();
            prop_assert!(calendar.hours.sessions().any(|(opens, closes)| opens <= time && time <= closes), "{}", time);
        }
        let ceiling = calendar.day_kind(calendar.local_date(calendar.add_calendar_days(from, n)));
        prop_assert!(ceiling.is_working() || ceiling == DayKind::Vacation);
    }

    #[test]
    fn half_time_lies_between(calendar in calendars(), from in moments(), days in 0..40_u16) {
        let due = calendar.add_working_days(from, days);
        let half = calendar.half_time(from, due);
        prop_assert!(from <= half && half <= due);
    }

    #[test]
    fn a_calendar_survives_storage(calendar in calendars()) {
        let json = serde_json::to_string(&calendar).unwrap();
        prop_assert_eq!(serde_json::from_str::<WorkCalendar>(&json).unwrap(), calendar);
    }
}

#[test]
fn the_ends_of_time_do_no_harm() {
    let calendar = WorkCalendar { zone: Tz::America__New_York, ..WorkCalendar::default() };
    for moment in [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC] {
        calendar.add_working_days(moment, u16::MAX);
        calendar.add_calendar_days(moment, u16::MAX);
        calendar.add_working_hours(moment, 1_000_000);
        calendar.next_working_moment(moment);
        calendar.working_days_between(moment, moment);
        calendar.half_time(moment, moment);
    }
}
