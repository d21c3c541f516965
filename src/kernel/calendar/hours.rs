//! 办公时间: the hours of a working day, in the organisation's local time.

use chrono::{NaiveTime, TimeDelta};
use serde::{Deserialize, Serialize};

use super::CalendarError;

/// Office hours of every working day, with or without a lunch break. Local time, to the second; they never pass midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Stored", into = "Stored")]
pub struct OfficeHours {
    opens: NaiveTime,
    lunch: Option<(NaiveTime, NaiveTime)>,
    closes: NaiveTime,
}

/// The form in which hours are stored: `{"opens":"08:30:00","lunch":["12:00:00","14:00:00"],"closes":"17:30:00"}`.
#[derive(Serialize, Deserialize)]
struct Stored {
    opens: NaiveTime,
    #[serde(default)]
    lunch: Option<(NaiveTime, NaiveTime)>,
    closes: NaiveTime,
}

impl OfficeHours {
    /// Hours from opening to closing. Refused unless opening < lunch begins < lunch ends < closing, and unless at least
    /// one hour remains (less is a slip of the pen, and limits in hours would run for years).
    pub fn new(
        opens: NaiveTime,
        lunch: Option<(NaiveTime, NaiveTime)>,
        closes: NaiveTime,
    ) -> Result<Self, CalendarError> {
        let in_order = match lunch {
            Some((from, to)) => opens < from && from < to && to < closes,
            None => opens < closes,
        };
        let hours = Self { opens, lunch, closes };
        if in_order && hours.per_day() >= TimeDelta::hours(1) { Ok(hours) } else { Err(CalendarError::Hours) }
    }

    /// When the office opens.
    pub fn opens(&self) -> NaiveTime {
        self.opens
    }

    /// The lunch break, from and to, if there is one.
    pub fn lunch(&self) -> Option<(NaiveTime, NaiveTime)> {
        self.lunch
    }

    /// When the office closes: the moment a day's limit ends.
    pub fn closes(&self) -> NaiveTime {
        self.closes
    }

    /// The stretches of work of a day, in order.
    pub fn sessions(&self) -> impl Iterator<Item = (NaiveTime, NaiveTime)> + use<> {
        let (morning, afternoon) = match self.lunch {
            Some((from, to)) => ((self.opens, from), Some((to, self.closes))),
            None => ((self.opens, self.closes), None),
        };
        std::iter::once(morning).chain(afternoon)
    }

    /// Working time of one day.
    pub fn per_day(&self) -> TimeDelta {
        self.sessions().map(|(from, to)| to - from).sum()
    }
}

/// 08:30–12:00 and 14:00–17:30: the usual hours of schools and offices on Beijing time, seven hours of work.
impl Default for OfficeHours {
    fn default() -> Self {
        let at = |minutes: i64| NaiveTime::MIN + TimeDelta::minutes(minutes);
        Self { opens: at(8 * 60 + 30), lunch: Some((at(12 * 60), at(14 * 60))), closes: at(17 * 60 + 30) }
    }
}

impl TryFrom<Stored> for OfficeHours {
    type Error = CalendarError;
    fn try_from(stored: Stored) -> Result<Self, Self::Error> {
        Self::new(stored.opens, stored.lunch, stored.closes)
    }
}

impl From<OfficeHours> for Stored {
    fn from(hours: OfficeHours) -> Self {
        Self { opens: hours.opens, lunch: hours.lunch, closes: hours.closes }
    }
}
