//! Taking back a rectification that was a mistake. It stays with its photos and the reason, so that nothing is lost, and
//! counts nowhere any more.

use crate::{
    accounts::model::Actor,
    audit::{self, Entry},
    cases,
    error::{Error, Result},
    http::App,
    kernel::{ids::RectificationStepId, roles::Role},
    rectifications::{
        MAKERS, actions,
        model::{Rectification, StepKind},
        store,
    },
};

/// Whether it is a person's to take back: who made it, and the office.
pub fn is_theirs(actor: &Actor, one: &Rectification) -> bool {
    actor.role == Role::Office || MAKERS.contains(&actor.role) && one.maker_id == actor.staff_id
}

/// Whether a person may take one back: as long as it isn't over.
pub fn may_withdraw(actor: &Actor, one: &Rectification) -> bool {
    is_theirs(actor, one) && one.state.withdraw().is_some()
}

/// It was a mistake, says somebody who saw this version.
///
/// # Errors
/// `NotFound` when it is not theirs to take back; `Conflict` when somebody was faster.
pub async fn withdraw(app: &App, actor: &Actor, seen: &Rectification, reason: &str) -> Result<()> {
    let (mut tx, now) = (app.db.write().await?, app.now());
    // The case first: everybody locks in this order.
    let case = match seen.case_id {
        Some(id) => Some(cases::rectify::lock(&mut tx, id).await?),
        None => None,
    };
    let one = actions::by_id(&mut tx, actor, seen.id).await?;
    if !is_theirs(actor, &one) {
        return Err(Error::NotFound);
    }
    let state = one.state.withdraw().ok_or(Error::Conflict)?;
    if store::set_state(&mut tx, seen.id, seen.version, state).await? == 0 {
        return Err(Error::Conflict);
    }
    let step = store::NewStep {
        id: RectificationStepId::new(now, &*app.random),
        of: one.id,
        round: one.round,
        kind: StepKind::Withdrawn,
        words: reason,
        by: actor.staff_id,
        at: now,
    };
    store::insert_step(&mut tx, &step).await?;
    let entry = Entry::new("rectification.withdrawn", "rectification").actor(actor).entity(one.id.0);
    audit::record(app, &mut tx, actor.organization_id, entry).await?;
    if let Some(case) = &case {
        cases::rectify::withdrawn(app, &mut tx, case, actor, one.department_id, reason).await?;
    }
    tx.commit().await?;
    Ok(())
}
