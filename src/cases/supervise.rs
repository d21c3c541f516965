//! What the supervision of departments needs of cases: which are open and since when, and telling people.

use chrono::{DateTime, Utc};

use crate::{
    accounts::model::Actor,
    cases::{
        history::{self, Happening},
        model::{Case, EventKind, Lane},
        notices::{self, Audience},
        store, visibility,
    },
    db::{Conn, Tx},
    error::{Error, Result},
    http::App,
    kernel::ids::{CaseId, OrganizationId},
};

pub use store::ladder::OnTime;

/// An open case of the ordinary lane, locked: an order may be issued over it.
///
/// # Errors
/// `NotFound` when there is none that the person may see.
pub async fn case_to_supervise(tx: &mut Conn, actor: &Actor, number: &str) -> Result<Case> {
    let case = visibility::case_to_change(tx, actor, number).await?;
    if case.state.is_open() && case.lane == Lane::Ordinary { Ok(case) } else { Err(Error::NotFound) }
}

/// Open cases of the ordinary lane in the order in which they came, after one.
///
/// # Errors
/// The database's.
pub async fn open_cases(c: &mut Conn, org: OrganizationId, after: Option<CaseId>, most: i64) -> Result<Vec<OnTime>> {
    Ok(store::ladder::open_cases(c, org, after.map_or(-1, |id| id.arrival()), most).await?)
}

/// The case, locked, when its limit is still the one that was looked at.
///
/// # Errors
/// The database's.
pub async fn still_open(tx: &mut Conn, seen: &OnTime) -> Result<Option<Case>> {
    let case = store::cases::lock(tx, seen.id).await?;
    Ok(case.filter(|c| c.state.is_open() && c.due_at == seen.due_at))
}

/// An order was issued over a case: its story says so, the department and the leader in charge know.
///
/// # Errors
/// The database's.
pub async fn supervised(
    app: &App,
    tx: &mut Tx,
    case: &Case,
    by: Option<&Actor>,
    demand: &str,
    due_at: DateTime<Utc>,
) -> Result<()> {
    let mut happening = Happening::of(EventKind::Supervised, app.now()).department(case.department_id);
    if let Some(actor) = by {
        happening = happening.by(actor);
    }
    history::record(app, tx, case, happening.reason(demand).due(due_at)).await?;
    tell(app, tx, case, Audience::Leader(case.department_id), EventKind::Supervised, by).await?;
    tell_its_department(app, tx, case, EventKind::Supervised, by).await
}

/// A warning before a limit: to the department that has the case, or to the office.
///
/// # Errors
/// The database's.
pub async fn warn(app: &App, tx: &mut Tx, case: &Case, kind: EventKind) -> Result<()> {
    match case.department_id {
        Some(_) => tell_its_department(app, tx, case, kind, None).await,
        None => tell(app, tx, case, Audience::Office, kind, None).await,
    }
}

/// The limit has passed: the story says so, office and department know.
///
/// # Errors
/// The database's.
pub async fn flag_overdue(app: &App, tx: &mut Tx, case: &Case) -> Result<()> {
    let happening = Happening::of(EventKind::Overdue, app.now()).department(case.department_id);
    history::record(app, tx, case, happening).await?;
    tell(app, tx, case, Audience::Office, EventKind::Overdue, None).await?;
    tell_its_department(app, tx, case, EventKind::Overdue, None).await
}

/// The next meeting deals with it.
///
/// # Errors
/// The database's.
pub async fn on_agenda(app: &App, tx: &mut Tx, case: &Case) -> Result<()> {
    let happening = Happening::of(EventKind::OnAgenda, app.now()).department(case.department_id);
    history::record(app, tx, case, happening).await?;
    tell(app, tx, case, Audience::Office, EventKind::OnAgenda, None).await?;
    tell(app, tx, case, Audience::Leader(case.department_id), EventKind::OnAgenda, None).await
}

/// The department replied to an order: office and leader know.
///
/// # Errors
/// The database's.
pub async fn tell_supervisors(app: &App, tx: &mut Tx, by: &Actor, case: CaseId, kind: EventKind) -> Result<()> {
    let Some(case) = store::cases::by_id(tx, case).await? else { return Ok(()) };
    tell(app, tx, &case, Audience::Office, kind, Some(by)).await?;
    tell(app, tx, &case, Audience::Leader(case.department_id), kind, Some(by)).await
}

/// A reply was judged: the department knows.
///
/// # Errors
/// The database's.
pub async fn tell_department(app: &App, tx: &mut Tx, by: &Actor, case: CaseId, kind: EventKind) -> Result<()> {
    let Some(case) = store::cases::by_id(tx, case).await? else { return Ok(()) };
    tell_its_department(app, tx, &case, kind, Some(by)).await
}

async fn tell_its_department(app: &App, tx: &mut Tx, case: &Case, kind: EventKind, by: Option<&Actor>) -> Result<()> {
    match case.department_id {
        Some(department) => tell(app, tx, case, Audience::Department(department), kind, by).await,
        None => Ok(()),
    }
}

async fn tell(
    app: &App,
    tx: &mut Tx,
    case: &Case,
    audience: Audience,
    kind: EventKind,
    by: Option<&Actor>,
) -> Result<()> {
    notices::tell(app, tx, case, audience, kind, app.now(), by).await
}
