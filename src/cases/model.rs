//! The life of a case: its states, what may be done in each, and by whom.
//!
//! ```mermaid
//! stateDiagram-v2
//!   [*] --> received
//!   received --> assigned: accept and assign
//!   received --> declined: decline (reason)
//!   received --> withdrawn: withdraw
//!   received --> transferred: transfer to another body (also from assigned, in_progress, reopened)
//!   transferred --> reopened: the office reopens
//!   assigned --> in_progress: start, or first draft
//!   assigned --> assigned: assign to another department
//!   in_progress --> assigned: assign to another department
//!   assigned --> review: hand in a draft
//!   in_progress --> review: hand in a draft
//!   review --> in_progress: send back
//!   review --> answered: let out
//!   received --> answered: the office answers at once
//!   answered --> closed: close, or the submitter says "solved"
//!   answered --> reopened: "not solved", or the office reopens
//!   closed --> reopened: the office reopens
//!   declined --> reopened: the office reopens
//!   reopened --> assigned: accept and assign
//!   assigned --> returned: the department objects
//!   in_progress --> returned: the department objects
//!   returned --> received: the office upholds the objection
//!   returned --> assigned: the office overrules it
//!   assigned --> received: its department is recused
//!   returned --> received: its department is recused
//!   returned --> withdrawn: withdraw
//!   in_progress --> received: its department is recused
//!   review --> received: its department is recused
//!   assigned --> withdrawn: withdraw
//!   in_progress --> withdrawn: withdraw
//!   review --> withdrawn: withdraw
//!   reopened --> withdrawn: withdraw
//!   reopened --> answered: the office answers at once
//!   reopened --> declined: decline (reason)
//!   closed --> closed: the submitter says "solved"
//!   received --> merged: merged into another case
//!   assigned --> merged: merged into another case
//!   in_progress --> merged: merged into another case
//!   review --> merged: merged into another case
//!   reopened --> merged: merged into another case
//!   merged --> received: parted again, back to where it was (also to assigned, in_progress, review, reopened)
//! ```

mod case;
mod names;
mod rating;
mod verb;
mod words;

pub use case::{Case, answer_limit};
pub use names::named_in;
pub use rating::{Judged, Rating, Source};
pub use verb::{Side, Verb};
pub use words::{Decision, EventKind, Outcome, RecusalState, ReplyState};

use serde::{Deserialize, Serialize};

crate::code_enum! {
    /// Where a case stands.
    pub enum State {
        /// 已收到.
        Received = "received",
        /// 不予受理.
        Declined = "declined",
        /// 已交办.
        Assigned = "assigned",
        /// 办理中.
        InProgress = "in_progress",
        /// 退单: the department says "not ours", and the office has to rule.
        Returned = "returned",
        /// 待审核.
        Review = "review",
        /// 已答复.
        Answered = "answered",
        /// 已办结.
        Closed = "closed",
        /// 重办: back at the office.
        Reopened = "reopened",
        /// 撤回 by the submitter.
        Withdrawn = "withdrawn",
        /// 转办: another body deals with it, which is no answer of ours.
        Transferred = "transferred",
        /// 并件: handled with another case, its lead; where that one stands is what its submitter is told.
        Merged = "merged",
    }
}

crate::code_enum! {
    /// Which queue a case is in.
    pub enum Lane {
        /// The office's.
        Ordinary = "ordinary",
        /// Danger: the safeguarding lead's alone (未成年人保护法 §11).
        Safeguarding = "safeguarding",
        /// Came in a burst without a proof of work: stored and acknowledged, waits for a look by the office.
        Held = "held",
    }
}

crate::code_enum! {
    /// Who a submitter says to be.
    pub enum Person {
        /// 家长.
        Parent = "parent",
        /// 学生.
        Student = "student",
        /// 教职工.
        Staff = "staff",
        /// 其他.
        Public = "public",
    }
}

crate::code_enum! {
    /// How a submitter wants to appear.
    pub enum Identity {
        /// 匿名: nobody can know.
        Anonymous = "anonymous",
        /// 保密: only the custodian, with a reason, logged.
        Sealed = "sealed",
        /// 实名: those who handle it see it.
        Named = "named",
    }
}

/// An action that the present state does not allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[error("the case is not in a state for this")]
pub struct NotNow;

impl State {
    /// Whether somebody must still act on it.
    pub const fn is_open(self) -> bool {
        matches!(
            self,
            Self::Received | Self::Assigned | Self::InProgress | Self::Returned | Self::Review | Self::Reopened
        )
    }

    /// What the submitter is told: that departments argue about whose it is, is none of theirs.
    #[must_use]
    pub const fn outward(self) -> Self {
        match self {
            Self::Returned => Self::Assigned,
            state => state,
        }
    }

    /// Accept and send to a department; also to another one.
    ///
    /// # Errors
    /// `NotNow` after an answer or an end.
    pub const fn assign(self) -> Result<Self, NotNow> {
        match self {
            Self::Received | Self::Assigned | Self::InProgress | Self::Reopened => Ok(Self::Assigned),
            _ => Err(NotNow),
        }
    }

    /// Decline, with a reason.
    ///
    /// # Errors
    /// `NotNow` once it was sent to a department.
    pub const fn decline(self) -> Result<Self, NotNow> {
        match self {
            Self::Received | Self::Reopened => Ok(Self::Declined),
            _ => Err(NotNow),
        }
    }

    /// Given to another body, which is to deal with it (信访工作条例 §22).
    ///
    /// # Errors
    /// `NotNow` while an answer waits for review or an objection for its ruling, and after an end.
    pub const fn transfer(self) -> Result<Self, NotNow> {
        match self {
            Self::Received | Self::Assigned | Self::InProgress | Self::Reopened => Ok(Self::Transferred),
            _ => Err(NotNow),
        }
    }

    /// The department begins.
    ///
    /// # Errors
    /// `NotNow` unless it was assigned.
    pub const fn start(self) -> Result<Self, NotNow> {
        match self {
            Self::Assigned => Ok(Self::InProgress),
            _ => Err(NotNow),
        }
    }

    /// The department hands in its draft.
    ///
    /// # Errors
    /// `NotNow` unless the department has it.
    pub const fn hand_in(self) -> Result<Self, NotNow> {
        match self {
            Self::Assigned | Self::InProgress => Ok(Self::Review),
            _ => Err(NotNow),
        }
    }

    /// The office sends the draft back.
    ///
    /// # Errors
    /// `NotNow` unless there is a draft to review.
    pub const fn send_back(self) -> Result<Self, NotNow> {
        match self {
            Self::Review => Ok(Self::InProgress),
            _ => Err(NotNow),
        }
    }

    /// The answer goes out: after review, or by the office itself.
    ///
    /// # Errors
    /// `NotNow` when it was answered already or has ended.
    pub const fn let_out(self) -> Result<Self, NotNow> {
        match self {
            Self::Review | Self::Received | Self::Reopened => Ok(Self::Answered),
            _ => Err(NotNow),
        }
    }

    /// It is done.
    ///
    /// # Errors
    /// `NotNow` before an answer.
    pub const fn close(self) -> Result<Self, NotNow> {
        match self {
            Self::Answered => Ok(Self::Closed),
            _ => Err(NotNow),
        }
    }

    /// Back to the office.
    ///
    /// # Errors
    /// `NotNow` while it is open, or after the submitter withdrew it.
    pub const fn reopen(self) -> Result<Self, NotNow> {
        match self {
            Self::Answered | Self::Closed | Self::Declined | Self::Transferred => Ok(Self::Reopened),
            _ => Err(NotNow),
        }
    }

    /// The department objects: "not ours".
    ///
    /// # Errors
    /// `NotNow` unless the department has it.
    pub const fn object(self) -> Result<Self, NotNow> {
        match self {
            Self::Assigned | Self::InProgress => Ok(Self::Returned),
            _ => Err(NotNow),
        }
    }

    /// The office rules on an objection: back to the office, or the department keeps it.
    ///
    /// # Errors
    /// `NotNow` unless the department objected.
    pub const fn rule(self, upheld: bool) -> Result<Self, NotNow> {
        match (self, upheld) {
            (Self::Returned, true) => Ok(Self::Received),
            (Self::Returned, false) => Ok(Self::Assigned),
            _ => Err(NotNow),
        }
    }

    /// Taken from a department that may no longer see it.
    ///
    /// # Errors
    /// `NotNow` unless a department has it.
    pub const fn take_back(self) -> Result<Self, NotNow> {
        match self {
            Self::Assigned | Self::InProgress | Self::Returned | Self::Review => Ok(Self::Received),
            _ => Err(NotNow),
        }
    }

    /// The submitter judges the answer: "solved" closes it, "not solved" brings it back to the office.
    ///
    /// # Errors
    /// `NotNow` while there is no answer to judge.
    pub const fn rate(self, solved: bool) -> Result<Self, NotNow> {
        match (self, solved) {
            (Self::Answered | Self::Closed, true) => Ok(Self::Closed),
            (Self::Answered | Self::Closed, false) => Ok(Self::Reopened),
            _ => Err(NotNow),
        }
    }

    /// Merged into another case, whose answer and limits are its own from now on.
    ///
    /// # Errors
    /// `NotNow` once it was answered or has ended, and while an objection waits for its ruling.
    pub const fn merge(self) -> Result<Self, NotNow> {
        match self {
            Self::Received | Self::Assigned | Self::InProgress | Self::Review | Self::Reopened => Ok(Self::Merged),
            _ => Err(NotNow),
        }
    }

    /// Parted from its lead: where it stood before.
    ///
    /// # Errors
    /// `NotNow` unless it is merged.
    pub const fn part(self, before: Self) -> Result<Self, NotNow> {
        match (self, before.merge()) {
            (Self::Merged, Ok(_)) => Ok(before),
            _ => Err(NotNow),
        }
    }

    /// The submitter takes it back.
    ///
    /// # Errors
    /// `NotNow` after an answer or an end.
    pub const fn withdraw(self) -> Result<Self, NotNow> {
        match self {
            state if state.is_open() => Ok(Self::Withdrawn),
            _ => Err(NotNow),
        }
    }
}
