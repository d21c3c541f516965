//! What an event does to the clocks; pure. What follows from the state of the case is read off the state, so that a way
//! to end a case that is added later ends its clocks too.

use chrono::{DateTime, Utc};

use crate::{
    cases::{
        clocks::model::{Clock, Outcome, REVIEW_DAYS, Rule, Stage, Unit},
        model::{Case, EventKind, Lane, State, answer_limit},
    },
    kernel::calendar::WorkCalendar,
    organizations::model::TimeLimits,
};

/// A step of a clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// It ends.
    End(Stage, Outcome),
    /// It begins.
    Start(Stage, Rule),
    /// It is counted otherwise.
    Change(Stage, Rule),
}

/// What there is before the event.
pub(super) struct Before<'a> {
    pub(super) calendar: &'a WorkCalendar,
    pub(super) limits: &'a TimeLimits,
    pub(super) running: &'a [Clock],
    pub(super) may_object: bool,
}

/// Working days in which a wish for more time should be decided: our own rule.
const DECIDE_DAYS: u16 = 1;

/// The steps of all clocks, ends before beginnings.
pub(super) fn steps(case: &Case, kind: EventKind, at: DateTime<Utc>, before: &Before<'_>) -> Vec<Step> {
    let ends = before.running.iter().filter_map(|clock| Some(Step::End(clock.stage, end(case, kind, at, clock)?)));
    let mut steps: Vec<Step> = ends.collect();
    let ended = |stage| steps.iter().any(|s| matches!(s, Step::End(e, _) if *e == stage));
    let triage_runs = before.running.iter().any(|c| c.stage == Stage::Triage) && !ended(Stage::Triage);
    let mut begin = Vec::new();
    if at_office(case) && !triage_runs {
        begin.push(Step::Start(Stage::Triage, Rule::triage(before.limits, at)));
    }
    match kind {
        EventKind::Received | EventKind::Reopened if case.state.is_open() => {
            let amount = before.calendar.working_days_between(at, case.promised_at);
            let answer = Rule::answer(u16::try_from(amount).unwrap_or(u16::MAX), at, case.reopened);
            begin.push(Step::Start(Stage::Answer, answer));
            let notice = Rule::working(before.limits.acceptance, at, super::model::FIRST_DAYS);
            begin.push(Step::Start(Stage::Acceptance, notice));
        }
        EventKind::Assigned if case.department_id.is_some() => {
            begin.push(Step::Start(Stage::Handling, handling(case, at, before)));
            if before.may_object {
                begin.push(Step::Start(Stage::Objection, Rule::working(before.limits.objection, at, 0)));
            }
        }
        EventKind::ExtensionAsked => begin.push(Step::Start(Stage::Extension, Rule::working(DECIDE_DAYS, at, 0))),
        EventKind::Extended => {
            for clock in before.running.iter().filter(|c| matches!(c.stage, Stage::Handling | Stage::Answer)) {
                let rule = clock.rule().longest(case.reopened, true).day(case.due_at);
                begin.push(Step::Change(clock.stage, rule));
            }
        }
        EventKind::Answered => {
            let today = before.calendar.add_working_days(at, 0);
            if case.state == State::Answered {
                let day = Rule::working(0, at, 0).day(case.promised_at.max(today));
                begin.push(Step::Start(Stage::Callback, day));
            }
            begin.push(Step::Start(Stage::Review, Rule::calendar(REVIEW_DAYS, at)));
        }
        _ => {}
    }
    steps.extend(begin);
    steps
}

const fn at_office(case: &Case) -> bool {
    matches!(case.state, State::Received | State::Reopened)
}

const fn at_department(case: &Case) -> bool {
    matches!(case.state, State::Assigned | State::InProgress | State::Returned | State::Review)
}

/// How a running clock ends with this event; `None` when it runs on.
fn end(case: &Case, kind: EventKind, at: DateTime<Utc>, clock: &Clock) -> Option<Outcome> {
    let measured = || if at <= clock.due_at { Outcome::Met } else { Outcome::Late };
    let unused = || if at > clock.due_at { Outcome::Lapsed } else { Outcome::Cancelled };
    let answered = matches!(case.state, State::Answered | State::Closed);
    match clock.stage {
        Stage::Triage | Stage::Acceptance if at_office(case) => {
            // A new round begins new ones.
            (kind == EventKind::Reopened && clock.stage == Stage::Acceptance).then_some(Outcome::Cancelled)
        }
        Stage::Triage | Stage::Acceptance if case.state == State::Withdrawn => Some(Outcome::Cancelled),
        Stage::Triage | Stage::Acceptance => Some(measured()),
        Stage::Objection if kind == EventKind::Objected => Some(measured()),
        Stage::Objection => {
            let stays = matches!(case.state, State::Assigned | State::InProgress) && kind != EventKind::Assigned;
            (!stays).then(unused)
        }
        Stage::Handling if kind == EventKind::Assigned => Some(Outcome::Cancelled),
        Stage::Handling if at_department(case) => None,
        Stage::Handling | Stage::Answer if answered => Some(measured()),
        Stage::Handling => Some(Outcome::Cancelled),
        Stage::Answer if case.state.is_open() => (kind == EventKind::Reopened).then_some(Outcome::Cancelled),
        Stage::Answer => Some(Outcome::Cancelled),
        Stage::Extension if matches!(kind, EventKind::Extended | EventKind::ExtensionRefused) => Some(measured()),
        Stage::Extension => (!at_department(case) || kind == EventKind::Assigned).then_some(Outcome::Cancelled),
        Stage::Callback if matches!(kind, EventKind::Rated | EventKind::Closed) => Some(measured()),
        Stage::Callback => (case.state != State::Answered).then_some(Outcome::Cancelled),
        Stage::Review if kind == EventKind::Rated && case.state == State::Reopened => Some(measured()),
        Stage::Review => (!answered || kind == EventKind::Answered).then(unused),
    }
}

/// The order to a department is counted as the answer is, when it has its limit; or by the organisation's limit; or it
/// ends on a day that somebody named. It never passes the ceiling of the answer.
fn handling(case: &Case, at: DateTime<Utc>, before: &Before<'_>) -> Rule {
    let answer = before.running.iter().find(|c| c.stage == Stage::Answer).map(Clock::rule);
    if let Some(answer) = answer
        && case.due_at == case.promised_at
    {
        return answer;
    }
    let limit = Rule::working(answer_limit(before.limits, Lane::Ordinary), at, 0);
    let counted = if limit.due(before.calendar) == case.due_at { limit } else { limit.day(case.due_at) };
    match answer {
        Some(answer) => Rule { ceiling_days: answer.ceiling_days, ceiling_from: answer.ceiling_from, ..counted },
        None => Rule { unit: Unit::Day, from: case.due_at, ..counted },
    }
}
