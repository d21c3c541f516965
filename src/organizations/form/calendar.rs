//! Office hours, vacations and single days as they are typed: a date or a range a line, as people write dates.

use std::borrow::Cow;

use chrono::{Datelike, NaiveDate, NaiveTime, Weekday};

use crate::{
    kernel::{
        calendar::{DateRange, DayKind, OfficeHours, WorkCalendar},
        text::{char_count, normalize_line},
    },
    ui::FormState,
};

/// The field of vacations.
pub const VACATIONS: &str = "vacations";
/// The field of further holidays.
pub const HOLIDAYS: &str = "holidays";
/// The field of further working days.
pub const WORKING_DAYS: &str = "working_days";

/// Most lines of each field: more is not a calendar, and every limit looks through them.
const MAX_LINES: usize = 100;
/// Most characters of a holiday's name.
const HOLIDAY_CHARS: usize = 20;

/// Reads the calendar; what the form does not show (the zone, other kinds of days) stays as it is in `before`.
pub fn calendar(state: &mut FormState, before: &WorkCalendar) -> WorkCalendar {
    let hours = hours(state);
    let vacations = vacations(state);
    let mut overrides: Vec<_> = before.overrides.iter().filter(|(_, kind)| !is_shown(kind)).cloned().collect();
    overrides.extend(holidays(state));
    for day in working_days(state) {
        if overrides.iter().any(|(other, _)| *other == day) {
            state.error_with(WORKING_DAYS, "organizations.error.both", &[("date", day.to_string())]);
        }
        let weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        overrides.push((day, if weekend { DayKind::AdjustedWorking } else { DayKind::Working }));
    }
    overrides.sort_by_key(|(day, _)| *day);
    WorkCalendar { zone: before.zone, hours, vacations, overrides }
}

fn is_shown(kind: &DayKind) -> bool {
    kind.is_working() || matches!(kind, DayKind::Holiday(_))
}

fn hours(state: &mut FormState) -> OfficeHours {
    let opens = time(state, "opens");
    let closes = time(state, "closes");
    let lunch = match (state.values.has("lunch_from"), state.values.has("lunch_to")) {
        (false, false) => None,
        _ => time(state, "lunch_from").zip(time(state, "lunch_to")),
    };
    let (Some(opens), Some(closes)) = (opens, closes) else { return OfficeHours::default() };
    OfficeHours::new(opens, lunch, closes).unwrap_or_else(|_| {
        state.error("opens", "organizations.error.hours");
        OfficeHours::default()
    })
}

fn time(state: &mut FormState, field: &'static str) -> Option<NaiveTime> {
    let text = state.values.text(field).trim().replace('：', ":");
    let time = ["%H:%M", "%H:%M:%S"].iter().find_map(|f| NaiveTime::parse_from_str(&text, f).ok());
    if time.is_none() {
        state.error(field, "organizations.error.time");
    }
    time
}

/// Lines of a field that are not blank, with their number.
fn lines(state: &FormState, field: &str) -> Vec<(usize, String)> {
    let lines = state.values.text(field).lines().map(normalize_line).enumerate();
    lines.filter(|(_, line)| !line.is_empty()).map(|(i, line)| (i + 1, line)).collect()
}

/// Reads every line of a field, or says which one can't be read.
fn each_line<T>(
    state: &mut FormState,
    field: &'static str,
    key: &'static str,
    read: impl Fn(&str) -> Option<T>,
) -> Vec<T> {
    let lines = lines(state, field);
    if lines.len() > MAX_LINES {
        state.error_with(field, "organizations.error.too_many_lines", &[("max", MAX_LINES.to_string())]);
        return Vec::new();
    }
    let mut values = Vec::with_capacity(lines.len());
    for (number, line) in lines {
        match read(&line) {
            Some(value) => values.push(value),
            None => {
                state.error_with(field, key, &[("line", number.to_string())]);
                break;
            }
        }
    }
    values
}

fn vacations(state: &mut FormState) -> Vec<DateRange> {
    each_line(state, VACATIONS, "organizations.error.vacation", |line| {
        let parts = parts(line);
        let (first, last) = match parts.as_slice() {
            [day] => (date(day)?, date(day)?),
            [first, last] => (date(first)?, date(last)?),
            _ => return None,
        };
        DateRange::new(first, last).ok()
    })
}

fn holidays(state: &mut FormState) -> Vec<(NaiveDate, DayKind)> {
    each_line(state, HOLIDAYS, "organizations.error.holiday", |line| {
        let (day, name) = line.split_once(' ')?;
        let named = (1..=HOLIDAY_CHARS).contains(&char_count(name));
        named.then_some((date(day)?, DayKind::Holiday(Cow::Owned(name.to_string()))))
    })
}

fn working_days(state: &mut FormState) -> Vec<NaiveDate> {
    each_line(state, WORKING_DAYS, "organizations.error.working_day", date)
}

/// The parts of a line, apart at spaces, dashes and the words for "to".
fn parts(line: &str) -> Vec<&str> {
    let apart = [' ', '至', '到', '~', '～', '—', '–', ',', '，', '、'];
    line.split(apart).filter(|part| !part.is_empty() && *part != "-").collect()
}

/// `2027-01-18`, `2027/1/18`, `2027.1.18`, `2027年1月18日`.
fn date(text: &str) -> Option<NaiveDate> {
    let allowed = |c: char| c.is_ascii_digit() || matches!(c, '-' | '/' | '.' | '年' | '月' | '日');
    if !text.chars().all(allowed) {
        return None;
    }
    let numbers: Vec<u32> =
        text.split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty()).map_while(|n| n.parse().ok()).collect();
    let [year, month, day] = numbers.as_slice() else { return None };
    let year = i32::try_from(*year).ok().filter(|y| (2000..=2100).contains(y))?;
    NaiveDate::from_ymd_opt(year, *month, *day)
}

/// Vacations as they are typed.
pub fn show_vacations(calendar: &WorkCalendar) -> String {
    let lines = calendar.vacations.iter().map(|r| format!("{} 至 {}", r.first(), r.last()));
    lines.collect::<Vec<_>>().join("\n")
}

/// Further holidays as they are typed.
pub fn show_holidays(calendar: &WorkCalendar) -> String {
    let lines = calendar.overrides.iter().filter_map(|(day, kind)| match kind {
        DayKind::Holiday(name) => Some(format!("{day} {name}")),
        _ => None,
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Further working days as they are typed.
pub fn show_working_days(calendar: &WorkCalendar) -> String {
    let lines = calendar.overrides.iter().filter(|(_, kind)| kind.is_working()).map(|(day, _)| day.to_string());
    lines.collect::<Vec<_>>().join("\n")
}
