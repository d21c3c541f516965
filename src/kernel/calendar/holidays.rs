//! 法定节假日与调休: the holidays and moved working days of the State Council's yearly notices.
//!
//! The days come from a kept package (`scripts/holidays` writes the file and names package, version and licence in its
//! header). A notice usually appears in November for the year after it; until a release of Huiyin carries it, the year is
//! not known: weekends only, and [`is_known_year`] says so to `huiyin doctor`.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use chrono::{Datelike, NaiveDate};

const FILE: &str = include_str!("cn_holidays.csv");

/// What a notice of the State Council says about one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeDay {
    /// 放假: a day off, with the holiday's Chinese name. A weekend that a notice counts into the holiday is one too; where
    /// it says 与周末连休 the weekend stays a weekend.
    Holiday(&'static str),
    /// 上班: a Saturday or Sunday worked in exchange for a day of that holiday.
    Working(&'static str),
}

/// What the notices say about a day; `None` when they don't mention it (then the weekday decides).
pub fn notice_day(date: NaiveDate) -> Option<NoticeDay> {
    table().get(&date).copied()
}

/// Whether the notice for this year is in the table. Judged by its 1 October: a notice for the following year may already
/// name a day at the end of this one, which doesn't make this year known.
pub fn is_known_year(year: i32) -> bool {
    NaiveDate::from_ymd_opt(year, 10, 1).is_some_and(|day| table().contains_key(&day))
}

/// Where the table comes from, as its file says it: "npm package chinese-days 1.5.7".
pub fn source() -> &'static str {
    FILE.lines().find_map(|line| line.strip_prefix("# Source: ")?.split(',').next()).unwrap_or_default()
}

/// The years in the table.
pub fn known_years() -> Vec<i32> {
    let mut years: Vec<i32> = table().keys().map(Datelike::year).filter(|year| is_known_year(*year)).collect();
    years.dedup();
    years
}

/// What the table says of a year, by date.
pub fn of_year(year: i32) -> impl Iterator<Item = (NaiveDate, NoticeDay)> {
    table().iter().filter(move |(date, _)| date.year() == year).map(|(date, day)| (*date, *day))
}

/// The last year in the table, for the operator's message ("known up to 2026"); `None` only if the table is empty.
pub fn last_known_year() -> Option<i32> {
    table().keys().map(Datelike::year).rev().find(|year| is_known_year(*year))
}

fn table() -> &'static BTreeMap<NaiveDate, NoticeDay> {
    static TABLE: OnceLock<BTreeMap<NaiveDate, NoticeDay>> = OnceLock::new();
    TABLE.get_or_init(|| rows(FILE).filter_map(parse).collect())
}

/// The rows of the file, without comments and the head line.
pub(super) fn rows(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).skip(1)
}

/// One row `date,kind,name`. A row that isn't understood is left out; a test makes sure that there is none in our file.
pub(super) fn parse(row: &'static str) -> Option<(NaiveDate, NoticeDay)> {
    let mut cells = row.splitn(3, ',');
    let date = NaiveDate::parse_from_str(cells.next()?, "%Y-%m-%d").ok()?;
    let kind = cells.next()?;
    let name = cells.next()?;
    match kind {
        "holiday" => Some((date, NoticeDay::Holiday(name))),
        "working" => Some((date, NoticeDay::Working(name))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_file_is_understood() {
        let not_understood: Vec<_> = rows(FILE).filter(|row| parse(row).is_none()).collect();
        assert_eq!(not_understood, Vec::<&str>::new());
        assert_eq!(rows(FILE).count(), table().len(), "a date appears twice");
    }

    #[test]
    fn moved_working_days_are_weekends_and_the_file_names_its_source() {
        for (date, day) in table() {
            if matches!(day, NoticeDay::Working(_)) {
                assert!(date.weekday().number_from_monday() > 5, "{date}");
            }
        }
        assert!(FILE.contains("chinese-days") && FILE.contains("MIT License"));
    }

    #[test]
    fn known_years_have_no_gap() {
        assert!(!is_known_year(2017));
        for year in 2018..=2026 {
            assert!(is_known_year(year), "{year}");
        }
        assert!(last_known_year() >= Some(2026));
        assert!(!is_known_year(2100) && !is_known_year(i32::MAX));
    }
}
