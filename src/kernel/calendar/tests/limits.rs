use chrono::TimeDelta;
use chrono_tz::Tz;

use super::super::{DateRange, DayKind, OfficeHours, WorkCalendar};
use super::{at, at_in, day, local};

fn check_days(calendar: &WorkCalendar, cases: &[(&str, u16, &str)]) {
    for (from, days, due) in cases {
        let got = calendar.add_working_days(at_in(calendar.zone, from), *days);
        assert_eq!(local(calendar, got), *due, "{from} + {days}");
    }
}

#[test]
fn the_first_day_is_not_counted_and_the_last_ends_at_closing_time() {
    let calendar = WorkCalendar::default();
    check_days(
        &calendar,
        &[
            ("2025-11-03 09:00", 0, "2025-11-03 17:30"),
            ("2025-11-03 09:00", 1, "2025-11-04 17:30"),
            ("2025-11-03 09:00", 5, "2025-11-10 17:30"),
            ("2025-11-03 06:00", 1, "2025-11-04 17:30"), // before opening
            ("2025-11-03 13:00", 1, "2025-11-04 17:30"), // in the lunch break
            ("2025-11-03 17:30", 1, "2025-11-04 17:30"), // at the moment of closing
            ("2025-11-03 17:31", 1, "2025-11-05 17:30"), // after closing: as if it came on Tuesday
            ("2025-11-03 17:31", 0, "2025-11-04 17:30"),
            ("2025-11-07 18:00", 1, "2025-11-11 17:30"), // Friday evening counts as Monday
            ("2025-11-08 10:00", 1, "2025-11-11 17:30"), // so does Saturday
            ("2025-11-09 23:59", 1, "2025-11-11 17:30"),
        ],
    );
}

#[test]
fn limits_across_national_day() {
    check_days(
        &WorkCalendar::default(),
        &[
            ("2018-09-28 10:00", 3, "2018-10-08 17:30"), // worked: Sat 29, Sun 30
            ("2019-09-27 10:00", 3, "2019-10-08 17:30"), // worked: Sun 29
            ("2020-09-25 10:00", 5, "2020-10-09 17:30"), // worked: Sun 27; off until 8
            ("2021-09-30 10:00", 2, "2021-10-09 17:30"), // worked: Sat 9
            ("2022-09-30 18:00", 1, "2022-10-09 17:30"), // worked: Sat 8, Sun 9; counts as Saturday
            ("2023-09-28 10:00", 3, "2023-10-09 17:30"), // off from 29; worked: Sat 7, Sun 8
            ("2024-09-30 10:00", 5, "2024-10-12 17:30"), // worked: Sat 12
            ("2025-09-30 10:00", 3, "2025-10-11 17:30"), // off until 8; worked: Sat 11
            ("2026-09-30 10:00", 3, "2026-10-10 17:30"), // worked: Sat 10
            ("2025-10-03 10:00", 1, "2025-10-10 17:30"), // in the holiday: counts as Thursday 9
        ],
    );
}

#[test]
fn limits_across_spring_festival() {
    check_days(
        &WorkCalendar::default(),
        &[
            ("2018-02-14 10:00", 3, "2018-02-24 17:30"), // off 15–21; worked: Sat 24
            ("2019-02-01 10:00", 3, "2019-02-11 17:30"), // worked: Sat 2, Sun 3; off 4–10
            ("2020-01-23 10:00", 1, "2020-02-03 17:30"), // prolonged to 2 February
            ("2021-02-10 10:00", 3, "2021-02-20 17:30"), // off 11–17; worked: Sat 20
            ("2022-01-28 10:00", 3, "2022-02-07 17:30"), // worked: Sat 29, Sun 30; off until 6
            ("2023-01-20 10:00", 2, "2023-01-29 17:30"), // off 21–27; worked: Sat 28, Sun 29
            ("2024-02-08 10:00", 2, "2024-02-18 17:30"), // 9 (除夕) is worked; off 10–17; worked: Sun 18
            ("2025-01-26 10:00", 2, "2025-02-05 17:30"), // a worked Sunday; 27 worked; off until 4 February
            ("2026-02-13 10:00", 2, "2026-02-24 17:30"), // worked: Sat 14; off 15–23
        ],
    );
}

#[test]
fn vacations_and_overrides_are_skipped() {
    let mut calendar = WorkCalendar {
        vacations: vec![DateRange::new(day("2026-07-11"), day("2026-08-31")).unwrap()],
        ..WorkCalendar::default()
    };
    check_days(&calendar, &[("2026-07-10 10:00", 1, "2026-09-01 17:30"), ("2026-08-01 10:00", 1, "2026-09-02 17:30")]);
    calendar.overrides.push((day("2026-09-01"), DayKind::Holiday("台风停课".into())));
    check_days(&calendar, &[("2026-07-10 10:00", 1, "2026-09-02 17:30")]);
}

#[test]
fn the_same_moment_falls_on_different_days_in_different_zones() {
    // Urumqi keeps Beijing time and opens two hours later.
    let time = |text: &str| text.parse().unwrap();
    let office = OfficeHours::new(time("10:00"), Some((time("14:00"), time("16:00"))), time("20:00")).unwrap();
    let xinjiang = WorkCalendar { hours: office, ..WorkCalendar::default() };
    let shanghai = WorkCalendar::default();
    let evening = at("2025-11-03 19:00");
    assert_eq!(local(&xinjiang, xinjiang.add_working_days(evening, 1)), "2025-11-04 20:00");
    assert_eq!(local(&shanghai, shanghai.add_working_days(evening, 1)), "2025-11-05 17:30");
    let new_york = WorkCalendar { zone: Tz::America__New_York, ..WorkCalendar::default() };
    assert_eq!(local(&new_york, new_york.add_working_days(evening, 1)), "2025-11-04 17:30", "Monday 06:00 there");
}

#[test]
fn clocks_that_change_do_not_move_the_office_hours() {
    let calendar = WorkCalendar { zone: Tz::America__New_York, ..WorkCalendar::default() };
    // Clocks go forward on Sunday 8 March 2026 and back on Sunday 1 November.
    let spring = calendar.add_working_days(at_in(calendar.zone, "2026-03-06 10:00"), 1);
    assert_eq!(spring - calendar.closing(day("2026-03-06")), TimeDelta::hours(71));
    let autumn = calendar.add_working_days(at_in(calendar.zone, "2026-10-30 10:00"), 1);
    assert_eq!(autumn - calendar.closing(day("2026-10-30")), TimeDelta::hours(73));
    assert_eq!(local(&calendar, autumn), "2026-11-02 17:30");
}

#[test]
fn hours_in_the_gap_and_in_the_doubled_hour_of_a_clock_change() {
    let time = |text: &str| text.parse().unwrap();
    let hours = OfficeHours::new(time("01:30"), None, time("02:30")).unwrap();
    let mut night = WorkCalendar { zone: Tz::America__New_York, hours, ..WorkCalendar::default() };
    for sunday in ["2026-03-08", "2026-11-01"] {
        night.overrides.push((day(sunday), DayKind::Working));
    }
    // 02:30 doesn't exist on 8 March: it becomes 03:30, an hour after 01:30.
    assert_eq!(local(&night, night.closing(day("2026-03-08"))), "2026-03-08 03:30");
    assert_eq!(night.closing(day("2026-03-08")) - night.opening(day("2026-03-08")), TimeDelta::hours(1));
    // 01:30 comes twice on 1 November: the office opens the first time.
    assert_eq!(night.closing(day("2026-11-01")) - night.opening(day("2026-11-01")), TimeDelta::hours(2));
}

#[test]
fn ceilings_run_through_weekends_and_move_only_from_a_day_of_rest() {
    let mut calendar = WorkCalendar::default();
    let due = |calendar: &WorkCalendar, from: &str, days| local(calendar, calendar.add_calendar_days(at(from), days));
    assert_eq!(due(&calendar, "2025-11-03 09:00", 15), "2025-11-18 17:30");
    assert_eq!(due(&calendar, "2025-11-03 23:00", 15), "2025-11-18 17:30", "the hour of the first day is nothing");
    assert_eq!(due(&calendar, "2025-11-07 09:00", 15), "2025-11-24 17:30", "the 22nd is a Saturday");
    assert_eq!(due(&calendar, "2025-09-19 09:00", 15), "2025-10-09 17:30", "4 October is in 国庆节");
    assert_eq!(due(&calendar, "2025-09-13 09:00", 15), "2025-09-28 17:30", "a Sunday that is worked");
    calendar.vacations.push(DateRange::new(day("2025-11-17"), day("2025-11-21")).unwrap());
    assert_eq!(due(&calendar, "2025-11-03 09:00", 15), "2025-11-18 17:30", "a vacation stretches no ceiling");
    assert_eq!(due(&calendar, "2025-11-07 09:00", 14), "2025-11-21 17:30");
}

#[test]
fn hours_count_in_office_time_only() {
    let calendar = WorkCalendar::default();
    for (from, minutes, due) in [
        ("2025-11-03 09:00", 60, "2025-11-03 10:00"),
        ("2025-11-03 11:30", 60, "2025-11-03 14:30"), // across lunch
        ("2025-11-03 11:30", 30, "2025-11-03 12:00"), // up to lunch, not to its end
        ("2025-11-03 12:30", 30, "2025-11-03 14:30"),
        ("2025-11-03 17:00", 60, "2025-11-04 09:00"),
        ("2025-11-03 17:00", 30, "2025-11-03 17:30"),
        ("2025-11-03 17:30", 1, "2025-11-04 08:31"),
        ("2025-11-07 17:00", 120, "2025-11-10 10:00"), // across a weekend
        ("2025-09-30 17:00", 60, "2025-10-09 09:00"),  // across 国庆节
        ("2025-11-08 10:00", 0, "2025-11-10 08:30"),
        ("2025-11-03 05:00", 7 * 60, "2025-11-03 17:30"), // one whole day
        ("2025-11-03 05:00", 14 * 60 + 1, "2025-11-05 08:31"),
    ] {
        assert_eq!(local(&calendar, calendar.add_working_hours(at(from), minutes)), due, "{from} + {minutes}");
    }
}

#[test]
fn the_next_working_moment() {
    let calendar = WorkCalendar::default();
    for (from, next) in [
        ("2025-11-03 08:00", "2025-11-03 08:30"),
        ("2025-11-03 08:30", "2025-11-03 08:30"),
        ("2025-11-03 10:01", "2025-11-03 10:01"),
        ("2025-11-03 12:00", "2025-11-03 14:00"),
        ("2025-11-03 17:30", "2025-11-04 08:30"),
        ("2025-11-08 10:00", "2025-11-10 08:30"),
        ("2026-02-14 18:00", "2026-02-24 08:30"),
    ] {
        assert_eq!(local(&calendar, calendar.next_working_moment(at(from))), next, "{from}");
    }
}

#[test]
fn counting_what_has_passed() {
    let calendar = WorkCalendar::default();
    for (from, to, days) in [
        ("2025-11-03 09:00", "2025-11-03 20:00", 0),
        ("2025-11-03 09:00", "2025-11-04 00:01", 1),
        ("2025-11-03 18:00", "2025-11-04 20:00", 0), // counts as Tuesday
        ("2025-11-03 09:00", "2025-11-09 10:00", 4), // Sunday: Tue, Wed, Thu, Fri
        ("2025-11-03 09:00", "2025-11-01 10:00", 0),
        ("2025-09-30 09:00", "2025-10-11 10:00", 3),
        ("2025-11-03 17:30", "2025-11-03 18:00", 0), // fell due an hour ago: overdue, but by no day
    ] {
        assert_eq!(calendar.working_days_between(at(from), at(to)), days, "{from} – {to}");
    }
    assert_eq!(calendar.working_minutes_between(at("2025-11-03 11:00"), at("2025-11-04 09:30")), 60 + 210 + 60);
    assert_eq!(calendar.working_minutes_between(at("2025-11-04 09:30"), at("2025-11-03 11:00")), 0);
}

#[test]
fn half_time_is_counted_in_office_time() {
    let calendar = WorkCalendar::default();
    let from = at("2025-11-07 08:30"); // a Friday; due on Monday evening: 14 hours of work
    let due = calendar.add_working_days(from, 1);
    assert_eq!(local(&calendar, calendar.half_time(from, due)), "2025-11-07 17:30");
    assert_eq!(calendar.half_time(due, due), due);
}
