//! Calls, visits, call-backs, duties.

use chrono::{DateTime, NaiveDate, Utc};

use crate::kernel::{
    ids::{CallId, DraftId, StaffId, TaskId},
    roles::Channel,
};

crate::code_enum! {
    /// How somebody came to speak.
    pub enum CallKind {
        /// On the telephone.
        Call = "call",
        /// At the desk.
        Visit = "visit",
        /// On the telephone, and nobody answered.
        Missed = "missed",
    }
}

impl CallKind {
    /// The channel of what is said.
    pub const fn channel(self) -> Channel {
        match self {
            Self::Visit => Channel::WalkIn,
            Self::Call | Self::Missed => Channel::Hotline,
        }
    }
}

crate::code_enum! {
    /// What became of a call.
    pub enum CallOutcome {
        /// A new case.
        Case = "case",
        /// Answered on the spot.
        Answered = "answered",
        /// Joined to an open case.
        Attached = "attached",
        /// Danger: the safeguarding lead has it.
        Danger = "danger",
        /// Nobody answered.
        Missed = "missed",
    }
}

crate::code_enum! {
    /// How much it presses.
    #[derive(Default)]
    pub enum Urgency {
        /// The usual limits.
        #[default]
        Ordinary = "ordinary",
        /// The limit of urgent cases.
        Soon = "soon",
        /// Somebody is in danger: the safeguarding lane.
        Danger = "danger",
    }
}

/// What is to become of a call that is written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Then {
    /// A case.
    Case,
    /// A case that is answered by these words and closed.
    Answered(String),
    /// A further submission of the case of this number.
    Attach(String),
}

/// A call or visit that was written down, checked; what was said stands in the submission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCall {
    /// On the telephone or at the desk.
    pub kind: CallKind,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// The place that it is about; empty for the access point's own.
    pub place: String,
    /// Whether it presses.
    pub soon: bool,
    /// What becomes of it.
    pub then: Then,
    /// When to call back.
    pub call_back_at: Option<DateTime<Utc>>,
    /// The draft that it was.
    pub draft: Option<DraftId>,
}

/// One row of the log.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Logged {
    /// The id.
    pub id: CallId,
    /// How somebody came to speak.
    pub kind: CallKind,
    /// When it began; the hour, for anonymous people.
    pub started_at: DateTime<Utc>,
    /// How long it took.
    pub seconds: i64,
    /// What became of it.
    pub outcome: CallOutcome,
    /// Who took it down.
    pub operator: String,
    /// The number of the case, when the reader may know of it.
    pub case_number: Option<String>,
}

crate::code_enum! {
    /// Where a call-back stands.
    pub enum TaskState {
        /// Still to be done.
        Open = "open",
        /// They were reached.
        Done = "done",
        /// Given up.
        Dropped = "dropped",
    }
}

crate::code_enum! {
    /// Who may read a call-back.
    pub enum Readers {
        /// Everybody who takes calls.
        All = "all",
        /// Who promised it: the person asked for secrecy, or the matter is the safeguarding lead's.
        Promiser = "promiser",
    }
}

/// Most tries of a call-back; who was not reached then can call again.
pub const MOST_TRIES: i64 = 5;

/// A call-back.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Task {
    /// The id.
    pub id: TaskId,
    /// Who promised it.
    pub promised_by: StaffId,
    /// The name of who promised it.
    pub promiser: String,
    /// When.
    pub due_at: DateTime<Utc>,
    /// The sealed number.
    pub number_sealed: Option<Vec<u8>>,
    /// How often it was tried.
    pub tries: i64,
    /// What was noted at the last try.
    pub note: String,
    /// How the call came in.
    pub kind: CallKind,
    /// The number of the case, when the reader may know of it.
    pub case_number: Option<String>,
}

/// What came of a try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tried {
    /// They were reached.
    Reached,
    /// Not reached; the next try.
    Again(DateTime<Utc>),
    /// Given up.
    Dropped,
}

crate::code_enum! {
    /// Half a day.
    pub enum Half {
        /// 上午.
        Morning = "morning",
        /// 下午.
        Afternoon = "afternoon",
    }
}

/// Somebody is on the line for half a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duty {
    /// The day.
    pub day: NaiveDate,
    /// Which half.
    pub half: Half,
    /// Who.
    pub staff_id: StaffId,
}

/// `3:05`, or `1:02:05` from an hour on.
pub fn duration(seconds: i64) -> String {
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{rest:02}") } else { format!("{minutes}:{rest:02}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_reads_like_a_clock() {
        assert_eq!((duration(0), duration(185), duration(3725)), ("0:00".into(), "3:05".into(), "1:02:05".into()));
    }
}
