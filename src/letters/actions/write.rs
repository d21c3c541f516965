//! A letter is written, published, corrected, ended, or thrown away.

use chrono::{DateTime, Utc};

use crate::{
    access_points::{
        self,
        model::{Audience, NewAccessPoint},
    },
    accounts::model::Actor,
    error::{Error, Result},
    forms::{self, model::Text},
    http::App,
    i18n::Lang,
    kernel::{ids::LetterId, roles::Channel, text},
    letters::{
        actions::{by_id, change, record},
        model::{Content, Letter, Stage, Way},
        store,
    },
};

/// Most characters of an access point's title: two lines on a poster.
const POINT_TITLE: usize = 24;

/// The sentence of a key in both languages.
pub fn words(key: &str) -> Text {
    Text::new(&Lang::ZhCn.t(key), &Lang::En.t(key))
}

/// A new draft.
///
/// # Errors
/// The database's.
pub async fn create(app: &App, actor: &Actor, content: &Content) -> Result<LetterId> {
    let mut tx = app.db.write().await?;
    let id = LetterId::new(app.now(), &*app.random);
    store::letters::insert(&mut tx, id, content, change(app, actor)).await?;
    record(app, &mut tx, actor, "letter.created", id, "").await?;
    tx.commit().await?;
    Ok(id)
}

/// Changes a draft.
///
/// # Errors
/// `NotFound`; `Conflict` when it was changed after `seen`, or published.
pub async fn save(app: &App, actor: &Actor, id: LetterId, seen: i64, content: &Content) -> Result<()> {
    let mut tx = app.db.write().await?;
    let before = by_id(&mut tx, actor.organization_id, id).await?;
    if before.form_id.is_some() || store::letters::write(&mut tx, id, seen, content, change(app, actor)).await? == 0 {
        return Err(Error::Conflict);
    }
    record(app, &mut tx, actor, "letter.changed", id, "").await?;
    tx.commit().await?;
    Ok(())
}

/// Publishes a draft: its words are frozen; it gets a reply slip and an access point. Codes know their class: where there
/// are no classes, none are asked for.
///
/// # Errors
/// `NotFound`; `Conflict` when it was changed after `seen`, or published.
pub async fn publish(app: &App, actor: &Actor, id: LetterId, seen: i64, way: Way) -> Result<Letter> {
    let mut tx = app.db.write().await?;
    let letter = by_id(&mut tx, actor.organization_id, id).await?;
    if letter.stage(app.now()) != Stage::Draft {
        return Err(Error::Conflict);
    }
    let way = Way { with_codes: way.with_codes && !letter.content.classes.is_empty(), ..way };
    let slip = letter.content.reply_slip(words);
    let org = actor.organization_id;
    let form = forms::actions::create(app, &mut tx, org, &letter.content.title.zh, slip).await?;
    let new = NewAccessPoint {
        channel: Channel::Letter,
        title: text::excerpt(&letter.content.title.zh, POINT_TITLE),
        place: Lang::ZhCn.t("letters.place").into_owned(),
        keeper: actor.display_name.clone(),
        audience: Audience::Parents,
        form_id: form.form_id,
        topic_id: None,
        valid_from: None,
        // Its address stays good when replies have ended: it shows the letter and what became of it.
        valid_to: None,
    };
    let point = access_points::actions::create(app, &mut tx, org, new).await?;
    let now = change(app, actor);
    if store::letters::publish(&mut tx, id, seen, form.form_id, point.id, way, now).await? == 0 {
        return Err(Error::Conflict);
    }
    store::letters::insert_version(&mut tx, id, 1, &letter.content, "", now).await?;
    record(app, &mut tx, actor, "letter.published", id, &point.code).await?;
    let published = by_id(&mut tx, org, id).await?;
    tx.commit().await?;
    Ok(published)
}

/// Corrects a published letter: a new version with a note on what is different. What it asks stays as it is, because
/// people have answered it.
///
/// # Errors
/// `NotFound`; `Conflict` when it was changed after `seen`, or is a draft.
pub async fn correct(app: &App, actor: &Actor, id: LetterId, seen: i64, content: Content, note: &str) -> Result<()> {
    let mut tx = app.db.write().await?;
    let before = by_id(&mut tx, actor.organization_id, id).await?;
    let content = Content { statements: before.content.statements, ..content };
    let now = change(app, actor);
    if before.form_id.is_none() || store::letters::write(&mut tx, id, seen, &content, now).await? == 0 {
        return Err(Error::Conflict);
    }
    let newest = store::letters::versions(&mut tx, id).await?.last().map_or(0, |v| v.number);
    store::letters::insert_version(&mut tx, id, newest + 1, &content, note, now).await?;
    record(app, &mut tx, actor, "letter.corrected", id, newest + 1).await?;
    tx.commit().await?;
    Ok(())
}

/// Sets the last day of replies anew, or ends them now. Once they have ended they do not begin again: the opinions have
/// been told then.
///
/// # Errors
/// `NotFound`; `Conflict` when replies have ended, or never began.
pub async fn set_end(app: &App, actor: &Actor, id: LetterId, until: DateTime<Utc>) -> Result<()> {
    let mut tx = app.db.write().await?;
    by_id(&mut tx, actor.organization_id, id).await?;
    if store::letters::set_end(&mut tx, id, until, change(app, actor)).await? == 0 {
        return Err(Error::Conflict);
    }
    record(app, &mut tx, actor, "letter.end_set", id, until.date_naive()).await?;
    tx.commit().await?;
    Ok(())
}

/// Throws a draft away.
///
/// # Errors
/// `NotFound`; `Conflict` when it was published.
pub async fn remove(app: &App, actor: &Actor, id: LetterId) -> Result<()> {
    let mut tx = app.db.write().await?;
    by_id(&mut tx, actor.organization_id, id).await?;
    if store::letters::remove(&mut tx, actor.organization_id, id).await? == 0 {
        return Err(Error::Conflict);
    }
    record(app, &mut tx, actor, "letter.removed", id, "").await?;
    tx.commit().await?;
    Ok(())
}
