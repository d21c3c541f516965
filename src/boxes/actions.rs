//! Writing the opening log, and what other slices ask of it.

use chrono::{DateTime, Utc};

use crate::{
    access_points,
    accounts::model::Actor,
    audit::{self, Entry},
    boxes::{
        model::{NewOpening, Opening},
        store,
    },
    db::Conn,
    error::{Error, Result},
    http::App,
    kernel::{
        ids::{AccessPointId, CaseId, OpeningId, OrganizationId},
        roles::Channel,
    },
};

/// Openings that the log shows.
const SHOWN: i64 = 100;

/// Two people have opened a box.
///
/// # Errors
/// `NotFound` when the organisation has no such box.
pub async fn open(app: &App, actor: &Actor, new: &NewOpening) -> Result<OpeningId> {
    let mut tx = app.db.write().await?;
    let point = access_points::actions::by_id(&mut tx, actor.organization_id, new.access_point).await?;
    if point.channel != Channel::Box {
        return Err(Error::NotFound);
    }
    let id = OpeningId::new(app.now(), &*app.random);
    let row = store::NewRow {
        id,
        organization_id: actor.organization_id,
        access_point_id: point.id,
        opened_at: new.opened_at,
        opener: &new.opener,
        witness: &new.witness,
        letters: new.letters,
        written_by: actor.staff_id,
    };
    store::insert(&mut tx, &row).await?;
    let entry = Entry::new("box.opened", "box_opening").actor(actor).entity(id.0).detail(new.letters);
    audit::record(app, &mut tx, actor.organization_id, entry).await?;
    tx.commit().await?;
    Ok(id)
}

/// Somebody says why letters are missing.
///
/// # Errors
/// `NotFound` when the organisation has no such opening.
pub async fn explain(app: &App, actor: &Actor, id: OpeningId, words: &str) -> Result<()> {
    let mut tx = app.db.write().await?;
    if store::explain(&mut tx, actor.organization_id, id, words).await? == 0 {
        return Err(Error::NotFound);
    }
    let entry = Entry::new("box.explained", "box_opening").actor(actor).entity(id.0).detail(words);
    audit::record(app, &mut tx, actor.organization_id, entry).await?;
    tx.commit().await?;
    Ok(())
}

/// The newest openings.
///
/// # Errors
/// The database's.
pub async fn newest(c: &mut Conn, org: OrganizationId) -> Result<Vec<Opening>> {
    Ok(store::newest(c, org, SHOWN).await?)
}

/// When each box was last opened.
///
/// # Errors
/// The database's.
pub async fn last_opened(c: &mut Conn, org: OrganizationId) -> Result<Vec<(AccessPointId, DateTime<Utc>)>> {
    Ok(store::last_opened(c, org).await?)
}

/// One opening.
///
/// # Errors
/// `NotFound` when the organisation has no such opening.
pub async fn by_id(c: &mut Conn, org: OrganizationId, id: OpeningId) -> Result<Opening> {
    store::by_id(c, org, id).await?.ok_or(Error::NotFound)
}

/// A letter of an opening became a case, in the transaction that stores it.
///
/// # Errors
/// `Bad` when all its letters were typed in already.
pub async fn add_letter(c: &mut Conn, id: OpeningId, case: CaseId) -> Result<()> {
    match store::add_letter(c, id, case).await? {
        0 => Err(Error::Bad("boxes.error.all_typed")),
        _ => Ok(()),
    }
}
