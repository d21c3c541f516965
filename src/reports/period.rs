//! The days that a report is about.

use chrono::{DateTime, Datelike, Days, NaiveDate, Utc};

use crate::{http::Form, ui::time};

/// From the beginning of a day to the end of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// The first day.
    pub first: NaiveDate,
    /// The last day.
    pub last: NaiveDate,
}

/// The longest period: two years.
const MOST_DAYS: i64 = 731;

impl Period {
    /// Reads `from` and `to`; the present term when they are missing or senseless.
    pub fn parse(query: &Form, today: NaiveDate) -> Self {
        let day = |name| query.text(name).trim().parse::<NaiveDate>().ok();
        match (day("from"), day("to")) {
            (Some(first), Some(last)) if first <= last && (last - first).num_days() <= MOST_DAYS => {
                Self { first, last }
            }
            _ => Self { first: term_start(today), last: today },
        }
    }

    /// The first moment.
    pub fn from(&self) -> DateTime<Utc> {
        time::start_of(self.first)
    }

    /// The first moment after it.
    pub fn to(&self) -> DateTime<Utc> {
        time::start_of(self.last.checked_add_days(Days::new(1)).unwrap_or(self.last))
    }
}

/// The first day of the term that a day lies in: September to January, February to August.
pub fn term_start(day: NaiveDate) -> NaiveDate {
    let (year, month) = match day.month() {
        1 => (day.year() - 1, 9),
        2..=8 => (day.year(), 2),
        _ => (day.year(), 9),
    };
    NaiveDate::from_ymd_opt(year, month, 1).unwrap_or(day)
}

/// The Monday of the week of a time.
pub fn monday_of(at: DateTime<Utc>) -> NaiveDate {
    let day = time::date(at);
    let back = u64::from(day.weekday().num_days_from_monday());
    day.checked_sub_days(Days::new(back)).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_term_begins_in_september_or_february() {
        for (today, start) in [
            ("2026-11-24", "2026-09-01"),
            ("2027-01-15", "2026-09-01"),
            ("2026-02-01", "2026-02-01"),
            ("2026-08-31", "2026-02-01"),
        ] {
            assert_eq!(term_start(day(today)), day(start), "{today}");
        }
    }

    #[test]
    fn senseless_days_give_the_present_term() {
        let today = day("2026-11-24");
        let parsed = |from: &str, to: &str| Period::parse(&Form::from_pairs([("from", from), ("to", to)]), today);
        assert_eq!(parsed("2026-10-01", "2026-10-31"), Period { first: day("2026-10-01"), last: day("2026-10-31") });
        for (from, to) in [("", ""), ("2026-10-31", "2026-10-01"), ("2020-01-01", "2026-01-01"), ("昨天", "今天")] {
            assert_eq!(parsed(from, to), Period { first: day("2026-09-01"), last: today });
        }
    }

    #[test]
    fn weeks_begin_on_monday_in_china() {
        assert_eq!(monday_of("2026-03-08T15:59:59Z".parse().unwrap()), day("2026-03-02"));
        assert_eq!(monday_of("2026-03-08T16:00:00Z".parse().unwrap()), day("2026-03-09"));
    }
}
