//! Keeping checklists: what ships is copied to an organisation, which switches, orders and changes its own.

use crate::{
    access_points,
    accounts::model::Actor,
    audit::{self, Entry},
    db::Conn,
    error::{Error, Result},
    forms::{
        self,
        model::{Definition, FormVersion},
    },
    http::App,
    kernel::ids::{AccessPointId, ChecklistId, OrganizationId},
    visits::{
        model::{Area, Checklist, VisitKind},
        store::checklists as store,
        templates,
    },
};

/// Gives an organisation every checklist that ships, in the caller's transaction: when it is founded.
///
/// # Errors
/// The database's.
pub async fn ship(app: &App, c: &mut Conn, org: OrganizationId) -> Result<()> {
    for template in templates::all() {
        add(app, c, org, template.kind, template.area, template.definition()).await?;
    }
    let entry = Entry::new("checklist.shipped", "organization").entity(org.0);
    audit::record(app, c, org, entry).await
}

/// The checklists of an organisation, switched off ones too.
///
/// # Errors
/// The database's.
pub async fn all(c: &mut Conn, org: OrganizationId) -> Result<Vec<Checklist>> {
    Ok(store::all(c, org).await?)
}

/// The checklists by which people of a kind can walk now.
///
/// # Errors
/// The database's.
pub async fn of_kind(c: &mut Conn, org: OrganizationId, kind: VisitKind) -> Result<Vec<Checklist>> {
    let all = store::all(c, org).await?;
    Ok(all.into_iter().filter(|k| k.kind == kind && k.disabled_at.is_none()).collect())
}

/// One checklist.
///
/// # Errors
/// `NotFound` when the organisation has no such checklist.
pub async fn by_id(c: &mut Conn, org: OrganizationId, id: ChecklistId) -> Result<Checklist> {
    store::by_id(c, org, id).await?.ok_or(Error::NotFound)
}

/// The checklist that the QR code of a place begins.
///
/// # Errors
/// The database's.
pub async fn of_place(c: &mut Conn, org: OrganizationId, point: AccessPointId) -> Result<Option<ChecklistId>> {
    Ok(store::places(c, org).await?.into_iter().find(|(p, _)| *p == point).map(|(_, id)| id))
}

/// Which places begin which checklist.
///
/// # Errors
/// The database's.
pub async fn places(c: &mut Conn, org: OrganizationId) -> Result<Vec<(AccessPointId, ChecklistId)>> {
    Ok(store::places(c, org).await?)
}

async fn add(
    app: &App,
    c: &mut Conn,
    org: OrganizationId,
    kind: VisitKind,
    area: Area,
    definition: Definition,
) -> Result<Checklist> {
    let title = definition.title.clone();
    let last = store::all(c, org).await?.iter().filter(|k| k.kind == kind).map(|k| k.position).max().unwrap_or(0);
    let version = forms::actions::create(app, c, org, &title.zh, definition).await?;
    let list = Checklist {
        id: ChecklistId::new(app.now(), &*app.random),
        form_id: version.form_id,
        kind,
        area,
        title: title.zh,
        title_en: title.en,
        position: last + 1,
        disabled_at: None,
    };
    store::insert(c, org, &list).await?;
    Ok(list)
}

/// The office makes a checklist of its own.
///
/// # Errors
/// The database's.
pub async fn create(
    app: &App,
    actor: &Actor,
    kind: VisitKind,
    area: Area,
    definition: Definition,
) -> Result<ChecklistId> {
    let mut tx = app.db.write().await?;
    let list = add(app, &mut tx, actor.organization_id, kind, area, definition).await?;
    record(app, &mut tx, actor, list.id, "checklist.created").await?;
    tx.commit().await?;
    Ok(list.id)
}

/// The office changes the items: a new version of its form, which visits from now on answer.
///
/// # Errors
/// `NotFound` when the organisation has no such checklist.
pub async fn change(app: &App, actor: &Actor, id: ChecklistId, definition: Definition) -> Result<FormVersion> {
    let mut tx = app.db.write().await?;
    let list = by_id(&mut tx, actor.organization_id, id).await?;
    let title = definition.title.clone();
    store::rename(&mut tx, actor.organization_id, id, &title.zh, &title.en).await?;
    let version = forms::actions::publish(app, &mut tx, list.form_id, definition).await?;
    record(app, &mut tx, actor, id, "checklist.changed").await?;
    tx.commit().await?;
    Ok(version)
}

/// The office switches a checklist on or off. Visits that are on their way still arrive.
///
/// # Errors
/// `NotFound` when the organisation has no such checklist.
pub async fn switch(app: &App, actor: &Actor, id: ChecklistId, on: bool) -> Result<()> {
    let mut tx = app.db.write().await?;
    let disabled_at = (!on).then(|| app.now());
    if store::switch(&mut tx, actor.organization_id, id, disabled_at).await? == 0 {
        return Err(Error::NotFound);
    }
    record(app, &mut tx, actor, id, if on { "checklist.on" } else { "checklist.off" }).await?;
    Ok(tx.commit().await?)
}

/// The office moves a checklist one place up among those of its kind.
///
/// # Errors
/// `NotFound` when the organisation has no such checklist.
pub async fn move_up(app: &App, actor: &Actor, id: ChecklistId) -> Result<()> {
    let mut tx = app.db.write().await?;
    let org = actor.organization_id;
    let list = by_id(&mut tx, org, id).await?;
    let mut order: Vec<ChecklistId> =
        store::all(&mut tx, org).await?.into_iter().filter(|k| k.kind == list.kind).map(|k| k.id).collect();
    if let Some(at) = order.iter().position(|k| *k == id).filter(|at| *at > 0) {
        order.swap(at, at - 1);
    }
    for (position, id) in (1..).zip(order) {
        store::set_position(&mut tx, org, id, position).await?;
    }
    record(app, &mut tx, actor, id, "checklist.moved").await?;
    Ok(tx.commit().await?)
}

/// The office says which QR codes begin a checklist. Only places of its channel can.
///
/// # Errors
/// `NotFound` when the organisation has no such checklist or place.
pub async fn set_places(app: &App, actor: &Actor, id: ChecklistId, points: &[AccessPointId]) -> Result<()> {
    let mut tx = app.db.write().await?;
    let list = by_id(&mut tx, actor.organization_id, id).await?;
    store::clear_places(&mut tx, id).await?;
    for point in points {
        let point = access_points::actions::by_id(&mut tx, actor.organization_id, *point).await?;
        if point.channel != list.kind.channel() {
            return Err(Error::NotFound);
        }
        store::set_place(&mut tx, point.id, id).await?;
    }
    record(app, &mut tx, actor, id, "checklist.places").await?;
    Ok(tx.commit().await?)
}

async fn record(app: &App, c: &mut Conn, actor: &Actor, id: ChecklistId, action: &'static str) -> Result<()> {
    audit::record(app, c, actor.organization_id, Entry::new(action, "checklist").actor(actor).entity(id.0)).await
}
