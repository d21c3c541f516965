//! Openings of a box and what is missing of them.

use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    attachments::model::StoredFile,
    kernel::ids::{AccessPointId, OpeningId},
};

/// A box is to be opened at least so often, unless it has an interval of its own.
pub const INTERVAL_DAYS: i64 = 7;
/// The longest interval: nobody waits for a term.
pub const LONGEST_INTERVAL: i64 = 60;

/// An opening as it was typed, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewOpening {
    /// The box.
    pub access_point: AccessPointId,
    /// When.
    pub opened_at: DateTime<Utc>,
    /// Who opened it.
    pub opener: String,
    /// Who stood by.
    pub witness: String,
    /// How many letters.
    pub letters: i64,
    /// A photo of the unbroken seal.
    pub seal: Option<StoredFile>,
}

/// One opening of a box.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Opening {
    /// The id.
    pub id: OpeningId,
    /// The box.
    pub access_point_id: AccessPointId,
    /// When it was opened.
    pub opened_at: DateTime<Utc>,
    /// Who opened it.
    pub opener: String,
    /// Who stood by: never the same person.
    pub witness: String,
    /// How many letters lay in it.
    pub letters: i64,
    /// How many of them were typed in.
    pub typed: i64,
    /// Why the two numbers differ; empty when nobody wrote it.
    pub explanation: String,
}

impl Opening {
    /// Letters that are neither typed in nor explained.
    pub fn missing(&self) -> i64 {
        if self.explanation.is_empty() { (self.letters - self.typed).max(0) } else { 0 }
    }

    /// Whether another letter of it can be typed in.
    pub const fn takes_letters(&self) -> bool {
        self.typed < self.letters
    }
}

/// Whether a box should have been opened by now. A new box has its interval, too.
pub fn is_due(made_at: DateTime<Utc>, last_opened: Option<DateTime<Utc>>, days: i64, now: DateTime<Utc>) -> bool {
    now - last_opened.unwrap_or(made_at) > TimeDelta::days(days)
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn opening(letters: i64, typed: i64, explanation: &str) -> Opening {
        Opening {
            id: OpeningId(Uuid::nil()),
            access_point_id: AccessPointId(Uuid::nil()),
            opened_at: DateTime::UNIX_EPOCH,
            opener: "冯涛".into(),
            witness: "王女士".into(),
            letters,
            typed,
            explanation: explanation.into(),
        }
    }

    #[test]
    fn a_letter_is_missing_until_it_is_typed_in_or_explained() {
        assert_eq!(opening(3, 1, "").missing(), 2);
        assert_eq!(opening(3, 3, "").missing(), 0);
        assert_eq!(opening(0, 0, "").missing(), 0);
        assert_eq!(opening(3, 1, "两封是空信封").missing(), 0);
        assert!(opening(3, 1, "两封是空信封").takes_letters());
        assert!(!opening(3, 3, "").takes_letters());
    }

    #[test]
    fn a_box_is_due_after_its_interval_and_not_on_its_last_day() {
        let made = DateTime::UNIX_EPOCH;
        let day = |n| made + TimeDelta::days(n);
        assert!(!is_due(made, None, INTERVAL_DAYS, day(INTERVAL_DAYS)));
        assert!(is_due(made, None, INTERVAL_DAYS, day(INTERVAL_DAYS) + TimeDelta::seconds(1)));
        assert!(!is_due(made, Some(day(5)), INTERVAL_DAYS, day(INTERVAL_DAYS + 5)));
        assert!(is_due(made, Some(day(5)), INTERVAL_DAYS, day(INTERVAL_DAYS + 6)));
        assert!(is_due(made, Some(day(5)), 1, day(7)) && !is_due(made, Some(day(5)), 14, day(19)));
    }
}
