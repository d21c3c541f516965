//! When a callback is due, and when it has ended. Pure.

use chrono::{DateTime, Utc};

use crate::kernel::{
    calendar::WorkCalendar,
    ids::{CaseId, HandoverId, StaffId},
};

crate::code_enum! {
    /// What came of a try, when the submitter said nothing.
    pub enum Outcome {
        /// Nobody answered.
        NoAnswer = "no_answer",
        /// They asked to be called at another time.
        Later = "later",
        /// The number is not theirs.
        WrongNumber = "wrong_number",
        /// They do not want to be asked.
        Unwilling = "unwilling",
    }
}

/// So many times without an answer, and it has ended.
pub const MOST_UNANSWERED: usize = 3;

/// A try.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Try {
    /// The case.
    pub case_id: CaseId,
    /// After which reopening.
    pub round: i64,
    /// What came of it.
    pub outcome: Outcome,
    /// What the caller noted; may be empty.
    pub note: String,
    /// When to try again.
    pub next_at: Option<DateTime<Utc>>,
    /// Who called.
    pub caller: String,
    /// When.
    pub created_at: DateTime<Utc>,
}

/// A callback that was handed to a representative.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Handover {
    /// The id.
    pub id: HandoverId,
    /// The case.
    pub case_id: CaseId,
    /// After which reopening.
    pub round: i64,
    /// The representative.
    pub staff_id: StaffId,
    /// Their name.
    pub name: String,
    /// Whether they get name and number: the submitter is named and agreed.
    pub with_contact: bool,
    /// How the submitter agreed; may be empty.
    pub agreement: String,
    /// When it was handed over.
    pub handed_at: DateTime<Utc>,
    /// When they did it.
    pub done_at: Option<DateTime<Utc>>,
}

/// Where a callback stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is to be done.
    Due(DateTime<Utc>),
    /// Nobody will ask again: unreachable, or they do not want it.
    Ended(Outcome),
}

/// When a callback is due at first: when the limit of the case ends, but at the earliest at the end of the first working
/// day after the answer.
pub fn first_due(calendar: &WorkCalendar, promised_at: DateTime<Utc>, answered_at: DateTime<Utc>) -> DateTime<Utc> {
    promised_at.max(calendar.add_working_days(answered_at, 1))
}

/// Where it stands after these tries, the oldest first. After "no answer" the next working day is given.
pub fn standing(calendar: &WorkCalendar, first_due: DateTime<Utc>, tries: &[&Try]) -> Standing {
    let unanswered = tries.iter().filter(|t| t.outcome == Outcome::NoAnswer).count();
    let Some(last) = tries.last() else { return Standing::Due(first_due) };
    match last.outcome {
        Outcome::WrongNumber | Outcome::Unwilling => Standing::Ended(last.outcome),
        Outcome::NoAnswer if unanswered >= MOST_UNANSWERED => Standing::Ended(last.outcome),
        Outcome::NoAnswer => Standing::Due(calendar.add_working_days(last.created_at, 1)),
        Outcome::Later => Standing::Due(last.next_at.unwrap_or(first_due)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(text: &str) -> DateTime<Utc> {
        format!("{text}:00+08:00").parse().unwrap()
    }

    fn calendar() -> WorkCalendar {
        WorkCalendar::default()
    }

    fn tried(outcome: Outcome, created: &str, next: Option<&str>) -> Try {
        Try {
            case_id: CaseId(uuid::Uuid::from_u128(1)),
            round: 0,
            outcome,
            note: String::new(),
            next_at: next.map(at),
            caller: "李秀英".into(),
            created_at: at(created),
        }
    }

    #[test]
    fn it_is_due_the_day_the_limit_ends_and_never_on_the_day_of_the_answer() {
        let promised = calendar().closing("2026-03-17".parse().unwrap());
        let due = |answered: &str| first_due(&calendar(), promised, at(answered));
        assert_eq!(due("2026-03-12T10:00"), promised, "answered early: the day of the limit");
        let next = calendar().closing("2026-03-18".parse().unwrap());
        assert_eq!(due("2026-03-17T10:00"), next, "answered on the last day: the next working day");
        let monday = calendar().closing("2026-03-23".parse().unwrap());
        assert_eq!(due("2026-03-20T16:00"), monday, "answered late on a Friday: on Monday");
    }

    #[test]
    fn three_times_without_an_answer_are_enough() {
        let first = calendar().closing("2026-03-17".parse().unwrap());
        let tries = [
            tried(Outcome::NoAnswer, "2026-03-17T10:00", None),
            tried(Outcome::NoAnswer, "2026-03-18T10:00", None),
            tried(Outcome::NoAnswer, "2026-03-19T10:00", None),
        ];
        let of = |n: usize| standing(&calendar(), first, &tries.iter().take(n).collect::<Vec<_>>());
        assert_eq!(of(0), Standing::Due(first));
        assert_eq!(of(2), Standing::Due(calendar().closing("2026-03-19".parse().unwrap())));
        assert_eq!(of(3), Standing::Ended(Outcome::NoAnswer));
    }

    #[test]
    fn who_asks_to_be_called_later_is_called_then() {
        let first = calendar().closing("2026-03-17".parse().unwrap());
        let later = tried(Outcome::Later, "2026-03-17T10:00", Some("2026-03-20T19:00"));
        assert_eq!(standing(&calendar(), first, &[&later]), Standing::Due(at("2026-03-20T19:00")));
        let wrong = tried(Outcome::WrongNumber, "2026-03-17T10:00", None);
        assert_eq!(standing(&calendar(), first, &[&later, &wrong]), Standing::Ended(Outcome::WrongNumber));
    }

    proptest! {
        /// Never before the limit, never on the day of the answer, always when the office closes or the limit's moment.
        #[test]
        fn a_callback_leaves_time_to_speak_first(promised in 0i64..400, answered in 0i64..400) {
            let begin = at("2026-01-05T09:00");
            let promised = begin + chrono::TimeDelta::hours(promised * 6);
            let answered = begin + chrono::TimeDelta::hours(answered * 6);
            let due = first_due(&calendar(), promised, answered);
            prop_assert!(due >= promised && due > answered);
            prop_assert!(calendar().working_days_between(answered, due) >= 1);
        }
    }
}
