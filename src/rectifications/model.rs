//! Rectifications and their life.
//!
//! ```mermaid
//! stateDiagram-v2
//!   [*] --> open: made
//!   open --> reported: reported done
//!   reported --> fixed: a representative looked again
//!   reported --> not_fixed: a representative looked again
//!   reported --> reported: they can't tell
//!   not_fixed --> reported: reported done again
//!   open --> withdrawn: made by mistake
//!   reported --> withdrawn
//!   not_fixed --> withdrawn
//! ```

use chrono::{DateTime, NaiveDate, Utc};

use crate::kernel::ids::{CaseId, DepartmentId, FindingId, RectificationId, RectificationPhotoId, StaffId, TopicId};

crate::code_enum! {
    /// Where a rectification stands.
    pub enum State {
        /// 待整改.
        Open = "open",
        /// 已报完成: waits for a second look.
        Reported = "reported",
        /// 复查已整改.
        Fixed = "fixed",
        /// 复查未整改: to be done again.
        NotFixed = "not_fixed",
        /// 已撤回: it was a mistake. It stays to be read, and counts nowhere.
        Withdrawn = "withdrawn",
    }
}

crate::code_enum! {
    /// What a second look found.
    pub enum Look {
        /// It is done.
        Fixed = "fixed",
        /// It is not.
        NotFixed = "not_fixed",
        /// It can't be told.
        Unclear = "unclear",
    }
}

crate::code_enum! {
    /// A step in the life of a rectification.
    pub enum StepKind {
        /// Reported done.
        Reported = "reported",
        /// Looked at again: done.
        Fixed = "fixed",
        /// Looked at again: not done.
        NotFixed = "not_fixed",
        /// Looked at again: it can't be told.
        Unclear = "unclear",
        /// Taken back as a mistake.
        Withdrawn = "withdrawn",
    }
}

crate::code_enum! {
    /// What a photo shows.
    pub enum Side {
        /// 整改前.
        Before = "before",
        /// 整改后.
        After = "after",
        /// What a representative saw on a second look.
        Look = "look",
    }
}

impl State {
    /// Whether somebody has to act.
    pub const fn is_due(self) -> bool {
        matches!(self, Self::Open | Self::NotFixed)
    }

    /// It is reported done; `None` when it was.
    pub const fn report(self) -> Option<Self> {
        if self.is_due() { Some(Self::Reported) } else { None }
    }

    /// It is taken back as a mistake; `None` when it is over.
    pub const fn withdraw(self) -> Option<Self> {
        match self {
            Self::Open | Self::Reported | Self::NotFixed => Some(Self::Withdrawn),
            Self::Fixed | Self::Withdrawn => None,
        }
    }

    /// A representative looked again; `None` when there is nothing to look at.
    pub const fn look(self, found: Look) -> Option<Self> {
        match (self, found) {
            (Self::Reported, Look::Fixed) => Some(Self::Fixed),
            (Self::Reported, Look::NotFixed) => Some(Self::NotFixed),
            (Self::Reported, Look::Unclear) => Some(Self::Reported),
            _ => None,
        }
    }
}

impl Look {
    /// The step that it is.
    pub const fn step(self) -> StepKind {
        match self {
            Self::Fixed => StepKind::Fixed,
            Self::NotFixed => StepKind::NotFixed,
            Self::Unclear => StepKind::Unclear,
        }
    }
}

/// A rectification, as its readers see it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Rectification {
    /// The id.
    pub id: RectificationId,
    /// The case that it belongs to.
    pub case_id: Option<CaseId>,
    /// The number of that case, for those who may see it.
    pub number: Option<String>,
    /// The finding that it came of.
    pub finding_id: Option<FindingId>,
    /// Where.
    pub place: String,
    /// About what.
    pub topic_id: TopicId,
    /// What is to be done.
    pub measure: String,
    /// Who has it.
    pub department_id: DepartmentId,
    /// The name of that department.
    pub department: String,
    /// The person in it.
    pub person_id: Option<StaffId>,
    /// The name of that person.
    pub person: Option<String>,
    /// Until when.
    pub due_at: DateTime<Utc>,
    /// What it may cost, in fen 分.
    pub planned_fen: Option<i64>,
    /// What it cost, in fen.
    pub actual_fen: Option<i64>,
    /// Where it stands.
    pub state: State,
    /// How often it was reported done.
    pub round: i64,
    /// Counted up with each change.
    pub version: i64,
    /// Who made it.
    pub maker_id: StaffId,
    /// Their name.
    pub made_by: String,
    /// When.
    pub made_at: DateTime<Utc>,
    /// When it was last reported done.
    pub reported_at: Option<DateTime<Utc>>,
    /// Why it was withdrawn.
    pub withdrawn_because: Option<String>,
}

impl Rectification {
    /// Whether it should have been done by now.
    pub fn is_late(&self, now: DateTime<Utc>) -> bool {
        self.state.is_due() && now > self.due_at
    }
}

/// A step, with who took it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Step {
    /// Of which report.
    pub round: i64,
    /// What happened.
    pub kind: StepKind,
    /// What was said.
    pub words: String,
    /// By whom.
    pub name: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// A photo.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Photo {
    /// The id.
    pub id: RectificationPhotoId,
    /// What it shows.
    pub side: Side,
    /// Of which report; 0 for those before.
    pub round: i64,
    /// `jpg` or `png`.
    pub kind: String,
    /// What it is called in the folder.
    pub sha256: Vec<u8>,
}

/// What somebody who makes one decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRectification {
    /// The key of the form.
    pub idempotency_key: String,
    /// What is to be done.
    pub measure: String,
    /// Who has it.
    pub department: DepartmentId,
    /// The person in it.
    pub person: Option<StaffId>,
    /// The day until which it is due.
    pub due_on: NaiveDate,
    /// What it may cost, in fen.
    pub planned_fen: Option<i64>,
    /// Whether the photo of the finding is the one before.
    pub takes_photo: bool,
}

/// What a list is narrowed to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Where they stand.
    pub state: Option<State>,
    /// Who has them.
    pub department: Option<DepartmentId>,
    /// Those that should have been done by now alone.
    pub overdue: bool,
}

impl Filter {
    /// Whether one is in the list.
    pub fn fits(&self, one: &Rectification, now: DateTime<Utc>) -> bool {
        self.state.is_none_or(|s| s == one.state)
            && self.department.is_none_or(|d| d == one.department_id)
            && (!self.overdue || one.is_late(now))
    }
}

/// What a list adds up to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// What they may cost together, in fen.
    pub planned: i64,
    /// What they cost, in fen.
    pub actual: i64,
}

impl Sums {
    /// Adds a list up. What was withdrawn will cost nothing; what was spent on it was spent.
    pub fn of<'a>(list: impl IntoIterator<Item = &'a Rectification>) -> Self {
        let planned = |one: &Rectification| one.planned_fen.filter(|_| one.state != State::Withdrawn);
        list.into_iter().fold(Self::default(), |sums, one| Self {
            planned: sums.planned.saturating_add(planned(one).unwrap_or(0)),
            actual: sums.actual.saturating_add(one.actual_fen.unwrap_or(0)),
        })
    }
}

/// Fen as yuan: `1234.50`.
pub fn yuan(fen: i64) -> String {
    format!("{}{}.{:02}", if fen < 0 { "-" } else { "" }, (fen / 100).abs(), (fen % 100).abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_looked_at_after_it_was_reported_and_done_again_when_it_was_not() {
        assert_eq!(State::Open.report(), Some(State::Reported));
        assert_eq!(State::Open.look(Look::Fixed), None, "there is nothing to see yet");
        assert_eq!(State::Reported.report(), None);
        assert_eq!(State::Reported.look(Look::NotFixed), Some(State::NotFixed));
        assert_eq!(State::NotFixed.report(), Some(State::Reported));
        assert_eq!(State::Reported.look(Look::Unclear), Some(State::Reported), "somebody else may tell");
        assert_eq!(State::Reported.look(Look::Fixed), Some(State::Fixed));
        for over in [State::Fixed, State::Withdrawn] {
            assert_eq!((over.withdraw(), over.report(), over.look(Look::NotFixed)), (None, None, None));
        }
        for mistaken in [State::Open, State::Reported, State::NotFixed] {
            assert_eq!(mistaken.withdraw(), Some(State::Withdrawn));
        }
        assert!(State::ALL.iter().all(|s| State::Fixed.report().is_none() && s.is_due() == s.report().is_some()));
    }

    #[test]
    fn money_is_written_with_fen() {
        assert_eq!([0, 5, 123_450, -102].map(yuan), ["0.00", "0.05", "1234.50", "-1.02"]);
    }
}
