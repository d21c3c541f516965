//! The row of a case, and what follows from it alone.

use chrono::{DateTime, Utc};

use crate::{
    cases::{
        clocks::model::Rule,
        model::{Identity, Lane, Person, State},
    },
    kernel::{
        calendar::WorkCalendar,
        clock::hour_of,
        ids::{AccessPointId, CaseId, DepartmentId, OrganizationId, StaffId, TopicId},
        roles::Channel,
    },
    organizations::model::TimeLimits,
};

/// A case 件.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Case {
    /// The id.
    pub id: CaseId,
    /// The organisation.
    pub organization_id: OrganizationId,
    /// The number 编号.
    pub number: String,
    /// Where it stands.
    pub state: State,
    /// Its queue.
    pub lane: Lane,
    /// How it came.
    pub channel: Channel,
    /// How the submitter wants to appear.
    pub identity: Identity,
    /// Who the submitter says to be.
    pub person: Person,
    /// The topic.
    pub topic_id: TopicId,
    /// Where it came from.
    pub access_point_id: AccessPointId,
    /// The place of the access point.
    pub place: String,
    /// The beginning of the text.
    pub excerpt: String,
    /// The department that has it; `None` while the office has it. One of them is always responsible (promise 7).
    pub department_id: Option<DepartmentId>,
    /// The person of the department who began.
    pub handler_id: Option<StaffId>,
    /// When the next step is due.
    pub due_at: DateTime<Utc>,
    /// When the submitter was told that an answer will come.
    pub promised_at: DateTime<Utc>,
    /// When it came.
    pub received_at: DateTime<Utc>,
    /// When the answer went out.
    pub answered_at: Option<DateTime<Utc>>,
    /// When it ended.
    pub closed_at: Option<DateTime<Utc>>,
    /// When the submitter last urged.
    pub urged_at: Option<DateTime<Utc>>,
    /// Until when it stands still at most; `None` while it runs.
    pub paused_until: Option<DateTime<Utc>>,
    /// How often it was reopened.
    pub reopened: i64,
    /// The case that it is merged into now.
    pub lead_id: Option<CaseId>,
    /// When its content was erased; its number, days and states stay.
    pub erased_at: Option<DateTime<Utc>>,
    /// Counts changes: who changes it must have seen the present one (promise 7).
    pub version: i64,
    /// Whether the person for whom it was read stands in for the office (`cases::visibility`).
    #[sqlx(skip)]
    pub stood_in_for: bool,
    /// Whether the department of the person for whom it was read assists in it.
    #[sqlx(skip)]
    pub assisted: bool,
}

/// The limit of an answer in working days.
pub const fn answer_limit(limits: &TimeLimits, lane: Lane) -> u16 {
    match lane {
        Lane::Safeguarding => limits.urgent,
        Lane::Ordinary | Lane::Held => limits.handling,
    }
}

/// A submitter may urge again after so many working days.
const URGE_PAUSE: u32 = 3;

impl Case {
    /// The time to write for something that the submitter does: the hour when they are anonymous (promise 8).
    pub fn time_of_submitter(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        if self.identity == Identity::Anonymous { hour_of(now) } else { now }
    }

    /// Brings it back to the office: new limits from `at`, nobody's work any more. The caller sets the state.
    pub fn back_to_office(&mut self, calendar: &WorkCalendar, limits: &TimeLimits, at: DateTime<Utc>) {
        self.department_id = None;
        self.handler_id = None;
        self.due_at = Rule::triage(limits, at).due(calendar);
        self.promised_at = Rule::answer(answer_limit(limits, self.lane), at, self.reopened + 1).due(calendar);
        self.answered_at = None;
        self.closed_at = None;
        self.urged_at = None;
        self.reopened += 1;
    }

    /// The case as its submitter asks for it: where its lead stands, when it is merged, and when they urged themselves.
    #[must_use]
    pub fn asked_at(&self, lead: Option<&Self>) -> Self {
        let urged_at = self.urged_at;
        Self { urged_at, ..lead.unwrap_or(self).clone() }
    }

    /// Whether the submitter may urge now: while it is open, once in three working days.
    pub fn can_urge(&self, calendar: &WorkCalendar, now: DateTime<Utc>) -> bool {
        self.state.is_open() && self.urged_at.is_none_or(|at| calendar.working_days_between(at, now) >= URGE_PAUSE)
    }

    /// Whether the submitter may take it back. Danger stays: the duty to act does not end with the wish of who reported
    /// it, who may have been made to.
    pub fn can_withdraw(&self) -> bool {
        self.lane != Lane::Safeguarding && self.state.withdraw().is_ok()
    }

    /// Another case joins this one: nobody who was promised an answer waits longer for it than they were told. What lies
    /// with the office is looked at by the earlier of the two limits; what lies with a department is answered by the
    /// earlier promise.
    pub fn take_over_limits(&mut self, other: &Self) {
        self.promised_at = self.promised_at.min(other.promised_at);
        let asked = match (self.department_id, other.department_id) {
            (None, None) => other.due_at,
            _ => other.promised_at,
        };
        self.due_at = self.due_at.min(asked);
    }

    /// Whether the submitter may write: always, unless they withdrew it.
    pub fn can_message(&self) -> bool {
        self.state != State::Withdrawn && self.erased_at.is_none()
    }
}
