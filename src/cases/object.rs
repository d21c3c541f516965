//! Objections 退单: the department says "not ours", within its limit and with a reason; the office rules. After a ruling the
//! same department can't return the case a second time (信访工作条例 §23; 首接负责: until the ruling it stays responsible).

use chrono::{DateTime, Utc};

use crate::{
    accounts::model::Actor,
    cases::{
        clocks::Rule,
        model::{Case, Decision, EventKind, Verb},
        notices::Audience,
        store::{
            self,
            objections::{NewObjection, Objection},
        },
        work::{Seen, Work},
    },
    db::Conn,
    error::{Error, Result},
    http::App,
    kernel::{
        calendar::WorkCalendar,
        ids::{DepartmentId, ObjectionId},
    },
    organizations::model::TimeLimits,
};

/// Until when the department may object; `None` when it may not, because there was a ruling.
pub(super) async fn may_object_until(
    c: &mut Conn,
    case: &Case,
    calendar: &WorkCalendar,
    limits: &TimeLimits,
) -> Result<Option<DateTime<Utc>>> {
    let Some(department) = case.department_id else { return Ok(None) };
    if ruled(&store::objections::of_case(c, case.id).await?, department) {
        return Ok(None);
    }
    let since = store::assignments::running_since(c, case.id).await?;
    Ok(since.map(|at| calendar.add_working_days(at, limits.objection)))
}

fn ruled(objections: &[Objection], department: DepartmentId) -> bool {
    objections.iter().any(|o| o.department_id == department && o.ruling != Decision::Pending)
}

/// The department objects.
///
/// # Errors
/// As [`Work::begin`]; `Bad` after its limit, or after a ruling.
pub async fn object(app: &App, actor: &Actor, seen: Seen<'_>, reason: &str) -> Result<()> {
    let mut work = Work::begin(app, actor, seen, Verb::Object).await?;
    let department = work.case.department_id.ok_or(Error::Conflict)?;
    let (calendar, limits) = (work.organization.calendar.clone(), work.organization.limits);
    match may_object_until(&mut work.tx, &work.case, &calendar, &limits).await? {
        None => return Err(Error::Bad("cases.error.objection_ruled")),
        Some(until) if work.at > until => return Err(Error::Bad("cases.error.objection_late")),
        Some(_) => {}
    }
    work.case.state = work.case.state.object().map_err(|_| Error::Conflict)?;
    work.save().await?;
    let new = NewObjection {
        id: ObjectionId::new(work.at, &*app.random),
        case_id: work.case.id,
        department_id: department,
        raised_by: actor.staff_id,
        at: work.at,
        reason,
    };
    store::objections::insert(&mut work.tx, &new).await?;
    work.record(work.happening(EventKind::Objected).department(Some(department)).reason(reason)).await?;
    work.tell(Audience::Office, EventKind::Objected).await?;
    work.done().await
}

/// The office rules: upheld, the case comes back to the office, to be sent elsewhere; overruled, the department keeps it.
///
/// # Errors
/// As [`Work::begin`].
pub async fn rule(app: &App, actor: &Actor, seen: Seen<'_>, upheld: bool, words: &str) -> Result<()> {
    let mut work = Work::begin(app, actor, seen, Verb::Rule).await?;
    let department = work.case.department_id;
    let ruling = if upheld { Decision::Granted } else { Decision::Refused };
    work.case.state = work.case.state.rule(upheld).map_err(|_| Error::Conflict)?;
    if store::objections::rule(&mut work.tx, work.case.id, ruling, actor.staff_id, work.at, words).await? == 0 {
        return Err(Error::Conflict);
    }
    let kind = if upheld { EventKind::ObjectionUpheld } else { EventKind::ObjectionOverruled };
    work.tell_department(kind).await?;
    if upheld {
        work.case.department_id = None;
        work.case.handler_id = None;
        work.case.due_at = Rule::triage(&work.organization.limits, work.at).due(&work.organization.calendar);
        store::replies::drop_unsent(&mut work.tx, work.case.id, work.at).await?;
        work.end_lead(EventKind::ObjectionUpheld).await?;
    }
    work.save().await?;
    work.record(work.happening(kind).department(department).reason(words)).await?;
    work.done().await
}
