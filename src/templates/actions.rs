//! Keeping templates, and those that are offered for a case.

use crate::{
    accounts::model::Actor,
    audit::{self, Entry},
    cases::model::Case,
    db::Conn,
    error::{Error, Result},
    http::App,
    kernel::{
        ids::{OrganizationId, TemplateId, TopicId},
        roles::Role,
    },
    organizations::{
        self,
        model::{Checked, refusal},
    },
    templates::{form::Input, model::Template, store},
};

/// Most templates of an owner.
const MOST: usize = 200;

/// The templates that a person may read: the office all of them, departments the office's and their own.
///
/// # Errors
/// The database's.
pub async fn readable(c: &mut Conn, actor: &Actor) -> Result<Vec<Template>> {
    let mut all = store::all(c, actor.organization_id).await?;
    if actor.role != Role::Office {
        all.retain(|t| t.department_id.is_none() || t.department_id == actor.department_id);
    }
    Ok(all)
}

/// Whether a template is this person's to change.
pub fn is_own(actor: &Actor, template: &Template) -> bool {
    match actor.role {
        Role::Office => template.department_id.is_none(),
        Role::DepartmentHead => actor.department_id.is_some() && template.department_id == actor.department_id,
        _ => false,
    }
}

/// A template to change.
///
/// # Errors
/// `NotFound` when it is not this person's own.
pub async fn own(c: &mut Conn, actor: &Actor, id: TemplateId) -> Result<Template> {
    let all = store::all(c, actor.organization_id).await?;
    all.into_iter().find(|t| t.id == id && is_own(actor, t)).ok_or(Error::NotFound)
}

/// The templates that are offered to a person for a case, the best fitting first: the office's, and those of the
/// department that has it.
///
/// # Errors
/// The database's.
pub async fn for_case(c: &mut Conn, actor: &Actor, case: &Case) -> Result<Vec<Template>> {
    let mut fitting: Vec<(u8, Template)> = readable(c, actor)
        .await?
        .into_iter()
        .filter(|t| t.disabled_at.is_none())
        .filter(|t| t.department_id.is_none() || t.department_id == case.department_id)
        .filter_map(|t| Some((t.fits(case.topic_id, case.state)?, t)))
        .collect();
    fitting.sort_by_key(|(fit, _)| std::cmp::Reverse(*fit));
    Ok(fitting.into_iter().map(|(_, template)| template).collect())
}

/// The templates that are offered for many cases at once, or in a macro: those of departments fit their own cases alone.
///
/// # Errors
/// The database's.
pub async fn offered(c: &mut Conn, actor: &Actor) -> Result<Vec<Template>> {
    let fits = |t: &Template| t.disabled_at.is_none() && (actor.role != Role::Office || t.department_id.is_none());
    Ok(readable(c, actor).await?.into_iter().filter(fits).collect())
}

/// Adds a template of the office, or of the head's department. A refusal names the field.
///
/// # Errors
/// `NotFound` for people who keep none.
pub async fn create(app: &App, actor: &Actor, input: Input) -> Result<Checked<TemplateId>> {
    let department_id = match actor.role {
        Role::Office => None,
        Role::DepartmentHead => Some(actor.department_id.ok_or(Error::NotFound)?),
        _ => return Err(Error::NotFound),
    };
    let (org, now) = (actor.organization_id, app.now());
    let mut tx = app.db.write().await?;
    if !is_topic(&mut tx, org, input.topic).await? {
        return Ok(Err(refusal("topic", "routing.error.topic")));
    }
    let theirs = store::all(&mut tx, org).await?.into_iter().filter(|t| t.department_id == department_id).count();
    if theirs >= MOST {
        return Ok(Err(refusal("", "templates.error.many")));
    }
    let template = Template {
        id: TemplateId::new(now, &*app.random),
        department_id,
        topic_id: input.topic,
        state: input.state,
        title: input.title,
        body: input.body,
        version: 1,
        changed_at: now,
        disabled_at: None,
    };
    store::insert(&mut tx, org, &template, actor.staff_id).await?;
    let entry = Entry::new("template.created", "template").actor(actor).entity(template.id.0);
    audit::record(app, &mut tx, org, entry).await?;
    tx.commit().await?;
    Ok(Ok(template.id))
}

/// Changes a template as of the version that was seen.
///
/// # Errors
/// `NotFound` when it is not this person's own; `Conflict` when somebody was faster.
pub async fn change(app: &App, actor: &Actor, id: TemplateId, seen: i64, input: Input) -> Result<Checked<()>> {
    let (org, now) = (actor.organization_id, app.now());
    let mut tx = app.db.write().await?;
    let before = own(&mut tx, actor, id).await?;
    if input.topic != before.topic_id && !is_topic(&mut tx, org, input.topic).await? {
        return Ok(Err(refusal("topic", "routing.error.topic")));
    }
    let after = Template {
        topic_id: input.topic,
        state: input.state,
        title: input.title,
        body: input.body,
        version: seen,
        changed_at: now,
        disabled_at: if input.in_use { None } else { before.disabled_at.or(Some(now)) },
        ..before
    };
    if store::update(&mut tx, org, &after, actor.staff_id).await? == 0 {
        return Err(Error::Conflict);
    }
    let entry = Entry::new("template.changed", "template").actor(actor).entity(id.0);
    audit::record(app, &mut tx, org, entry).await?;
    tx.commit().await?;
    Ok(Ok(()))
}

async fn is_topic(c: &mut Conn, org: OrganizationId, topic: Option<TopicId>) -> Result<bool> {
    let Some(topic) = topic else { return Ok(true) };
    Ok(organizations::actions::topics(c, org).await?.iter().any(|t| t.id == topic))
}
