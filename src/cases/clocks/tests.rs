//! Limits with pauses, more time and ceilings, against a minute-by-minute walk that knows only which days are worked.

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use proptest::prelude::*;

use super::model::{Clock, Rule, Stage, Standing, Still};
use crate::kernel::calendar::{DateRange, DayKind, WorkCalendar};

fn at(text: &str) -> DateTime<Utc> {
    format!("{text}:00+08:00").parse().unwrap()
}

/// 17:30 in Shanghai, which is eight hours before UTC all year.
const CLOSING_MINUTE: i64 = 17 * 60 + 30;

fn day_of(t: DateTime<Utc>) -> NaiveDate {
    (t + TimeDelta::hours(8)).date_naive()
}

/// Whether a working day ends at this minute.
fn is_closing(calendar: &WorkCalendar, t: DateTime<Utc>) -> bool {
    (t.timestamp() / 60 + 8 * 60) % (24 * 60) == CLOSING_MINUTE
        && matches!(calendar.day_kind(day_of(t)), DayKind::Working | DayKind::AdjustedWorking)
}

/// Walks minute by minute; every end of a working day uses up one of the limit's days, unless it stands still then. The
/// first end is that of the day of receipt, which isn't counted.
fn walk(
    calendar: &WorkCalendar,
    from: DateTime<Utc>,
    days: i64,
    still: &[(DateTime<Utc>, DateTime<Utc>)],
) -> DateTime<Utc> {
    let (mut t, mut used) = (from, -1);
    loop {
        if is_closing(calendar, t) && !still.iter().any(|(begin, end)| *begin <= t && t < *end) {
            used += 1;
            if used == days {
                return t;
            }
        }
        t += TimeDelta::minutes(1);
    }
}

/// The ends of working days in a stretch, counted minute by minute.
fn ends_within(calendar: &WorkCalendar, from: DateTime<Utc>, to: DateTime<Utc>) -> i64 {
    let mut t = from;
    let mut count = 0;
    while t < to {
        count += i64::from(is_closing(calendar, t));
        t += TimeDelta::minutes(1);
    }
    count
}

fn closing(day: NaiveDate) -> DateTime<Utc> {
    day.and_hms_opt(17, 30, 0).unwrap().and_utc() - TimeDelta::hours(8)
}

/// The ceiling of the law: so many days through, and when the last is no weekday of the country, the next that is.
fn ceiling(calendar: &WorkCalendar, from: DateTime<Utc>, days: u64) -> DateTime<Utc> {
    let mut day = day_of(from) + Days::new(days);
    while matches!(calendar.day_kind(day), DayKind::Weekend | DayKind::Holiday(_)) {
        day = day.succ_opt().unwrap();
    }
    closing(day)
}

#[derive(Clone, Copy, Debug)]
enum Event {
    /// After so many minutes it is paused, for at most so many.
    Pause(i64, i64),
    /// After so many minutes it gets more time, so many days beyond its limit.
    Extend(i64, u64),
}

fn events() -> impl Strategy<Value = Vec<Event>> {
    let event = prop_oneof![
        3 => (0..4_000_i64, 0..16_000_i64).prop_map(|(wait, length)| Event::Pause(wait, length)),
        1 => (0..4_000_i64, 1..20_u64).prop_map(|(wait, days)| Event::Extend(wait, days)),
    ];
    prop::collection::vec(event, 0..5)
}

fn calendar() -> impl Strategy<Value = WorkCalendar> {
    (0..700_i64, 0..30_i64).prop_map(|(first, length)| {
        let first = "2025-01-01".parse::<NaiveDate>().unwrap() + TimeDelta::days(first);
        let vacation = DateRange::new(first, first + TimeDelta::days(length)).unwrap();
        WorkCalendar { vacations: vec![vacation], ..WorkCalendar::default() }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn any_sequence_of_events_gives_what_a_walk_by_minutes_gives(
        calendar in calendar(),
        start in 0..(700 * 24 * 60_i64),
        amount in 1..41_u16,
        events in events(),
    ) {
        let start = at("2025-01-01T00:00") + TimeDelta::minutes(start);
        let mut clock = Clock::start(Stage::Answer, start, Rule::answer(amount, start, 0), &calendar);
        // The walk's own state: what it counts from, how many, the pauses since, the ceiling.
        let (mut named, mut still, mut most): (Option<DateTime<Utc>>, Vec<_>, u64) = (None, Vec::new(), 60);
        let mut now = start;
        for event in events {
            match event {
                Event::Pause(wait, length) => {
                    now += TimeDelta::minutes(wait);
                    if now >= clock.due_at {
                        break;
                    }
                    let pause = Still::begin(&calendar, now);
                    let paused = clock.with_rule(clock.rule().moved(pause.moved), &calendar);
                    let wanted = now + TimeDelta::minutes(length);
                    let (ended, stood) = pause.end(&calendar, wanted);
                    let end = wanted.min(walk(&calendar, now, 5, &[]));
                    prop_assert_eq!((ended, stood), (end, ends_within(&calendar, now, end)));
                    clock = paused.with_rule(paused.rule().moved(stood - pause.moved), &calendar);
                    still.push((now, end));
                    now = end;
                }
                Event::Extend(wait, days) => {
                    now += TimeDelta::minutes(wait);
                    if now >= clock.due_at {
                        break;
                    }
                    let day = closing(day_of(clock.due_at) + Days::new(days));
                    if day > ceiling(&calendar, start, 90) {
                        continue;
                    }
                    clock = clock.with_rule(clock.rule().longest(0, true).day(day), &calendar);
                    (named, most) = (Some(day), 90);
                    still.clear();
                }
            }
            let end = match named {
                None => walk(&calendar, start, i64::from(amount), &still),
                Some(day) => match still.iter().map(|(from, to)| ends_within(&calendar, *from, *to)).sum() {
                    0 => day,
                    stood => walk(&calendar, day, stood, &[]),
                },
            };
            prop_assert_eq!(clock.due_at, end.min(ceiling(&calendar, start, most)));
            prop_assert!(clock.due_at <= ceiling(&calendar, start, 90), "the law's ceiling");
            prop_assert!(clock.warn_at <= clock.due_at);
        }
    }
}

#[test]
fn a_ceiling_cuts_a_limit_around_the_longest_holidays() {
    // Ten working days from before the Spring Festival of 2026 would be sixteen calendar days.
    let calendar = WorkCalendar::default();
    let from = at("2026-02-13T10:00");
    let free = calendar.add_working_days(from, 10);
    let rule = Rule::working(10, from, 15);
    assert!(free > rule.due(&calendar), "{free}");
    assert_eq!(rule.due(&calendar), at("2026-02-28T17:30"), "the fifteenth day is a Saturday that is worked");
}

#[test]
fn a_clock_warns_a_working_day_before_and_says_where_it_stands() {
    let calendar = WorkCalendar::default();
    let start = at("2026-03-10T10:00");
    let clock = Clock::start(Stage::Handling, start, Rule::answer(5, start, 0), &calendar);
    assert_eq!((clock.due_at, clock.warn_at), (at("2026-03-17T17:30"), at("2026-03-16T17:30")));
    let standing = |now: &str| clock.standing(false, at(now));
    assert_eq!(standing("2026-03-16T17:30"), Standing::Running);
    assert_eq!(standing("2026-03-16T17:31"), Standing::Warned);
    assert_eq!(standing("2026-03-17T17:31"), Standing::Overdue);
    assert_eq!(clock.standing(true, at("2026-03-17T17:31")), Standing::Paused);
    let short = Clock::start(Stage::Triage, start, Rule::working(1, start, 15), &calendar);
    assert!(short.warn_at > at("2026-03-10T17:29") && short.warn_at < short.due_at);
}
