//! Issuing orders, replying to them, judging replies.

use chrono::{DateTime, Datelike, Utc};

use crate::{
    accounts::model::Actor,
    audit::{self, Entry},
    cases::{
        model::{Case, EventKind},
        supervise,
    },
    db::{Conn, Tx},
    error::{Error, Result},
    http::App,
    kernel::ids::{AgendaItemId, CaseId, DepartmentId, OrganizationId, StaffId, SupervisionOrderId},
    organizations,
    supervision::{
        model::{AgendaItem, Level, NewOrder, Order, OrderState, OrderedCase},
        store,
    },
    ui::time,
};

/// Orders that the list shows.
const SHOWN: i64 = 200;

/// An order about to be written down.
pub(super) struct Issue<'a> {
    pub level: Level,
    pub department: DepartmentId,
    pub issuer: Option<StaffId>,
    pub basis: &'a str,
    pub demand: &'a str,
    pub due_at: DateTime<Utc>,
}

/// A leader or the office issues an order over cases of one department.
///
/// # Errors
/// `Bad` when a case is unknown or not with a department, when they are of several, or when the day has passed.
pub async fn issue(app: &App, actor: &Actor, new: &NewOrder) -> Result<SupervisionOrderId> {
    let mut tx = app.db.write().await?;
    let mut cases = Vec::new();
    for number in &new.cases {
        match supervise::case_to_supervise(&mut tx, actor, number).await {
            Ok(case) => cases.push(case),
            Err(Error::NotFound) => return Err(Error::Bad("supervision.error.case_unknown")),
            Err(error) => return Err(error),
        }
    }
    let department =
        cases.first().and_then(|c| c.department_id).ok_or(Error::Bad("supervision.error.no_department"))?;
    if cases.iter().any(|c| c.department_id != Some(department)) {
        return Err(Error::Bad("supervision.error.several_departments"));
    }
    let organization = organizations::actions::organization(&mut tx, actor.organization_id).await?;
    let due_at = organization.calendar.closing(new.due_on);
    if due_at <= app.now() {
        return Err(Error::Bad("supervision.error.due_passed"));
    }
    let issue = Issue {
        level: new.level,
        department,
        issuer: Some(actor.staff_id),
        basis: &new.basis,
        demand: &new.demand,
        due_at,
    };
    let id = write_down(app, &mut tx, actor.organization_id, &issue, &cases).await?;
    for case in &cases {
        supervise::supervised(app, &mut tx, case, Some(actor), &new.demand, due_at).await?;
    }
    tx.commit().await?;
    Ok(id)
}

/// Writes an order down, in the caller's transaction.
pub(super) async fn write_down(
    app: &App,
    tx: &mut Tx,
    org: OrganizationId,
    issue: &Issue<'_>,
    cases: &[Case],
) -> Result<SupervisionOrderId> {
    let now = app.now();
    let id = SupervisionOrderId::new(now, &*app.random);
    let mut entry = Entry::new("supervision.issued", "supervision_order").entity(id.0).detail(issue.level);
    if let Some(issuer) = issue.issuer {
        entry = entry.by(issuer);
    }
    // The audit log's head is locked by this: numbers are drawn one after the other.
    audit::record(app, tx, org, entry).await?;
    let year = i64::from(time::date(now).year());
    let row = store::NewRow {
        id,
        organization_id: org,
        year,
        number: store::next_number(tx, org, year).await?,
        level: issue.level,
        department_id: issue.department,
        issuer_id: issue.issuer,
        basis: issue.basis,
        demand: issue.demand,
        due_at: issue.due_at,
        issued_at: now,
    };
    store::insert(tx, &row).await?;
    for case in cases {
        store::insert_case(tx, id, case.id).await?;
    }
    Ok(id)
}

/// The department replies.
///
/// # Errors
/// `NotFound` when it is not the person's order; `Conflict` when there is nothing to reply to.
pub async fn reply(app: &App, actor: &Actor, id: SupervisionOrderId, words: &str) -> Result<()> {
    let mut tx = app.db.write().await?;
    let order = by_id(&mut tx, actor, id).await?;
    if actor.department_id != Some(order.department_id) {
        return Err(Error::NotFound);
    }
    order.state.reply().ok_or(Error::Conflict)?;
    if store::reply(&mut tx, id, words, actor.staff_id, app.now()).await? == 0 {
        return Err(Error::Conflict);
    }
    record(app, &mut tx, actor, id, "supervision.replied", OrderState::Replied.code()).await?;
    for case in store::cases(&mut tx, id).await? {
        supervise::tell_supervisors(app, &mut tx, actor, case.id, EventKind::SupervisionReplied).await?;
    }
    Ok(tx.commit().await?)
}

/// Who supervises judges the reply.
///
/// # Errors
/// `NotFound`; `Conflict` when there is no reply to judge.
pub async fn judge(app: &App, actor: &Actor, id: SupervisionOrderId, accepted: bool, words: &str) -> Result<()> {
    let mut tx = app.db.write().await?;
    let order = by_id(&mut tx, actor, id).await?;
    let state = order.state.judge(accepted).ok_or(Error::Conflict)?;
    if store::judge(&mut tx, id, state, words, actor.staff_id, app.now()).await? == 0 {
        return Err(Error::Conflict);
    }
    record(app, &mut tx, actor, id, "supervision.judged", state.code()).await?;
    for case in store::cases(&mut tx, id).await? {
        supervise::tell_department(app, &mut tx, actor, case.id, EventKind::SupervisionJudged).await?;
    }
    Ok(tx.commit().await?)
}

/// An item of the agenda was dealt with at a meeting.
///
/// # Errors
/// `NotFound` when there is none that waits.
pub async fn close_agenda(app: &App, actor: &Actor, id: AgendaItemId) -> Result<()> {
    let mut tx = app.db.write().await?;
    if !store::agenda(&mut tx, actor).await?.iter().any(|item| item.id == id) {
        return Err(Error::NotFound);
    }
    store::close_agenda(&mut tx, actor.organization_id, id, app.now()).await?;
    let entry = Entry::new("agenda.dealt_with", "agenda_item").actor(actor).entity(id.0);
    audit::record(app, &mut tx, actor.organization_id, entry).await?;
    Ok(tx.commit().await?)
}

async fn record(
    app: &App,
    c: &mut Conn,
    actor: &Actor,
    id: SupervisionOrderId,
    action: &'static str,
    detail: &str,
) -> Result<()> {
    let entry = Entry::new(action, "supervision_order").actor(actor).entity(id.0).detail(detail);
    audit::record(app, c, actor.organization_id, entry).await
}

/// The newest orders that a person may see.
///
/// # Errors
/// The database's.
pub async fn list(c: &mut Conn, actor: &Actor) -> Result<Vec<Order>> {
    Ok(store::list(c, actor, SHOWN).await?)
}

/// How many orders of each level were issued from `from` until `to`, as far as a person may see them.
///
/// # Errors
/// The database's.
pub async fn by_level(
    c: &mut Conn,
    actor: &Actor,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> Result<Vec<(String, u64)>> {
    let issued = store::levels_between(c, actor, from, to).await?;
    let count = |level: Level| issued.iter().filter(|(l,)| *l == level).count() as u64;
    Ok(Level::ALL.iter().map(|l| (l.code().to_string(), count(*l))).filter(|(_, n)| *n > 0).collect())
}

/// An order.
///
/// # Errors
/// `NotFound` when there is none that the person may see.
pub async fn by_id(c: &mut Conn, actor: &Actor, id: SupervisionOrderId) -> Result<Order> {
    store::by_id(c, actor, id).await?.ok_or(Error::NotFound)
}

/// The cases of an order that the person may see.
///
/// # Errors
/// The database's.
pub async fn cases_of(c: &mut Conn, id: SupervisionOrderId) -> Result<Vec<OrderedCase>> {
    Ok(store::cases(c, id).await?)
}

/// The orders over a case that the person may see.
///
/// # Errors
/// The database's.
pub async fn of_case(c: &mut Conn, actor: &Actor, case: CaseId) -> Result<Vec<Order>> {
    Ok(store::of_case(c, actor, case).await?)
}

/// What waits for the next meeting.
///
/// # Errors
/// The database's.
pub async fn agenda(c: &mut Conn, actor: &Actor) -> Result<Vec<AgendaItem>> {
    Ok(store::agenda(c, actor).await?)
}
