//! Appointments: who, for which term and area, and whether the person may act at this moment.
//!
//! ```mermaid
//! stateDiagram-v2
//!   [*] --> coming
//!   coming --> promise: the first day begins
//!   promise --> active: the promise of confidentiality is accepted
//!   coming --> over: ended early
//!   promise --> over: the term ends, or it is ended early
//!   active --> over: the term ends, or it is ended early
//! ```
//!
//! Nobody moves an appointment from one state to the next: the clock does ([`Appointment::standing`]). So it ends by
//! itself, whatever sessions are open and whichever jobs run. A renewal is a new appointment.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use crate::kernel::ids::{AppointmentId, CaseId, DrawId, RecheckId, RectificationId, StaffId, TopicId};

/// The version of the promise of confidentiality that is accepted now; counted up when its words change.
pub const PROMISE_VERSION: i64 = 1;

crate::code_enum! {
    /// Whom a representative speaks for.
    pub enum Kind {
        /// 家长代表.
        Parent = "parent",
        /// 群众代表.
        Public = "public",
    }
}

crate::code_enum! {
    /// Where an appointment stands at a moment.
    pub enum Standing {
        /// Its first day is still to come.
        Coming = "coming",
        /// In its term, and the promise of confidentiality is not accepted yet: nothing else opens.
        Promise = "promise",
        /// In its term.
        Active = "active",
        /// The term has passed.
        Over = "over",
        /// Ended before its time.
        Ended = "ended",
    }
}

crate::code_enum! {
    /// What a second look found.
    pub enum Finding {
        /// It is as the answer says.
        Fixed = "fixed",
        /// It is not; the case goes back to the office.
        NotFixed = "not_fixed",
        /// It can't be told.
        Unclear = "unclear",
    }
}

/// Where a representative looks: these places, and these topics wherever they are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Area {
    /// Names of places, as access points and cases have them.
    pub places: Vec<String>,
    /// Topics.
    pub topics: Vec<TopicId>,
}

impl Area {
    /// Whether something at this place, about this topic, is in the area.
    pub fn covers(&self, place: &str, topic: TopicId) -> bool {
        self.places.iter().any(|p| p == place) || self.topics.contains(&topic)
    }
}

/// An appointment 聘任.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Appointment {
    /// The id.
    pub id: AppointmentId,
    /// The person.
    pub staff_id: StaffId,
    /// The name of the person.
    pub name: String,
    /// The sign-in name of the person.
    pub username: String,
    /// Whom they speak for.
    pub kind: Kind,
    /// The beginning of the term.
    pub term_from: DateTime<Utc>,
    /// The end of the term, exclusive.
    pub term_to: DateTime<Utc>,
    /// The name of who appointed.
    pub appointed_by: String,
    /// When.
    pub appointed_at: DateTime<Utc>,
    /// The version of the promise that was accepted.
    pub promise_version: Option<i64>,
    /// When the promise was accepted.
    pub promised_at: Option<DateTime<Utc>>,
    /// Whether the person wants to be named on the start page.
    pub visible: bool,
    /// When it was ended before its time.
    pub ended_at: Option<DateTime<Utc>>,
    /// Why.
    pub end_reason: String,
}

impl Appointment {
    /// Where it stands at a moment.
    pub fn standing(&self, now: DateTime<Utc>) -> Standing {
        match self {
            a if a.ended_at.is_some_and(|at| at <= now) => Standing::Ended,
            a if now >= a.term_to => Standing::Over,
            a if now < a.term_from => Standing::Coming,
            a if a.promise_version != Some(PROMISE_VERSION) => Standing::Promise,
            _ => Standing::Active,
        }
    }

    /// Whether something that was signed at a moment of this term may be sent now, when the term has ended no longer than
    /// `grace` ago.
    pub fn may_still_send(&self, signed: DateTime<Utc>, now: DateTime<Utc>, grace: TimeDelta) -> bool {
        let end = self.ended_at.map_or(self.term_to, |at| at.min(self.term_to));
        self.standing(signed) == Standing::Active && signed < end && now < end + grace
    }

    /// Whether it could still be ended.
    pub fn can_end(&self, now: DateTime<Utc>) -> bool {
        !matches!(self.standing(now), Standing::Over | Standing::Ended)
    }
}

/// The appointment that counts for a person now: the one that runs, else the next, else the last. `None` when there
/// never was any.
pub fn counting(all: &[Appointment], now: DateTime<Utc>) -> Option<&Appointment> {
    let rank = |a: &Appointment| match a.standing(now) {
        Standing::Active | Standing::Promise => (2, 0),
        Standing::Coming => (1, -a.term_from.timestamp()),
        Standing::Over | Standing::Ended => (0, a.term_to.timestamp()),
    };
    all.iter().max_by_key(|a| rank(a))
}

/// Who is appointed: a new person with an account to be made, or somebody who was a representative before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Person {
    /// Somebody with an account.
    Known(StaffId),
    /// Somebody new.
    New {
        /// The name.
        name: String,
        /// The sign-in name; empty when one is to be made up.
        username: String,
    },
}

/// An appointment as it was typed, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAppointment {
    /// Who.
    pub person: Person,
    /// Whom they speak for.
    pub kind: Kind,
    /// The first day.
    pub first_day: NaiveDate,
    /// The last day.
    pub last_day: NaiveDate,
    /// The area.
    pub area: Area,
}

/// A draw of cases, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Draw {
    /// The id.
    pub id: DrawId,
    /// The appointment that it was made for.
    pub appointment_id: AppointmentId,
    /// The name of the representative.
    pub name: String,
    /// The random bytes that decided.
    pub seed: Vec<u8>,
    /// The hash of what was drawn from.
    pub population_hash: Vec<u8>,
    /// How many there were to draw from.
    pub population: i64,
    /// How many were to be drawn.
    pub wanted: i64,
    /// The name of who made it; `None` for the program.
    pub drawn_by: Option<String>,
    /// When.
    pub drawn_at: DateTime<Utc>,
}

/// What is looked at again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A case that was answered.
    Case(CaseId),
    /// A rectification that was reported done.
    Rectification(RectificationId),
}

impl Subject {
    /// The subject of a row, which has either.
    pub fn of(case: Option<CaseId>, rectification: Option<RectificationId>) -> Option<Self> {
        rectification.map(Self::Rectification).or(case.map(Self::Case))
    }

    /// The id by which it is drawn: 16 bytes.
    pub const fn bytes(self) -> [u8; 16] {
        match self {
            Self::Case(id) => id.0.into_bytes(),
            Self::Rectification(id) => id.0.into_bytes(),
        }
    }
}

impl std::fmt::Display for Subject {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Case(id) => id.fmt(f),
            Self::Rectification(id) => id.fmt(f),
        }
    }
}

/// A second look 回头看 at a case or a rectification that was drawn.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Recheck {
    /// The id.
    pub id: RecheckId,
    /// The draw.
    pub draw_id: DrawId,
    /// Its place in the draw, from 1.
    pub position: i64,
    /// The case, when it is one.
    pub case_id: Option<CaseId>,
    /// The rectification, when it is one.
    pub rectification_id: Option<RectificationId>,
    /// What was found; `None` while it waits.
    pub result: Option<Finding>,
    /// What the representative wrote.
    pub comment: String,
    /// When.
    pub checked_at: Option<DateTime<Utc>>,
}

impl Recheck {
    /// What is looked at.
    pub fn subject(&self) -> Option<Subject> {
        Subject::of(self.case_id, self.rectification_id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;
    use uuid::Uuid;

    fn day(n: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::days(n)
    }

    fn appointment(from: i64, to: i64) -> Appointment {
        Appointment {
            id: AppointmentId(Uuid::from_u128(u128::try_from(from).unwrap())),
            staff_id: StaffId(Uuid::nil()),
            name: "宋家明".into(),
            username: "songjiaming".into(),
            kind: Kind::Parent,
            term_from: day(from),
            term_to: day(to),
            appointed_by: "李秀英".into(),
            appointed_at: day(0),
            promise_version: Some(PROMISE_VERSION),
            promised_at: Some(day(from)),
            visible: false,
            ended_at: None,
            end_reason: String::new(),
        }
    }

    #[test]
    fn a_term_runs_from_its_first_moment_to_its_last_exclusively() {
        let a = appointment(10, 20);
        let second = TimeDelta::milliseconds(1);
        assert_eq!(a.standing(day(10) - second), Standing::Coming);
        assert_eq!(a.standing(day(10)), Standing::Active);
        assert_eq!(a.standing(day(20) - second), Standing::Active);
        assert_eq!(a.standing(day(20)), Standing::Over);
    }

    #[test]
    fn nothing_opens_before_the_promise_of_today_is_accepted() {
        let never = Appointment { promise_version: None, promised_at: None, ..appointment(10, 20) };
        assert_eq!(never.standing(day(12)), Standing::Promise);
        let an_older_text = Appointment { promise_version: Some(PROMISE_VERSION - 1), ..appointment(10, 20) };
        assert_eq!(an_older_text.standing(day(12)), Standing::Promise);
    }

    #[test]
    fn who_is_sent_away_is_away_at_once() {
        let ended = Appointment { ended_at: Some(day(15)), ..appointment(10, 20) };
        assert_eq!(ended.standing(day(15)), Standing::Ended);
        assert!(!ended.can_end(day(16)) && ended.can_end(day(14)));
    }

    #[test]
    fn of_several_appointments_the_running_one_counts() {
        let all = [appointment(1, 5), appointment(10, 20), appointment(20, 30), appointment(40, 50)];
        let at = |n: i64| counting(&all, day(n)).map(|a| a.term_from);
        assert_eq!(at(12), Some(day(10)));
        assert_eq!(at(20), Some(day(20)));
        assert_eq!(at(35), Some(day(40)), "the next");
        assert_eq!(at(60), Some(day(40)), "the last");
        assert_eq!(at(0), Some(day(1)));
        assert!(counting(&[], day(0)).is_none());
    }

    #[test]
    fn an_area_is_its_places_and_its_topics() {
        let topic = TopicId(Uuid::from_u128(1));
        let other = TopicId(Uuid::from_u128(2));
        let area = Area { places: vec!["食堂三楼".into()], topics: vec![topic] };
        assert!(area.covers("食堂三楼", other) && area.covers("操场", topic));
        assert!(!area.covers("操场", other) && !Area::default().covers("", topic));
    }
}
