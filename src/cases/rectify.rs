//! What rectifications 整改 need of cases: of which they may be made and who may have them, and what the story says.

use chrono::{DateTime, Utc};

use crate::{
    accounts::model::Actor,
    cases::{
        history::{Happening, record},
        model::{Case, EventKind, Lane, RecusalState, Side, State},
        notices::{Audience, is_recused, tell},
        rechecks::{Look, reopen},
        store, visibility,
    },
    db::Conn,
    error::{Error, Result},
    http::App,
    kernel::ids::{CaseId, DepartmentId, StaffId},
};

/// Whether a person may have something put in order for a case that they see: the office, and the department in charge of
/// it, as long as it is handled in the ordinary queue.
pub fn may_rectify(actor: &Actor, case: &Case) -> bool {
    let in_charge = match Side::of(actor, case) {
        Some(Side::Office) => true,
        Some(Side::Department) => case.department_id.is_some() && case.department_id == actor.department_id,
        _ => false,
    };
    in_charge
        && case.lane == Lane::Ordinary
        && !matches!(case.state, State::Declined | State::Withdrawn | State::Merged | State::Returned)
}

/// A case, locked, for which something is to be put in order.
///
/// # Errors
/// `NotFound` when there is none that the person may see, or [`may_rectify`] says no.
pub async fn case_to_rectify(tx: &mut Conn, actor: &Actor, number: &str) -> Result<Case> {
    let case = visibility::case_to_change(tx, actor, number).await?;
    if may_rectify(actor, &case) { Ok(case) } else { Err(Error::NotFound) }
}

/// Whether a department and a person of it may know of a case: nobody who is recused gets work of it (§28, §30).
///
/// # Errors
/// The database's.
pub async fn may_have(c: &mut Conn, case: CaseId, department: DepartmentId, person: Option<StaffId>) -> Result<bool> {
    let recusals = store::recusals::of_case(c, case).await?;
    let of_department = recusals.iter().any(|r| r.state != RecusalState::Lifted && r.department_id == Some(department));
    let of_person = person.is_some_and(|id| is_recused(&recusals, id, Some(department)));
    Ok(!of_department && !of_person)
}

/// Something is to be put in order: the story of the case says so, and the department that has it knows. The caller holds
/// the row of the case.
///
/// # Errors
/// The database's.
pub async fn set(
    app: &App,
    c: &mut Conn,
    case: &Case,
    by: &Actor,
    department: DepartmentId,
    measure: &str,
    due_at: DateTime<Utc>,
) -> Result<()> {
    let at = app.now();
    let happening = Happening::of(EventKind::RectificationSet, at).by(by).department(Some(department));
    record(app, c, case, happening.reason(measure).due(due_at)).await?;
    tell(app, c, case, Audience::Department(department), EventKind::RectificationSet, at, Some(by)).await
}

/// Locks the case of a rectification that changes. Always first, so that nobody waits for somebody who waits for them.
///
/// # Errors
/// `NotFound` when it has left the ordinary queue.
pub async fn lock(c: &mut Conn, id: CaseId) -> Result<Case> {
    store::cases::lock(c, id).await?.filter(|case| case.lane == Lane::Ordinary).ok_or(Error::NotFound)
}

/// It was reported done: the story says so, and the office knows. The caller holds the row of the case.
///
/// # Errors
/// The database's.
pub async fn reported(app: &App, c: &mut Conn, case: &Case, by: &Actor, words: &str) -> Result<()> {
    let at = app.now();
    let happening = Happening::of(EventKind::RectificationDone, at).by(by).department(by.department_id);
    record(app, c, case, happening.reason(words)).await?;
    tell(app, c, case, Audience::Office, EventKind::RectificationDone, at, Some(by)).await
}

/// It was a mistake: the story says so and why, and the department that has it knows, and the office. The caller holds the
/// row of the case.
///
/// # Errors
/// The database's.
pub async fn withdrawn(
    app: &App,
    c: &mut Conn,
    case: &Case,
    by: &Actor,
    department: DepartmentId,
    reason: &str,
) -> Result<()> {
    let (at, kind) = (app.now(), EventKind::RectificationWithdrawn);
    let happening = Happening::of(kind, at).by(by).department(Some(department));
    record(app, c, case, happening.reason(reason)).await?;
    tell(app, c, case, Audience::Department(department), kind, at, Some(by)).await?;
    tell(app, c, case, Audience::Office, kind, at, Some(by)).await
}

/// A representative looked again at what was put in order. "Not fixed" brings a case that was answered back to the
/// office. The caller holds the row of the case.
///
/// # Errors
/// The database's.
pub async fn looked(app: &App, c: &mut Conn, mut case: Case, by: &Actor, found: Look, words: &str) -> Result<()> {
    let at = app.now();
    let answered = matches!(case.state, State::Answered | State::Closed);
    if found == Look::NotFixed && answered {
        reopen(c, &mut case, at).await?;
    }
    record(app, c, &case, Happening::of(found.event(), at).by(by).reason(words)).await?;
    if found == Look::NotFixed {
        let kind = if answered { EventKind::Reopened } else { EventKind::RecheckNotFixed };
        if answered {
            record(app, c, &case, Happening::of(kind, at).due(case.promised_at)).await?;
        }
        tell(app, c, &case, Audience::Office, kind, at, Some(by)).await?;
        if let Some(department) = case.department_id {
            tell(app, c, &case, Audience::Department(department), kind, at, Some(by)).await?;
        }
    }
    Ok(())
}
