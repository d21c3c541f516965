//! Recusal 回避: who is concerned does not see a case (信访工作条例 §28, §30).

use crate::{
    accounts::model::Actor,
    cases::{
        clocks::Rule,
        model::{EventKind, RecusalState, Verb},
        store::{self, recusals::NewRecusal},
        work::{Seen, Work},
    },
    error::{Error, Result},
    http::App,
    kernel::ids::{DepartmentId, RecusalId, StaffId},
    organizations,
};

/// Who is recused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// A person.
    Person(StaffId),
    /// A department.
    Department(DepartmentId),
}

/// Recuses a person or a department. A case that the department has comes back to the office.
///
/// # Errors
/// As [`Work::begin`]; `Bad` when there is no such person or department.
pub async fn recuse(app: &App, actor: &Actor, seen: Seen<'_>, who: Who, reason: &str) -> Result<()> {
    let mut work = Work::begin(app, actor, seen, Verb::Recuse).await?;
    check_known(&mut work, who).await?;
    let (staff_id, department_id) = match who {
        Who::Person(id) => (Some(id), None),
        Who::Department(id) => (None, Some(id)),
    };
    let new = NewRecusal {
        id: RecusalId::new(work.at, &*app.random),
        case_id: work.case.id,
        staff_id,
        department_id,
        state: RecusalState::Confirmed,
        reason,
        created_by: Some(actor.staff_id),
        at: work.at,
    };
    store::recusals::insert(&mut work.tx, &new).await?;
    if work.case.handler_id.is_some() && work.case.handler_id == staff_id {
        work.case.handler_id = None;
    }
    if department_id.is_some() && work.case.department_id == department_id {
        take_back(&mut work).await?;
    }
    if let Some(department) = department_id {
        let why = EventKind::Recused.code();
        store::assignments::end_assist(&mut work.tx, work.case.id, department, work.at, why).await?;
    }
    work.save().await?;
    work.record(work.happening(EventKind::Recused).department(department_id).reason(reason)).await?;
    work.done().await
}

/// Confirms or lifts a recusal.
///
/// # Errors
/// As [`Work::begin`]; `Conflict` when it was decided so already.
pub async fn decide(app: &App, actor: &Actor, seen: Seen<'_>, id: RecusalId, holds: bool) -> Result<()> {
    let mut work = Work::begin(app, actor, seen, Verb::DecideRecusal).await?;
    let (state, kind) = if holds {
        (RecusalState::Confirmed, EventKind::Recused)
    } else {
        (RecusalState::Lifted, EventKind::RecusalLifted)
    };
    if store::recusals::decide(&mut work.tx, work.case.id, id, state, actor.staff_id, work.at).await? == 0 {
        return Err(Error::Conflict);
    }
    store::recusals::decide_origin(&mut work.tx, id, state, actor.staff_id, work.at).await?;
    work.save().await?;
    work.record(work.happening(kind)).await?;
    work.done().await
}

/// Takes a case from its department. What the department wrote stays behind; an answer that is out stays out.
pub(super) async fn take_back(work: &mut Work<'_>) -> Result<()> {
    work.case.department_id = None;
    work.case.handler_id = None;
    if let Ok(state) = work.case.state.take_back() {
        work.case.state = state;
        work.case.due_at = Rule::triage(&work.organization.limits, work.at).due(&work.organization.calendar);
    }
    store::replies::drop_unsent(&mut work.tx, work.case.id, work.at).await?;
    work.end_lead(EventKind::Recused).await
}

async fn check_known(work: &mut Work<'_>, who: Who) -> Result<()> {
    let org = work.case.organization_id;
    let known = match who {
        Who::Person(id) => organizations::actions::staff(&mut work.tx, org).await?.iter().any(|s| s.id == id),
        Who::Department(id) => organizations::actions::departments(&mut work.tx, org).await?.iter().any(|d| d.id == id),
    };
    if known { Ok(()) } else { Err(Error::Bad("cases.error.nobody")) }
}
