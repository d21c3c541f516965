//! Topics: added, changed, taken out of use. A topic's code word stays what it is: posters, forms and exports carry it.

use crate::{
    accounts::model::Actor,
    audit::{self, Entry},
    db::Conn,
    error::{Error, Result},
    http::App,
    kernel::ids::{OrganizationId, TopicId},
    organizations::{
        departments,
        form::TopicInput,
        model::{Checked, OTHER_TOPIC, Topic, refusal},
        store,
    },
};

/// Every topic, those out of use too.
///
/// # Errors
/// The database's.
pub async fn all(c: &mut Conn, org: OrganizationId) -> Result<Vec<Topic>> {
    Ok(store::topics(c, org).await?)
}

/// Adds a topic at the end.
///
/// # Errors
/// The database's.
pub async fn create(app: &App, actor: &Actor, code: String, input: TopicInput) -> Result<Checked<TopicId>> {
    let org = actor.organization_id;
    let mut tx = app.db.write().await?;
    store::lock_organization(&mut tx, org).await?;
    if !departments::in_use(&mut tx, org, input.default_department_id).await? {
        return Ok(Err(refusal("default_department_id", "organizations.error.department")));
    }
    let last = store::topics(&mut tx, org).await?.iter().map(|t| t.position).max().unwrap_or(0);
    let topic = Topic {
        id: TopicId::new(app.now(), &*app.random),
        code,
        name: input.name,
        name_en: input.name_en,
        default_department_id: input.default_department_id,
        position: last + 1,
        about_people: input.about_people,
        disabled_at: None,
    };
    match store::insert_topic(&mut tx, org, &topic).await {
        Err(e) if store::topic_code_taken(&e) => {
            return Ok(Err(refusal("code", "organizations.error.code_taken")));
        }
        other => other?,
    };
    audit::record(app, &mut tx, org, Entry::new("topic.created", "topic").actor(actor).entity(topic.id.0)).await?;
    tx.commit().await?;
    Ok(Ok(topic.id))
}

/// Changes a topic. "Other" stays in use: it takes what fits nowhere else.
///
/// # Errors
/// `NotFound` when the organisation has none of this id; the database's.
pub async fn change(app: &App, actor: &Actor, id: TopicId, input: TopicInput) -> Result<Checked<()>> {
    let org = actor.organization_id;
    let mut tx = app.db.write().await?;
    store::lock_organization(&mut tx, org).await?;
    let before = store::topic(&mut tx, org, id).await?.ok_or(Error::NotFound)?;
    if before.code == OTHER_TOPIC && !input.in_use {
        return Ok(Err(refusal("in_use", "organizations.error.other_stays")));
    }
    let department = input.default_department_id;
    if department != before.default_department_id && !departments::in_use(&mut tx, org, department).await? {
        return Ok(Err(refusal("default_department_id", "organizations.error.department")));
    }
    let after = Topic {
        id,
        code: before.code,
        name: input.name,
        name_en: input.name_en,
        default_department_id: department,
        position: input.position.map_or(before.position, i64::from),
        about_people: input.about_people,
        disabled_at: if input.in_use { None } else { before.disabled_at.or(Some(app.now())) },
    };
    store::update_topic(&mut tx, org, &after).await?;
    let action = match (before.disabled_at.is_some(), input.in_use) {
        (false, false) => "topic.disabled",
        (true, true) => "topic.enabled",
        _ => "topic.changed",
    };
    audit::record(app, &mut tx, org, Entry::new(action, "topic").actor(actor).entity(id.0)).await?;
    tx.commit().await?;
    Ok(Ok(()))
}
