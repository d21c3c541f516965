//! Keeping the matrix: a draft is begun, edited, published from a day on; what is published stays as it is.

use chrono::NaiveDate;

use crate::{
    access_points,
    accounts::model::Actor,
    audit::{self, Entry},
    cases::model::Person,
    db::{Conn, Tx},
    error::{Error, Result},
    http::App,
    kernel::ids::{DepartmentId, OrganizationId, RoutingRowId, RoutingVersionId, StaffId},
    organizations::{
        self,
        model::{Checked, refusal},
    },
    routing::{
        model::{Match, Row, Standing, Version, in_force, standing},
        store,
        table::{self, Known, Table},
    },
    ui::time::start_of,
};

/// Most rows of a version: more is no table that anybody reads.
const MOST_ROWS: usize = 500;

/// The versions of an organisation, newest first.
///
/// # Errors
/// The database's.
pub async fn versions(c: &mut Conn, org: OrganizationId) -> Result<Vec<Version>> {
    Ok(store::versions(c, org).await?)
}

/// A version with its rows.
///
/// # Errors
/// `NotFound` when the organisation has none of this id.
pub async fn version(c: &mut Conn, org: OrganizationId, id: RoutingVersionId) -> Result<(Version, Vec<Row>)> {
    let version = store::versions(c, org).await?.into_iter().find(|v| v.id == id).ok_or(Error::NotFound)?;
    let rows = store::rows(c, id).await?;
    Ok((version, rows))
}

/// The rows in force now, with their version.
///
/// # Errors
/// The database's.
pub async fn live(app: &App, c: &mut Conn, org: OrganizationId) -> Result<Option<(Version, Vec<Row>)>> {
    let versions = store::versions(c, org).await?;
    match in_force(&versions, app.now()) {
        Some(version) => Ok(Some((version.clone(), store::rows(c, version.id).await?))),
        None => Ok(None),
    }
}

/// The places that access points have, each once, by name.
///
/// # Errors
/// The database's.
pub async fn places(c: &mut Conn, org: OrganizationId) -> Result<Vec<String>> {
    let points = access_points::actions::all_of(c, org).await?;
    let mut places: Vec<String> = points.into_iter().map(|p| p.place).filter(|p| !p.is_empty()).collect();
    places.sort();
    places.dedup();
    Ok(places)
}

/// Begins a draft: with the rows in force, or, before the first version, a row for each topic that has a department.
///
/// # Errors
/// `Conflict` when there is a draft already.
pub async fn begin(app: &App, actor: &Actor) -> Result<RoutingVersionId> {
    let org = actor.organization_id;
    let mut tx = app.db.write().await?;
    let id = draft(app, &mut tx, org, Some(actor.staff_id)).await?;
    record(app, &mut tx, actor, "routing.begun", id).await?;
    tx.commit().await?;
    Ok(id)
}

async fn draft(app: &App, tx: &mut Tx, org: OrganizationId, by: Option<StaffId>) -> Result<RoutingVersionId> {
    let before = live(app, tx, org).await?.map(|(_, rows)| rows);
    let from: Vec<(Match, DepartmentId)> = match before {
        Some(rows) => rows.into_iter().map(|r| (r.names, r.department)).collect(),
        None => organizations::actions::topics(tx, org)
            .await?
            .into_iter()
            .filter_map(|t| Some((Match { topic: Some(t.id), ..Match::default() }, t.default_department_id?)))
            .collect(),
    };
    let in_use = organizations::actions::departments(tx, org).await?;
    let rows = from.into_iter().filter(|(_, d)| in_use.iter().any(|one| one.id == *d)).collect();
    draft_of(app, tx, org, by, rows).await
}

/// A new draft with these rows.
async fn draft_of(
    app: &App,
    tx: &mut Tx,
    org: OrganizationId,
    by: Option<StaffId>,
    rows: Vec<(Match, DepartmentId)>,
) -> Result<RoutingVersionId> {
    let now = app.now();
    let id = RoutingVersionId::new(now, &*app.random);
    match store::insert(tx, id, org, by, now).await {
        Ok(0) => return Err(Error::Conflict),
        // Two begin at once: the second has the number of the first.
        Err(e) if crate::db::constraint(&e).is_some() => return Err(Error::Conflict),
        other => other?,
    };
    for (names, department) in rows {
        let row = Row { id: RoutingRowId::new(now, &*app.random), names, department };
        store::insert_row(tx, id, &row).await?;
    }
    Ok(id)
}

/// What became of a file.
pub struct Imported {
    /// The draft; `None` when no line of the file could be used.
    pub draft: Option<RoutingVersionId>,
    /// What was read.
    pub table: Table,
}

/// Begins a draft with the rows of a file. What is in force stays. A refusal names the field.
///
/// # Errors
/// `Conflict` when there is a draft already.
pub async fn import(app: &App, actor: &Actor, bytes: &[u8]) -> Result<Checked<Imported>> {
    let org = actor.organization_id;
    let mut tx = app.db.write().await?;
    let (topics, departments) =
        (organizations::actions::topics(&mut tx, org).await?, organizations::actions::departments(&mut tx, org).await?);
    let topics: Vec<_> = topics.into_iter().filter(|t| t.disabled_at.is_none()).collect();
    let known = Known { topics: &topics, departments: &departments, places: &places(&mut tx, org).await? };
    let Some(table) = table::read(bytes, &known, MOST_ROWS) else {
        return Ok(Err(refusal("file", "routing.import.unreadable")));
    };
    if table.rows.is_empty() {
        return Ok(Ok(Imported { draft: None, table }));
    }
    let id = draft_of(app, &mut tx, org, Some(actor.staff_id), table.rows.clone()).await?;
    record(app, &mut tx, actor, "routing.imported", id).await?;
    tx.commit().await?;
    Ok(Ok(Imported { draft: Some(id), table }))
}

/// Adds a row to a draft.
///
/// # Errors
/// `NotFound` when there is no such version; `Conflict` when it is frozen. A refusal names the field.
pub async fn add(
    app: &App,
    actor: &Actor,
    id: RoutingVersionId,
    names: Match,
    department: DepartmentId,
) -> Result<Checked<()>> {
    let org = actor.organization_id;
    let mut tx = to_edit(app, actor, id).await?;
    if organizations::actions::departments(&mut tx, org).await?.iter().all(|d| d.id != department) {
        return Ok(Err(refusal("department", "cases.error.department_unknown")));
    }
    let topics = organizations::actions::topics(&mut tx, org).await?;
    if names.topic.is_some_and(|id| topics.iter().all(|t| t.id != id)) {
        return Ok(Err(refusal("topic", "routing.error.topic")));
    }
    if store::rows(&mut tx, id).await?.len() >= MOST_ROWS {
        return Ok(Err(refusal("", "routing.error.many")));
    }
    let row = Row { id: RoutingRowId::new(app.now(), &*app.random), names, department };
    if store::insert_row(&mut tx, id, &row).await? == 0 {
        return Ok(Err(refusal("topic", "routing.error.double")));
    }
    record(app, &mut tx, actor, "routing.row_added", id).await?;
    tx.commit().await?;
    Ok(Ok(()))
}

/// Takes a row out of a draft.
///
/// # Errors
/// As [`add`]; `Conflict` also when somebody took it out already.
pub async fn remove(app: &App, actor: &Actor, id: RoutingVersionId, row: RoutingRowId) -> Result<()> {
    let mut tx = to_edit(app, actor, id).await?;
    if store::delete_row(&mut tx, id, row).await? == 0 {
        return Err(Error::Conflict);
    }
    record(app, &mut tx, actor, "routing.row_removed", id).await?;
    Ok(tx.commit().await?)
}

/// Publishes a draft from a day on; from now on when the day is today.
///
/// # Errors
/// As [`add`]; `Conflict` also when the draft was changed since it was seen. A refusal names the field.
pub async fn publish(
    app: &App,
    actor: &Actor,
    id: RoutingVersionId,
    edits: i64,
    starts_on: NaiveDate,
) -> Result<Checked<()>> {
    let (org, now) = (actor.organization_id, app.now());
    let mut tx = app.db.write().await?;
    let (_, rows) = version(&mut tx, org, id).await?;
    if rows.is_empty() {
        return Ok(Err(refusal("", "routing.error.empty")));
    }
    if starts_on < crate::ui::time::date(now) {
        return Ok(Err(refusal("starts_on", "routing.error.past")));
    }
    let starts_at = start_of(starts_on).max(now);
    if store::publish(&mut tx, org, id, edits, starts_at, Some(actor.staff_id), now).await? == 0 {
        return Err(Error::Conflict);
    }
    record(app, &mut tx, actor, "routing.published", id).await?;
    tx.commit().await?;
    Ok(Ok(()))
}

/// Takes a version back that has not started: it is a draft again.
///
/// # Errors
/// `NotFound`; `Conflict` when it has started, or there is another draft.
pub async fn take_back(app: &App, actor: &Actor, id: RoutingVersionId) -> Result<()> {
    let (org, now) = (actor.organization_id, app.now());
    let mut tx = app.db.write().await?;
    version(&mut tx, org, id).await?;
    if store::take_back(&mut tx, org, id, now).await? == 0 {
        return Err(Error::Conflict);
    }
    record(app, &mut tx, actor, "routing.taken_back", id).await?;
    Ok(tx.commit().await?)
}

/// Throws a draft away.
///
/// # Errors
/// As [`remove`].
pub async fn discard(app: &App, actor: &Actor, id: RoutingVersionId) -> Result<()> {
    let mut tx = to_edit(app, actor, id).await?;
    store::delete(&mut tx, id).await?;
    record(app, &mut tx, actor, "routing.discarded", id).await?;
    Ok(tx.commit().await?)
}

/// Where each version stands now.
pub fn standings(app: &App, versions: &[Version]) -> Vec<Standing> {
    let now = app.now();
    versions.iter().map(|v| standing(versions, v, now)).collect()
}

/// Audiences in the order of their list.
pub const AUDIENCES: &[Person] = Person::ALL;

/// A transaction in which the draft is this person's to change.
async fn to_edit(app: &App, actor: &Actor, id: RoutingVersionId) -> Result<Tx> {
    let mut tx = app.db.write().await?;
    version(&mut tx, actor.organization_id, id).await?;
    if store::touch(&mut tx, actor.organization_id, id).await? == 0 {
        return Err(Error::Conflict);
    }
    Ok(tx)
}

async fn record(app: &App, tx: &mut Tx, actor: &Actor, action: &'static str, id: RoutingVersionId) -> Result<()> {
    let entry = Entry::new(action, "routing_version").actor(actor).entity(id.0);
    audit::record(app, tx, actor.organization_id, entry).await
}
