//! Tags 标签: an organisation's own words on its cases, by which lists are filtered. They say what a case is about, never
//! who: everybody of the staff reads the list of words, so a name among them would tell what recusal hides (promise 12).
//!
//! Putting words on a case takes nothing away from anybody: the form sends what to add and what to take off, so two
//! people who do it at once don't overwrite each other, and the version of the case stays.

use crate::{
    accounts::model::Actor,
    audit::{self, Entry},
    cases::{
        model::{EventKind, Verb},
        store,
        work::{Seen, Work},
    },
    db::Conn,
    error::{Error, Result},
    http::App,
    kernel::{
        ids::{CaseId, OrganizationId, TagId},
        text::{char_count, normalize_line},
    },
    organizations::{
        self,
        model::{Checked, refusal},
    },
};

pub use store::tags::Tag;

/// Most characters of a word.
const LONGEST: usize = 16;
/// Most words of an organisation: more is no list that anybody reads.
const MOST: usize = 100;

/// The words of an organisation, those out of use too.
///
/// # Errors
/// The database's.
pub async fn all(c: &mut Conn, org: OrganizationId) -> Result<Vec<Tag>> {
    Ok(store::tags::of_organization(c, org).await?)
}

/// The words that can be put on cases.
///
/// # Errors
/// The database's.
pub async fn in_use(c: &mut Conn, org: OrganizationId) -> Result<Vec<Tag>> {
    Ok(all(c, org).await?.into_iter().filter(|t| t.disabled_at.is_none()).collect())
}

/// The words on a case.
///
/// # Errors
/// The database's.
pub async fn of_case(c: &mut Conn, case: CaseId) -> Result<Vec<Tag>> {
    Ok(store::tags::of_case(c, case).await?)
}

/// Adds a word. A refusal names the field.
///
/// # Errors
/// The database's.
pub async fn create(app: &App, actor: &Actor, name: &str) -> Result<Checked<TagId>> {
    let (org, now) = (actor.organization_id, app.now());
    let mut tx = app.db.write().await?;
    let name = normalize_line(name);
    if let Some(key) = wrong(&mut tx, org, &name).await? {
        return Ok(Err(refusal("name", key)));
    }
    if all(&mut tx, org).await?.len() >= MOST {
        return Ok(Err(refusal("name", "tags.error.many")));
    }
    let id = TagId::new(now, &*app.random);
    if store::tags::insert(&mut tx, id, org, &name, now).await? == 0 {
        return Ok(Err(refusal("name", "tags.error.double")));
    }
    audit::record(app, &mut tx, org, Entry::new("tag.created", "tag").actor(actor).entity(id.0)).await?;
    tx.commit().await?;
    Ok(Ok(id))
}

/// Changes a word, or takes it out of use: on the cases that have it, it stays.
///
/// # Errors
/// `NotFound` when the organisation has none of this id.
pub async fn change(app: &App, actor: &Actor, id: TagId, name: &str, in_use: bool) -> Result<Checked<()>> {
    let org = actor.organization_id;
    let mut tx = app.db.write().await?;
    let before = all(&mut tx, org).await?.into_iter().find(|t| t.id == id).ok_or(Error::NotFound)?;
    let name = normalize_line(name);
    if let Some(key) = wrong(&mut tx, org, &name).await? {
        return Ok(Err(refusal("name", key)));
    }
    let disabled_at = if in_use { None } else { before.disabled_at.or(Some(app.now())) };
    if store::tags::update(&mut tx, org, &Tag { id, name, disabled_at }).await? == 0 {
        return Ok(Err(refusal("name", "tags.error.double")));
    }
    audit::record(app, &mut tx, org, Entry::new("tag.changed", "tag").actor(actor).entity(id.0)).await?;
    tx.commit().await?;
    Ok(Ok(()))
}

/// What is wrong with a word: nothing, too much, or that it names somebody.
async fn wrong(c: &mut Conn, org: OrganizationId, name: &str) -> Result<Option<&'static str>> {
    if name.is_empty() || char_count(name) > LONGEST {
        return Ok(Some("tags.error.length"));
    }
    let staff = organizations::actions::staff(c, org).await?;
    let named = staff.iter().any(|s| char_count(&s.display_name) > 1 && name.contains(&s.display_name));
    Ok(named.then_some("tags.error.person"))
}

/// Puts words on a case and takes others off.
///
/// # Errors
/// As [`Work::begin`]; `Bad` when a word is not one of the organisation's.
pub async fn set(app: &App, actor: &Actor, seen: Seen<'_>, add: &[TagId], remove: &[TagId]) -> Result<()> {
    let mut work = Work::begin(app, actor, seen, Verb::Tag).await?;
    put(&mut work, add, remove).await?;
    work.done().await
}

/// Puts words on the case of a verb at work and takes others off; what changes nothing leaves no trace.
pub(super) async fn put(work: &mut Work<'_>, add: &[TagId], remove: &[TagId]) -> Result<()> {
    let known = all(&mut work.tx, work.case.organization_id).await?;
    let (case, by, at) = (work.case.id, work.actor.staff_id, work.at);
    let mut changes = Vec::new();
    for id in add {
        let tag = known.iter().find(|t| t.id == *id && t.disabled_at.is_none());
        let tag = tag.ok_or(Error::Bad("tags.error.unknown"))?;
        if store::tags::add(&mut work.tx, case, *id, by, at).await? > 0 {
            changes.push(format!("+{}", tag.name));
        }
    }
    for id in remove {
        let tag = known.iter().find(|t| t.id == *id).ok_or(Error::Bad("tags.error.unknown"))?;
        if store::tags::remove(&mut work.tx, case, *id).await? > 0 {
            changes.push(format!("−{}", tag.name));
        }
    }
    if changes.is_empty() {
        return Ok(());
    }
    let words = changes.join(" ");
    work.record(work.happening(EventKind::Tagged).reason(&words)).await
}
