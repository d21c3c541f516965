//! Writing the opening log, and what other slices ask of it.

use chrono::{DateTime, Utc};

use crate::{
    access_points,
    accounts::model::Actor,
    audit::{self, Entry},
    boxes::{
        model::{INTERVAL_DAYS, NewOpening, Opening, is_due},
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
    if let Some(seal) = &new.seal {
        store::insert_seal(&mut tx, id, seal).await?;
    }
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

/// How often each box is to be opened, where it is not the usual interval.
///
/// # Errors
/// The database's.
pub async fn intervals(c: &mut Conn, org: OrganizationId) -> Result<Vec<(AccessPointId, i64)>> {
    Ok(store::intervals(c, org).await?)
}

/// Gives a box an interval.
///
/// # Errors
/// `NotFound` when the organisation has no such box.
pub async fn set_interval(app: &App, actor: &Actor, id: AccessPointId, days: i64) -> Result<()> {
    let mut tx = app.db.write().await?;
    let point = access_points::actions::by_id(&mut tx, actor.organization_id, id).await?;
    if point.channel != Channel::Box {
        return Err(Error::NotFound);
    }
    store::set_interval(&mut tx, id, days).await?;
    let entry = Entry::new("box.interval", "access_point").actor(actor).entity(id.0).detail(days);
    audit::record(app, &mut tx, actor.organization_id, entry).await?;
    tx.commit().await?;
    Ok(())
}

/// How many boxes should have been opened by now.
///
/// # Errors
/// The database's.
pub async fn count_due(app: &App, c: &mut Conn, org: OrganizationId) -> Result<usize> {
    let (last, intervals) = (last_opened(c, org).await?, intervals(c, org).await?);
    let boxes = access_points::actions::live_of(app, c, org).await?.into_iter().filter(|p| p.channel == Channel::Box);
    let due = boxes.filter(|b| {
        let opened = last.iter().find(|(id, _)| *id == b.id).map(|(_, at)| *at);
        is_due(b.created_at, opened, interval_of(&intervals, b.id), app.now())
    });
    Ok(due.count())
}

/// The interval of a box.
pub fn interval_of(intervals: &[(AccessPointId, i64)], id: AccessPointId) -> i64 {
    intervals.iter().find(|(of, _)| *of == id).map_or(INTERVAL_DAYS, |(_, days)| *days)
}

/// The photo of the seal of an opening: its content and what it is.
///
/// # Errors
/// `NotFound` when the opening has none.
pub async fn seal(app: &App, c: &mut Conn, org: OrganizationId, id: OpeningId) -> Result<(Vec<u8>, String)> {
    let (sha, kind) = store::seal(c, org, id).await?.ok_or(Error::NotFound)?;
    let files = app.files.clone();
    let bytes = tokio::task::spawn_blocking(move || files.get(&sha)).await.map_err(Error::internal)??;
    Ok((bytes, kind))
}

/// Whether an opening has a photo of its seal.
///
/// # Errors
/// The database's.
pub async fn has_seal(c: &mut Conn, org: OrganizationId, id: OpeningId) -> Result<bool> {
    Ok(store::seal(c, org, id).await?.is_some())
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
