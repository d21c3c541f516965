//! A year's notice that an organisation imports: as CSV or JSON, when this release doesn't carry it yet or is wrong.
//!
//! CSV: `date,kind,name`, a day a line, with kind `holiday` (放假) or `working` (上班); a head line and lines that begin
//! with `#` are left out. JSON: a list of objects with the same three names, or one as chinese-days publishes it:
//! `{"holidays":{"2027-01-01":"New Year's Day,元旦,1"},"workdays":{…}}`.

use std::{borrow::Cow, collections::BTreeMap};

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::DayKind;

/// A notice: its days, and where they come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportedYear {
    /// Who published it: 国办发明电〔2025〕7号.
    pub source: String,
    /// The day of the notice.
    pub published: NaiveDate,
    /// The days that it names.
    pub days: BTreeMap<NaiveDate, ImportedDay>,
}

/// What a notice says of a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportedDay {
    /// 上班 on a weekend, instead of a day off.
    #[serde(default)]
    pub working: bool,
    /// The holiday that it belongs to.
    pub name: String,
}

/// Why a file is no notice of a year; lines count from 1, entries of JSON too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// Nothing is in it.
    #[error("no day is in it")]
    Empty,
    /// It begins like JSON and isn't.
    #[error("it is no JSON that is understood")]
    Json,
    /// A line that isn't understood.
    #[error("line {0} is not understood")]
    Line(usize),
    /// A day of another year.
    #[error("line {0} is a day of another year")]
    OtherYear(usize),
    /// A day that was named before.
    #[error("line {0} names a day again")]
    Twice(usize),
    /// A working day that isn't a Saturday or Sunday.
    #[error("line {0} moves work to a day that is worked anyway")]
    NoWeekend(usize),
    /// National Day is missing: it can't be the whole year.
    #[error("1 October is missing")]
    Incomplete,
}

/// Most characters of a name.
const NAME_CHARS: usize = 20;

impl ImportedYear {
    /// Reads the days of a year.
    ///
    /// # Errors
    /// What is wrong with the file, and where.
    pub fn read(year: i32, text: &str) -> Result<BTreeMap<NaiveDate, ImportedDay>, ImportError> {
        let text = text.trim_start_matches('\u{feff}').trim();
        let rows = if text.starts_with(['{', '[']) { json(text)? } else { csv(text)? };
        let mut days = BTreeMap::new();
        for (at, (date, day)) in rows {
            if date.year() != year {
                return Err(ImportError::OtherYear(at));
            }
            if day.working && date.weekday().number_from_monday() < 6 {
                return Err(ImportError::NoWeekend(at));
            }
            if days.insert(date, day).is_some() {
                return Err(ImportError::Twice(at));
            }
        }
        if days.is_empty() {
            return Err(ImportError::Empty);
        }
        let national = NaiveDate::from_ymd_opt(year, 10, 1).and_then(|day| days.get(&day));
        if national.is_none_or(|day| day.working) { Err(ImportError::Incomplete) } else { Ok(days) }
    }

    /// What the notice says of a day.
    pub(super) fn day_kind(&self, date: NaiveDate) -> Option<DayKind> {
        self.days.get(&date).map(|day| match day.working {
            true => DayKind::AdjustedWorking,
            false => DayKind::Holiday(Cow::Owned(day.name.clone())),
        })
    }
}

type Rows = Vec<(usize, (NaiveDate, ImportedDay))>;

fn csv(text: &str) -> Result<Rows, ImportError> {
    let mut rows = Vec::new();
    for (i, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') || (rows.is_empty() && line.starts_with("date,")) {
            continue;
        }
        let mut cells = line.splitn(3, [',', '，']).map(str::trim);
        let (date, kind, name) = (cells.next(), cells.next(), cells.next());
        let day = row(date.unwrap_or_default(), kind.unwrap_or_default(), name.unwrap_or_default());
        rows.push((i + 1, day.ok_or(ImportError::Line(i + 1))?));
    }
    Ok(rows)
}

fn row(date: &str, kind: &str, name: &str) -> Option<(NaiveDate, ImportedDay)> {
    let date = NaiveDate::parse_from_str(date, "%Y-%m-%d").ok()?;
    let working = match kind {
        "working" | "workday" | "上班" | "调休" => true,
        "holiday" | "放假" | "节假日" => false,
        _ => return None,
    };
    let length = name.chars().count();
    ((1..=NAME_CHARS).contains(&length) && !name.chars().any(char::is_control))
        .then(|| (date, ImportedDay { working, name: name.to_string() }))
}

fn json(text: &str) -> Result<Rows, ImportError> {
    let value: Value = serde_json::from_str(text).map_err(|_| ImportError::Json)?;
    let text_of = |value: &Value, name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default().to_string();
    match value {
        Value::Array(items) => {
            let read = |(i, item): (usize, &Value)| {
                let day = row(&text_of(item, "date"), &text_of(item, "kind"), &text_of(item, "name"));
                Ok((i + 1, day.ok_or(ImportError::Line(i + 1))?))
            };
            items.iter().enumerate().map(read).collect()
        }
        Value::Object(map) => {
            let mut rows = Vec::new();
            for (key, kind) in [("holidays", "holiday"), ("workdays", "working")] {
                let Some(Value::Object(days)) = map.get(key) else { continue };
                for (date, name) in days {
                    let at = rows.len() + 1;
                    // "National Day,国庆节,3"
                    let name = name.as_str().unwrap_or_default();
                    let name = name.split(',').nth(1).unwrap_or(name);
                    rows.push((at, row(date, kind, name).ok_or(ImportError::Line(at))?));
                }
            }
            Ok(rows)
        }
        _ => Err(ImportError::Json),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::calendar::WorkCalendar;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    const CSV: &str = "date,kind,name\n2031-01-01,holiday,元旦\n2031-10-01,放假,国庆节\n2031-10-11,working,国庆节\n";

    #[test]
    fn a_year_is_read_from_csv_and_from_both_kinds_of_json() {
        let csv = ImportedYear::read(2031, CSV).unwrap();
        assert_eq!(csv.len(), 3);
        let list = r#"[{"date":"2031-01-01","kind":"holiday","name":"元旦"},
            {"date":"2031-10-01","kind":"holiday","name":"国庆节"},{"date":"2031-10-11","kind":"working","name":"国庆节"}]"#;
        assert_eq!(ImportedYear::read(2031, list).unwrap(), csv);
        let published = r#"{"holidays":{"2031-01-01":"New Year's Day,元旦,1","2031-10-01":"National Day,国庆节,3"},
            "workdays":{"2031-10-11":"National Day,国庆节,3"},"inLieuDays":{}}"#;
        assert_eq!(ImportedYear::read(2031, published).unwrap(), csv);
    }

    #[test]
    fn what_is_no_notice_of_the_year_is_refused_with_its_place() {
        let read = |text: &str| ImportedYear::read(2031, text).unwrap_err();
        assert_eq!(read(" \n"), ImportError::Empty);
        assert_eq!(read("{"), ImportError::Json);
        assert_eq!(read("2031-01-01,holiday,元旦"), ImportError::Incomplete);
        assert_eq!(read("2031-10-01,holiday,国庆节\n\n2031-10-02,off,国庆节"), ImportError::Line(3));
        assert_eq!(read("2030-10-01,holiday,国庆节"), ImportError::OtherYear(1));
        assert_eq!(read("2031-10-01,holiday,国庆节\n2031-10-01,holiday,国庆节"), ImportError::Twice(2));
        assert_eq!(read("2031-10-01,holiday,国庆节\n2031-10-10,working,国庆节"), ImportError::NoWeekend(2));
    }

    #[test]
    fn an_imported_year_counts_instead_of_the_table_and_is_known() {
        let mut calendar = WorkCalendar::default();
        assert!(!calendar.knows_year(2031) && calendar.is_working_day(day("2031-10-01")));
        let imported = |year, text| ImportedYear {
            source: "国办发明电".into(),
            published: day("2030-11-04"),
            days: ImportedYear::read(year, text).unwrap(),
        };
        calendar.years.insert(2031, imported(2031, CSV));
        assert!(calendar.knows_year(2031));
        assert_eq!(calendar.day_kind(day("2031-10-01")), DayKind::Holiday("国庆节".into()));
        assert_eq!(calendar.day_kind(day("2031-10-11")), DayKind::AdjustedWorking);
        assert!(calendar.is_working_day(day("2031-10-02")), "only what the notice names is free");
        calendar.years.insert(2026, imported(2026, "2026-10-01,holiday,国庆节"));
        assert!(calendar.is_working_day(day("2026-10-02")), "the import counts instead of the release's table");
        let json = serde_json::to_string(&calendar).unwrap();
        assert_eq!(serde_json::from_str::<WorkCalendar>(&json).unwrap(), calendar);
    }

    #[test]
    fn from_december_on_the_next_year_is_missed() {
        let mut calendar = WorkCalendar::default();
        let at = |text: &str| text.parse().unwrap();
        assert_eq!(calendar.missing_year(at("2026-11-30T15:59:59Z")), None);
        assert_eq!(calendar.missing_year(at("2026-11-30T16:00:00Z")), Some(2027), "December in Shanghai");
        assert_eq!(calendar.missing_year(at("2027-05-01T00:00:00Z")), Some(2027));
        let days = ImportedYear::read(2027, "2027-10-01,holiday,国庆节").unwrap();
        calendar.years.insert(2027, ImportedYear { source: String::new(), published: day("2026-11-04"), days });
        assert_eq!(calendar.missing_year(at("2027-05-01T00:00:00Z")), None);
    }
}
