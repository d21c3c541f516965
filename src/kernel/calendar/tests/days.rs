use chrono_tz::Tz;

use super::super::{CalendarError, DateRange, DayKind, OfficeHours, WorkCalendar};
use super::day;

fn winter_vacation() -> WorkCalendar {
    WorkCalendar {
        vacations: vec![DateRange::new(day("2026-01-24"), day("2026-03-01")).unwrap()],
        ..WorkCalendar::default()
    }
}

#[test]
fn a_day_is_named_by_the_first_rule_that_applies() {
    let mut calendar = winter_vacation();
    assert_eq!(calendar.day_kind(day("2026-01-23")), DayKind::Working);
    assert_eq!(calendar.day_kind(day("2026-01-24")), DayKind::Weekend, "a Saturday of the vacation");
    assert_eq!(calendar.day_kind(day("2026-01-26")), DayKind::Vacation);
    assert_eq!(calendar.day_kind(day("2026-02-14")), DayKind::Vacation, "a moved Saturday inside the vacation");
    assert_eq!(calendar.day_kind(day("2026-02-17")), DayKind::Holiday("春节".into()));
    assert_eq!(calendar.day_kind(day("2026-05-09")), DayKind::AdjustedWorking);

    calendar.overrides.push((day("2026-02-17"), DayKind::AdjustedWorking));
    calendar.overrides.push((day("2026-03-20"), DayKind::Holiday("肉孜节".into())));
    assert!(calendar.is_working_day(day("2026-02-17")));
    assert_eq!(calendar.day_kind(day("2026-03-20")), DayKind::Holiday("肉孜节".into()));
}

#[test]
fn the_later_override_of_a_day_counts() {
    let mut calendar = WorkCalendar::default();
    calendar.overrides.push((day("2026-06-01"), DayKind::Vacation));
    assert!(!calendar.is_working_day(day("2026-06-01")));
    calendar.overrides.push((day("2026-06-01"), DayKind::Working));
    assert!(calendar.is_working_day(day("2026-06-01")));
}

#[test]
fn a_year_without_a_notice_knows_weekends_only() {
    let calendar = WorkCalendar::default();
    assert_eq!(calendar.day_kind(day("2099-10-01")), DayKind::Working, "a Thursday");
    assert_eq!(calendar.day_kind(day("2099-10-03")), DayKind::Weekend);
}

#[test]
fn the_working_days_around_a_day() {
    let calendar = winter_vacation();
    assert_eq!(calendar.next_working_day(day("2026-01-23")), day("2026-03-02"));
    assert_eq!(calendar.previous_working_day(day("2026-03-02")), day("2026-01-23"));
    assert_eq!(calendar.next_working_day(day("2025-09-30")), day("2025-10-09"));
}

#[test]
fn a_calendar_without_any_working_day_still_moves_on() {
    let year = |year: i32| DateRange::new(day(&format!("{year}-01-01")), day(&format!("{year}-12-31"))).unwrap();
    let calendar = WorkCalendar { vacations: (2026..2036).map(year).collect(), ..WorkCalendar::default() };
    assert_eq!(calendar.next_working_day(day("2026-06-01")), day("2026-06-02"));
    let from = super::at("2026-06-01 09:00");
    assert!(calendar.add_working_days(from, 5) > from);
    assert!(calendar.add_working_hours(from, 600) > from);
}

#[test]
fn a_calendar_is_stored_as_json_and_every_field_may_be_missing() {
    let mut calendar = winter_vacation();
    calendar.zone = Tz::Asia__Urumqi;
    calendar.overrides =
        vec![(day("2026-03-20"), DayKind::Holiday("肉孜节".into())), (day("2026-03-21"), DayKind::Working)];
    let json = serde_json::to_string(&calendar).unwrap();
    assert_eq!(
        json,
        r#"{"zone":"Asia/Urumqi","hours":{"opens":"08:30:00","lunch":["12:00:00","14:00:00"],"closes":"17:30:00"},"#
            .to_owned()
            + r#""vacations":[{"first":"2026-01-24","last":"2026-03-01"}],"#
            + r#""overrides":[["2026-03-20",{"holiday":"肉孜节"}],["2026-03-21","working"]]}"#
    );
    assert_eq!(serde_json::from_str::<WorkCalendar>(&json).unwrap(), calendar);
    assert_eq!(serde_json::from_str::<WorkCalendar>("{}").unwrap(), WorkCalendar::default());
    let short = r#"{"hours":{"opens":"10:00","closes":"19:30"}}"#;
    assert_eq!(serde_json::from_str::<WorkCalendar>(short).unwrap().hours.lunch(), None);
}

#[test]
fn senseless_calendars_are_refused_also_from_json() {
    let time = |text: &str| text.parse().unwrap();
    let noon = Some((time("12:00"), time("14:00")));
    assert!(OfficeHours::new(time("08:00"), noon, time("17:00")).is_ok());
    for (opens, lunch, closes) in [
        ("17:00", None, "08:00"),
        ("13:00", noon, "17:00"),
        ("08:00", noon, "13:30"),
        ("08:00", Some((time("14:00"), time("12:00"))), "17:00"),
        ("08:00", None, "08:30"),
    ] {
        let refused = OfficeHours::new(time(opens), lunch, time(closes));
        assert_eq!(refused, Err(CalendarError::Hours), "{opens} {lunch:?} {closes}");
    }
    assert_eq!(DateRange::new(day("2026-02-02"), day("2026-02-01")), Err(CalendarError::Range));
    assert_eq!(DateRange::new(day("2026-01-01"), day("2027-01-02")), Err(CalendarError::Range));
    for json in [
        r#"{"zone":"Mars/Olympus"}"#,
        r#"{"hours":{"opens":"17:00","closes":"08:00"}}"#,
        r#"{"vacations":[{"first":"2026-02-02","last":"2026-02-01"}]}"#,
    ] {
        assert!(serde_json::from_str::<WorkCalendar>(json).is_err(), "{json}");
    }
}

#[test]
fn days_of_the_week_may_have_hours_of_their_own() {
    let time = |text: &str| text.parse().unwrap();
    let mut calendar = WorkCalendar::default();
    calendar.weekday_hours.insert(5, OfficeHours::new(time("08:00"), None, time("12:00")).unwrap());
    let due = |from: &str, days| super::local(&calendar, calendar.add_working_days(super::at(from), days));
    assert_eq!(due("2026-03-12 10:00", 1), "2026-03-13 12:00", "Friday ends at noon");
    assert_eq!(due("2026-03-13 12:30", 1), "2026-03-17 17:30", "Friday afternoon counts as Monday");
    assert_eq!(calendar.working_minutes_between(super::at("2026-03-13 00:00"), super::at("2026-03-14 00:00")), 240);
    let json = serde_json::to_string(&calendar).unwrap();
    assert_eq!(serde_json::from_str::<WorkCalendar>(&json).unwrap(), calendar);
}

#[test]
fn the_ends_of_working_days_between_two_moments() {
    let calendar = WorkCalendar::default();
    let count = |from: &str, to: &str| calendar.closings_between(super::at(from), super::at(to));
    assert_eq!(count("2026-03-10 10:00", "2026-03-10 17:30"), 0);
    assert_eq!(count("2026-03-10 10:00", "2026-03-10 17:31"), 1);
    assert_eq!(count("2026-03-10 17:30", "2026-03-11 09:00"), 1, "the first end counts");
    assert_eq!(count("2026-03-13 18:00", "2026-03-16 09:00"), 0, "a weekend has none");
    assert_eq!(count("2026-03-16 09:00", "2026-03-13 18:00"), 0);
}
