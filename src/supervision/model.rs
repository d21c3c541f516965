//! Orders, their life, and the rungs of the ladder.

use chrono::{DateTime, Utc};

use crate::kernel::{
    calendar::WorkCalendar,
    ids::{AgendaItemId, CaseId, DepartmentId, StaffId, SupervisionOrderId},
};

crate::code_enum! {
    /// How hard an order presses.
    pub enum Level {
        /// 催办.
        Press = "press",
        /// 书面督办.
        Written = "written",
        /// 挂牌督办.
        Listed = "listed",
        /// 约谈.
        Talk = "talk",
    }
}

crate::code_enum! {
    /// Where an order stands: `open → replied → accepted`, or back to `open` when the reply is not enough.
    pub enum OrderState {
        /// The department has to reply.
        Open = "open",
        /// Its reply has to be judged.
        Replied = "replied",
        /// The reply was accepted: it is done.
        Accepted = "accepted",
    }
}

impl OrderState {
    /// The department replies.
    pub const fn reply(self) -> Option<Self> {
        match self {
            Self::Open => Some(Self::Replied),
            Self::Replied | Self::Accepted => None,
        }
    }

    /// The reply is judged.
    pub const fn judge(self, accepted: bool) -> Option<Self> {
        match (self, accepted) {
            (Self::Replied, true) => Some(Self::Accepted),
            (Self::Replied, false) => Some(Self::Open),
            _ => None,
        }
    }
}

/// An order.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Order {
    /// The id.
    pub id: SupervisionOrderId,
    /// The year of its number.
    pub year: i64,
    /// Its number in the year.
    pub number: i64,
    /// How hard it presses.
    pub level: Level,
    /// The department that it is for.
    pub department_id: DepartmentId,
    /// The name of the department.
    pub department_name: String,
    /// Who issued it; `None` for the ladder.
    pub issuer_name: Option<String>,
    /// What it rests on.
    pub basis: String,
    /// What is demanded.
    pub demand: String,
    /// Until when a reply is due.
    pub due_at: DateTime<Utc>,
    /// When it was issued.
    pub issued_at: DateTime<Utc>,
    /// Where it stands.
    pub state: OrderState,
    /// What the department replied last; empty before.
    pub reply: String,
    /// Who replied.
    pub replier_name: Option<String>,
    /// When.
    pub replied_at: Option<DateTime<Utc>>,
    /// What was said of the reply; empty before.
    pub verdict: String,
    /// When it was judged.
    pub judged_at: Option<DateTime<Utc>>,
}

impl Order {
    /// Whether a reply is overdue.
    pub fn is_late(&self, now: DateTime<Utc>) -> bool {
        self.state == OrderState::Open && now > self.due_at
    }
}

/// What somebody who supervises decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewOrder {
    /// The numbers of its cases.
    pub cases: Vec<String>,
    /// How hard it presses.
    pub level: Level,
    /// What it rests on.
    pub basis: String,
    /// What is demanded.
    pub demand: String,
    /// The day until which a reply is due.
    pub due_on: chrono::NaiveDate,
}

/// A case that an order is about, as its readers may see it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct OrderedCase {
    /// The case.
    pub id: CaseId,
    /// Its number.
    pub number: String,
    /// The beginning of its text.
    pub excerpt: String,
}

/// An item for the next meeting.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct AgendaItem {
    /// The id.
    pub id: AgendaItemId,
    /// The number of the case.
    pub number: String,
    /// The beginning of its text.
    pub excerpt: String,
    /// The department that has it.
    pub department_name: Option<String>,
    /// Since when the case should have been done.
    pub due_at: DateTime<Utc>,
}

crate::code_enum! {
    /// A rung of the ladder (domain: Time limits).
    pub enum Rung {
        /// Half of the time is gone.
        Half = "due_half",
        /// One working day is left.
        DayBefore = "due_soon",
        /// The limit has passed: a flag to the office.
        Overdue = "overdue",
        /// Two working days later: an order, and the leader in charge knows.
        Order = "order",
        /// Five working days later: the next meeting deals with it.
        Agenda = "agenda",
    }
}

/// An open case on the ladder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Climber {
    /// Since when its present limit runs.
    pub since: DateTime<Utc>,
    /// Its present limit.
    pub due_at: DateTime<Utc>,
}

/// The rungs that are reached, lowest first.
pub fn reached(calendar: &WorkCalendar, climber: Climber, now: DateTime<Utc>) -> Vec<Rung> {
    let Climber { since, due_at } = climber;
    let rungs = [
        (Rung::Half, now >= since + (due_at - since) / 2),
        (Rung::DayBefore, calendar.add_working_days(now, 1) >= due_at),
        (Rung::Overdue, now > due_at),
        (Rung::Order, now > calendar.add_working_days(due_at, 2)),
        (Rung::Agenda, now > calendar.add_working_days(due_at, 5)),
    ];
    rungs.into_iter().filter_map(|(rung, here)| here.then_some(rung)).collect()
}

/// Of the rungs that fire together after a pause, those that still say something: no warning of what has happened already.
pub fn worth_saying(fresh: &[Rung]) -> Vec<Rung> {
    let late = fresh.iter().any(|r| *r > Rung::DayBefore);
    let soon = fresh.contains(&Rung::DayBefore);
    let stale = |rung: Rung| (late && rung < Rung::Overdue) || (soon && rung == Rung::Half);
    fresh.iter().copied().filter(|r| !stale(*r)).collect()
}

/// Who issued something, by what they may be called on paper.
pub fn issuer(order: &Order, program: &str) -> String {
    order.issuer_name.clone().unwrap_or_else(|| program.to_string())
}

/// Nobody in particular: the ladder.
pub const LADDER: Option<StaffId> = None;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    /// From Tuesday morning to Friday's closing time in Shanghai.
    fn week() -> Climber {
        Climber { since: at("2026-03-10T01:00:00Z"), due_at: at("2026-03-13T09:30:00Z") }
    }

    #[test]
    fn rungs_come_in_their_order() {
        let calendar = WorkCalendar::default();
        let rungs = |now: &str| reached(&calendar, week(), at(now));
        assert_eq!(rungs("2026-03-10T02:00:00Z"), []);
        assert_eq!(rungs("2026-03-12T02:00:00Z"), [Rung::Half, Rung::DayBefore]);
        assert_eq!(rungs("2026-03-13T09:30:00Z"), [Rung::Half, Rung::DayBefore]);
        assert_eq!(rungs("2026-03-13T09:30:01Z").last(), Some(&Rung::Overdue));
        // The weekend does not count: Monday and Tuesday are the two working days.
        assert_eq!(rungs("2026-03-17T09:30:00Z").last(), Some(&Rung::Overdue));
        assert_eq!(rungs("2026-03-17T09:30:01Z").last(), Some(&Rung::Order));
        assert_eq!(rungs("2026-03-20T09:30:01Z").last(), Some(&Rung::Agenda));
    }

    #[test]
    fn nobody_is_warned_of_what_has_happened() {
        assert_eq!(worth_saying(&[Rung::Half]), [Rung::Half]);
        assert_eq!(worth_saying(&[Rung::Half, Rung::DayBefore]), [Rung::DayBefore]);
        assert_eq!(
            worth_saying(&[Rung::Half, Rung::DayBefore, Rung::Overdue, Rung::Order]),
            [Rung::Overdue, Rung::Order]
        );
    }

    #[test]
    fn a_reply_that_is_not_enough_opens_the_order_again() {
        assert_eq!(OrderState::Open.reply(), Some(OrderState::Replied));
        assert_eq!(OrderState::Replied.judge(false), Some(OrderState::Open));
        assert_eq!(OrderState::Replied.judge(true), Some(OrderState::Accepted));
        assert_eq!(OrderState::Accepted.reply(), None);
        assert_eq!(OrderState::Open.judge(true), None);
    }

    proptest! {
        /// Time only climbs up.
        #[test]
        fn a_rung_that_was_reached_stays_reached(hours in 0i64..1_000, more in 0i64..1_000) {
            let calendar = WorkCalendar::default();
            let now = week().since + chrono::TimeDelta::hours(hours);
            let before = reached(&calendar, week(), now);
            let after = reached(&calendar, week(), now + chrono::TimeDelta::hours(more));
            prop_assert!(before.iter().all(|r| after.contains(r)));
        }
    }
}
