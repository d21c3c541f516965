//! Office hours, vacations and single days as they are typed: a date or a range a line, as people write dates.

use std::{borrow::Cow, collections::BTreeMap};

use chrono::{Datelike, NaiveDate, NaiveTime, Weekday};

use crate::{
    http::Form,
    kernel::{
        calendar::{DateRange, DayKind, ImportError, ImportedYear, OfficeHours, WorkCalendar},
        text::{char_count, normalize_line},
    },
    organizations::form::checked,
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

/// Reads the calendar; what the form does not show (the zone, imported years, other kinds of days) stays as it is in
/// `before`.
///
/// # Errors
/// The form with its errors.
pub fn calendar(values: Form, before: &WorkCalendar) -> Result<WorkCalendar, FormState> {
    let mut state = FormState::of(values);
    let calendar = read(&mut state, before);
    checked(state, calendar)
}

fn read(state: &mut FormState, before: &WorkCalendar) -> WorkCalendar {
    let hours = hours(state);
    let weekday_hours = weekday_hours(state);
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
    WorkCalendar { zone: before.zone, hours, weekday_hours, years: before.years.clone(), vacations, overrides }
}

fn is_shown(kind: &DayKind) -> bool {
    kind.is_working() || matches!(kind, DayKind::Holiday(_))
}

/// The fields of the hours of a day: `opens`, `lunch_from`, `lunch_to`, `closes`; of a day of the week, its number is
/// appended.
pub fn hour_fields(weekday: Option<u32>) -> [String; 4] {
    let suffix = weekday.map(|n| format!("_{n}")).unwrap_or_default();
    ["opens", "lunch_from", "lunch_to", "closes"].map(|name| format!("{name}{suffix}"))
}

fn hours(state: &mut FormState) -> OfficeHours {
    hours_of(state, None).unwrap_or_default()
}

/// Hours of single days of the week; a row left empty has the usual ones.
fn weekday_hours(state: &mut FormState) -> BTreeMap<u32, OfficeHours> {
    let typed: Vec<u32> =
        (1..=7).filter(|day| hour_fields(Some(*day)).iter().any(|field| state.values.has(field))).collect();
    typed.into_iter().filter_map(|day| Some((day, hours_of(state, Some(day))?))).collect()
}

fn hours_of(state: &mut FormState, weekday: Option<u32>) -> Option<OfficeHours> {
    let [opens_field, lunch_from, lunch_to, closes_field] = hour_fields(weekday);
    let opens = time(state, &opens_field);
    let closes = time(state, &closes_field);
    let lunch = match (state.values.has(&lunch_from), state.values.has(&lunch_to)) {
        (false, false) => None,
        _ => time(state, &lunch_from).zip(time(state, &lunch_to)),
    };
    let hours = OfficeHours::new(opens?, lunch, closes?).ok();
    if hours.is_none() {
        state.error(opens_field, "organizations.error.hours");
    }
    hours
}

fn time(state: &mut FormState, field: &str) -> Option<NaiveTime> {
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

/// Single days that the form of one day adds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayInput {
    /// The first and the last day.
    pub days: DateRange,
    /// What they become; `None` takes the organisation's own word on them away.
    pub kind: Option<DayKind>,
}

/// Reads `day`, `until` (may be empty), `kind` (`off`, `working`, `plain`) and `name`.
///
/// # Errors
/// The form with its errors.
pub fn day(values: Form) -> Result<DayInput, FormState> {
    let mut state = FormState::of(values);
    let first = date(state.values.text("day").trim());
    if first.is_none() {
        state.error("day", "calendar.error.day");
    }
    let last = if state.values.has("until") { date(state.values.text("until").trim()) } else { first };
    let days = first.zip(last).and_then(|(first, last)| DateRange::new(first, last).ok());
    if first.is_some() && days.is_none_or(|days| (days.last() - days.first()).num_days() > 31) {
        state.error("until", "calendar.error.until");
    }
    let name = normalize_line(state.values.text("name"));
    let kind = match state.values.text("kind") {
        "off" => {
            if !(1..=HOLIDAY_CHARS).contains(&char_count(&name)) {
                state.error_with("name", "calendar.error.name", &[("max", HOLIDAY_CHARS.to_string())]);
            }
            Some(DayKind::Holiday(Cow::Owned(name)))
        }
        "working" => Some(DayKind::Working),
        "plain" => None,
        _ => {
            state.error("kind", "calendar.error.kind");
            None
        }
    };
    match days {
        Some(days) if state.is_ok() => Ok(DayInput { days, kind }),
        _ => Err(state),
    }
}

/// The calendar with these days.
pub fn with_days(before: &WorkCalendar, input: &DayInput) -> WorkCalendar {
    let mut after = before.clone();
    after.overrides.retain(|(day, _)| !input.days.contains(*day));
    let days = input.days.first().iter_days().take_while(|day| *day <= input.days.last());
    for day in days {
        let weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        match &input.kind {
            Some(DayKind::Working) if weekend => after.overrides.push((day, DayKind::AdjustedWorking)),
            Some(kind) => after.overrides.push((day, kind.clone())),
            None => {}
        }
    }
    after.overrides.sort_by_key(|(day, _)| *day);
    after
}

/// Reads a notice: `year`, `source`, `published`, and its days in a file or in `days`.
///
/// # Errors
/// The form with its errors.
pub fn year(values: Form) -> Result<(i32, ImportedYear), FormState> {
    let mut state = FormState::of(values);
    let year = state.values.text("year").trim().parse::<i32>().ok().filter(|y| (2000..=2100).contains(y));
    if year.is_none() {
        state.error("year", "calendar.error.year");
    }
    let source = normalize_line(state.values.text("source"));
    if !(1..=80).contains(&char_count(&source)) {
        state.error("source", "calendar.error.source");
    }
    let published = date(state.values.text("published").trim());
    if published.is_none() {
        state.error("published", "calendar.error.day");
    }
    let file = state.values.files.iter().find(|f| f.field == "file");
    let text = match file {
        Some(file) => String::from_utf8_lossy(&file.bytes).into_owned(),
        None => state.values.text("days").to_string(),
    };
    let days = year.map(|year| ImportedYear::read(year, &text));
    if let Some(Err(error)) = &days {
        let (key, line) = match error {
            ImportError::Empty => ("calendar.error.empty", 0),
            ImportError::Json => ("calendar.error.json", 0),
            ImportError::Line(line) => ("calendar.error.line", *line),
            ImportError::OtherYear(line) => ("calendar.error.other_year", *line),
            ImportError::Twice(line) => ("calendar.error.twice", *line),
            ImportError::NoWeekend(line) => ("calendar.error.no_weekend", *line),
            ImportError::Incomplete => ("calendar.error.incomplete", 0),
        };
        state.error_with("days", key, &[("line", line.to_string())]);
    }
    match (year, published, days) {
        (Some(year), Some(published), Some(Ok(days))) if state.is_ok() => {
            Ok((year, ImportedYear { source, published, days }))
        }
        _ => Err(state),
    }
}
