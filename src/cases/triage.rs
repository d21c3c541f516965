//! What the office does first: accept and send to a department, decline, take from the hold queue.

use chrono::{DateTime, Utc};

use crate::{
    accounts::model::Actor,
    cases::{
        clocks,
        mandatory::{ReportDecision, decide_report},
        model::{EventKind, Lane, RecusalState, State, Verb, answer_limit},
        notices::{Audience, is_recused},
        routed, store,
        work::{Seen, Work},
    },
    error::{Error, Result},
    http::App,
    kernel::ids::DepartmentId,
    organizations,
};

/// An order to a department.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// The department.
    pub department: DepartmentId,
    /// The day it is due; the organisation's limit when it is not given.
    pub due_on: Option<chrono::NaiveDate>,
    /// What to look at; may be empty.
    pub instruction: String,
}

/// Accepts a case and sends it to the department that is proposed, or to another one where nobody asks why.
///
/// # Errors
/// As [`assign_because`].
pub async fn assign(app: &App, actor: &Actor, seen: Seen<'_>, order: &Order) -> Result<()> {
    assign_because(app, actor, seen, order, "").await
}

/// Accepts a case and sends it to a department; `why` it is another than the proposed one (`routed`).
///
/// # Errors
/// As [`Work::begin`]; `Bad` when the department may not get it, the day has passed, or the reason is missing.
pub async fn assign_because(app: &App, actor: &Actor, seen: Seen<'_>, order: &Order, why: &str) -> Result<()> {
    let mut work = Work::begin(app, actor, seen, Verb::Assign).await?;
    give(&mut work, order, why).await?;
    work.done().await
}

/// Sends the case of a verb at work to a department.
pub(super) async fn give(work: &mut Work<'_>, order: &Order, why: &str) -> Result<()> {
    check_department(work, order.department).await?;
    let routed_otherwise = routed::decide(work, order.department, why).await?;
    let was_with_office = matches!(work.case.state, State::Received | State::Reopened);
    let elsewhere = work.case.department_id.is_some_and(|d| d != order.department);
    work.case.state = work.case.state.assign().map_err(|_| Error::Conflict)?;
    let ceiling = clocks::ceiling(&mut work.tx, &work.case, &work.organization.calendar, false).await?;
    work.case.due_at = due(work, order.due_on, ceiling)?;
    work.case.department_id = Some(order.department);
    work.case.handler_id = None;
    work.save().await?;
    if elsewhere {
        store::replies::drop_unsent(&mut work.tx, work.case.id, work.at).await?;
    }
    work.end_lead(EventKind::Assigned).await?;
    // Who is in the lead now assists no longer.
    store::assignments::end_assist(&mut work.tx, work.case.id, order.department, work.at, EventKind::Assigned.code())
        .await?;
    work.begin_assignment(order.department, &order.instruction).await?;
    if was_with_office {
        work.record(work.happening(EventKind::Accepted)).await?;
    }
    let assigned = work.happening(EventKind::Assigned).department(Some(order.department)).due(work.case.due_at);
    work.record(assigned.reason(&order.instruction)).await?;
    if let Some(proposed) = routed_otherwise {
        let otherwise = work.happening(EventKind::RoutedOtherwise).department(Some(proposed));
        work.record(otherwise.reason(why)).await?;
    }
    work.tell_department(EventKind::Assigned).await
}

/// Declines a case; the reason is written to the submitter.
///
/// # Errors
/// As [`Work::begin`]; `Bad` when danger is declined without a decision on the mandatory report.
pub async fn decline(
    app: &App,
    actor: &Actor,
    seen: Seen<'_>,
    reason: &str,
    report: Option<&ReportDecision>,
) -> Result<()> {
    let mut work = Work::begin(app, actor, seen, Verb::Decline).await?;
    decide_report(&mut work, report).await?;
    work.case.state = work.case.state.decline().map_err(|_| Error::Conflict)?;
    work.case.closed_at = Some(work.at);
    work.save().await?;
    work.record(work.happening(EventKind::Declined).reason(reason)).await?;
    work.done().await
}

/// Takes a case from the hold queue into the ordinary one.
///
/// # Errors
/// As [`Work::begin`].
pub async fn release(app: &App, actor: &Actor, seen: Seen<'_>) -> Result<()> {
    let mut work = Work::begin(app, actor, seen, Verb::Release).await?;
    work.case.lane = Lane::Ordinary;
    work.save().await?;
    work.record(work.happening(EventKind::Released)).await?;
    work.tell(Audience::Office, EventKind::Received).await?;
    work.done().await
}

/// A department gets a case when it is in use, not recused, and not everybody in it is.
pub(super) async fn check_department(work: &mut Work<'_>, department: DepartmentId) -> Result<()> {
    let org = work.case.organization_id;
    let known = organizations::actions::departments(&mut work.tx, org).await?;
    if known.iter().all(|d| d.id != department) {
        return Err(Error::Bad("cases.error.department_unknown"));
    }
    let recusals = store::recusals::of_case(&mut work.tx, work.case.id).await?;
    let recused = recusals.iter().any(|r| r.state != RecusalState::Lifted && r.department_id == Some(department));
    let staff = organizations::actions::staff(&mut work.tx, org).await?;
    let mut people = staff.iter().filter(|s| s.role.has_department() && s.department_id == Some(department)).peekable();
    let nobody_left = people.peek().is_some() && people.all(|s| is_recused(&recusals, s.id, s.department_id));
    if recused || nobody_left { Err(Error::Bad("cases.error.department_recused")) } else { Ok(()) }
}

/// When the department's answer is due: the day that the office named, or else the day that was promised, when that leaves
/// a working day, or else the organisation's limit from now; never later than the law allows.
fn due(work: &Work<'_>, day: Option<chrono::NaiveDate>, ceiling: Option<DateTime<Utc>>) -> Result<DateTime<Utc>> {
    let lawful = |due: DateTime<Utc>| ceiling.is_none_or(|ceiling| due <= ceiling);
    let calendar = &work.organization.calendar;
    if let Some(day) = day {
        let due = calendar.closing(day);
        return match due > work.at {
            true if lawful(due) => Ok(due),
            true => Err(Error::Bad("clocks.error.ceiling")),
            false => Err(Error::Bad("cases.error.due_passed")),
        };
    }
    let promised = work.case.promised_at;
    let limit = answer_limit(&work.organization.limits, work.case.lane);
    let least = calendar.add_working_days(work.at, 1);
    let due = if promised >= least { promised } else { calendar.add_working_days(work.at, limit) };
    Ok(ceiling.map_or(due, |ceiling| due.min(ceiling)))
}
