//! Scheduled reports: of which days, and what they count.

use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Serialize};

/// What a scheduled report counts: of the cases that its reader may see and that came in a period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, sqlx::FromRow)]
#[serde(default)]
pub struct Numbers {
    /// The first day of the period.
    #[sqlx(skip)]
    pub first: NaiveDate,
    /// The last day.
    #[sqlx(skip)]
    pub last: NaiveDate,
    /// Came in.
    pub received: i64,
    /// Of these, answered.
    pub answered: i64,
    /// Of these, still open.
    pub open: i64,
    /// Open, and the promise has passed.
    pub late: i64,
}

crate::code_enum! {
    /// How often somebody gets a report by e-mail.
    pub enum Rhythm {
        /// Every Monday, of the week before.
        Weekly = "weekly",
        /// On the first of a month, of the month before.
        Monthly = "monthly",
    }
}

impl Rhythm {
    /// The last whole period before a day: its first and last day.
    pub fn before(self, today: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
        let next = match self {
            Self::Weekly => today.checked_sub_days(Days::new(u64::from(today.weekday().num_days_from_monday())))?,
            Self::Monthly => today.with_day(1)?,
        };
        let first = match self {
            Self::Weekly => next.checked_sub_days(Days::new(7))?,
            Self::Monthly => next.pred_opt()?.with_day(1)?,
        };
        Some((first, next.pred_opt()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_of_the_last_whole_week_or_month() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        for (rhythm, today, first, last) in [
            (Rhythm::Weekly, "2026-03-09", "2026-03-02", "2026-03-08"),
            (Rhythm::Weekly, "2026-03-15", "2026-03-02", "2026-03-08"),
            (Rhythm::Weekly, "2026-03-16", "2026-03-09", "2026-03-15"),
            (Rhythm::Monthly, "2026-03-01", "2026-02-01", "2026-02-28"),
            (Rhythm::Monthly, "2027-01-31", "2026-12-01", "2026-12-31"),
        ] {
            assert_eq!(rhythm.before(day(today)), Some((day(first), day(last))), "{rhythm} {today}");
        }
    }
}
