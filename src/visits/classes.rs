//! The list of classes that patrols look at, kept by the office.

use crate::{
    accounts::model::Actor,
    audit::{self, Entry},
    db::Conn,
    error::{Error, Result},
    http::App,
    kernel::ids::{OrganizationId, PatrolClassId, StaffId},
    organizations,
    visits::{model::PatrolClass, store::classes as store},
};

/// The classes of an organisation, switched off ones too.
///
/// # Errors
/// The database's.
pub async fn all(c: &mut Conn, org: OrganizationId) -> Result<Vec<PatrolClass>> {
    Ok(store::all(c, org).await?)
}

/// One class.
///
/// # Errors
/// `NotFound` when the organisation has no such class.
pub async fn by_id(c: &mut Conn, org: OrganizationId, id: PatrolClassId) -> Result<PatrolClass> {
    store::all(c, org).await?.into_iter().find(|k| k.id == id).ok_or(Error::NotFound)
}

/// Adds classes by their names; those that are there already stay as they are. Gives how many are new.
///
/// # Errors
/// The database's.
pub async fn add(app: &App, actor: &Actor, names: &[String]) -> Result<usize> {
    let mut tx = app.db.write().await?;
    let org = actor.organization_id;
    let mut position = store::all(&mut tx, org).await?.iter().map(|k| k.position).max().unwrap_or(0);
    let mut added = 0;
    for name in names {
        position += 1;
        let id = PatrolClassId::new(app.now(), &*app.random);
        let class = PatrolClass { id, name: name.clone(), teacher_id: None, position, disabled_at: None };
        if store::insert(&mut tx, org, &class).await? == 1 {
            added += 1;
            record(app, &mut tx, actor, id, "patrol_class.created").await?;
        }
    }
    tx.commit().await?;
    Ok(added)
}

/// Says who teaches a class, and whether it is looked at.
///
/// # Errors
/// `NotFound` when the organisation has no such class or person.
pub async fn change(app: &App, actor: &Actor, id: PatrolClassId, teacher: Option<StaffId>, in_use: bool) -> Result<()> {
    let mut tx = app.db.write().await?;
    let org = actor.organization_id;
    if let Some(teacher) = teacher {
        let staff = organizations::actions::staff(&mut tx, org).await?;
        staff.iter().find(|s| s.id == teacher).ok_or(Error::NotFound)?;
    }
    let disabled_at = (!in_use).then(|| app.now());
    if store::update(&mut tx, org, id, teacher, disabled_at).await? == 0 {
        return Err(Error::NotFound);
    }
    record(app, &mut tx, actor, id, "patrol_class.changed").await?;
    Ok(tx.commit().await?)
}

async fn record(app: &App, c: &mut Conn, actor: &Actor, id: PatrolClassId, action: &'static str) -> Result<()> {
    audit::record(app, c, actor.organization_id, Entry::new(action, "patrol_class").actor(actor).entity(id.0)).await
}
