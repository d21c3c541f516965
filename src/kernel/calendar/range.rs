//! A run of days, such as a school's winter vacation.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::CalendarError;

/// Days from the first to the last, both included; at most 366.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Stored", into = "Stored")]
pub struct DateRange {
    first: NaiveDate,
    last: NaiveDate,
}

/// The form in which a range is stored: `{"first":"2026-01-24","last":"2026-03-01"}`.
#[derive(Serialize, Deserialize)]
struct Stored {
    first: NaiveDate,
    last: NaiveDate,
}

impl DateRange {
    /// A range; refused when it ends before it begins or is longer than 366 days.
    pub fn new(first: NaiveDate, last: NaiveDate) -> Result<Self, CalendarError> {
        if (0..366).contains(&(last - first).num_days()) { Ok(Self { first, last }) } else { Err(CalendarError::Range) }
    }

    /// The first day.
    pub fn first(&self) -> NaiveDate {
        self.first
    }

    /// The last day.
    pub fn last(&self) -> NaiveDate {
        self.last
    }

    /// Whether the day lies in the range.
    pub fn contains(&self, date: NaiveDate) -> bool {
        self.first <= date && date <= self.last
    }
}

impl TryFrom<Stored> for DateRange {
    type Error = CalendarError;
    fn try_from(stored: Stored) -> Result<Self, Self::Error> {
        Self::new(stored.first, stored.last)
    }
}

impl From<DateRange> for Stored {
    fn from(range: DateRange) -> Self {
        Self { first: range.first, last: range.last }
    }
}
