//! How a submitter judges an answer.

use crate::cases::model::State;

crate::code_enum! {
    /// Who asked the three questions.
    pub enum Source {
        /// The submitter answered by themself, on the tracking page.
        Own = "self",
        /// Somebody of the office called.
        Phone = "phone",
        /// A representative asked.
        Representative = "representative",
    }
}

/// The three questions of a callback 回访 and what the submitter adds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rating {
    /// Whether somebody contacted them.
    pub contacted: bool,
    /// Whether it is solved.
    pub solved: bool,
    /// Whether they are satisfied.
    pub satisfied: bool,
    /// What they add; may be empty.
    pub comment: String,
}

/// Whether the last answer can be judged, and whether it was.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Judged {
    /// It was.
    pub rated: bool,
    /// It can be.
    pub can_rate: bool,
}

impl Judged {
    /// From the numbers of the last answer's and the last judgement's events: each answer is judged once.
    pub fn of(state: State, answered: Option<i64>, rated: Option<i64>) -> Self {
        let rated = rated.is_some_and(|r| answered.is_none_or(|a| r > a));
        Self { rated, can_rate: !rated && answered.is_some() && state.rate(true).is_ok() }
    }
}
