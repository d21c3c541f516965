//! Drafts of calls: what is being typed, kept on the server, sealed, for who types it alone.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    accounts::model::Actor,
    db::Conn,
    error::{Error, Result},
    hotline::{
        model::CallKind,
        store::drafts::{self, Row},
    },
    http::{App, Form},
    kernel::{clock::hour_of, ids::DraftId, text},
};

/// Who does not save a call within a day does not need it any more.
const KEEP: TimeDelta = TimeDelta::days(1);
/// Nobody takes down more calls at a time.
const MOST: i64 = 20;
/// Characters of the words by which a draft is recognised.
const EXCERPT: usize = 40;

/// Fields that are not what was typed.
const NOT_TYPED: [&str; 3] = ["csrf", "draft", "recording"];

/// A draft.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The id.
    pub id: DraftId,
    /// When it was last kept.
    pub kept_at: DateTime<Utc>,
    /// What was typed.
    pub values: Form,
}

impl Draft {
    /// The beginning of what was said.
    pub fn excerpt(&self) -> String {
        text::excerpt(self.values.text("body"), EXCERPT)
    }
}

/// What is sealed.
#[derive(Serialize, Deserialize)]
struct Content {
    kept_at: DateTime<Utc>,
    fields: Vec<(String, String)>,
}

/// Keeps what is typed. What holds no word yet is not kept.
///
/// # Errors
/// `NotFound` when the draft is somebody else's; `Bad` when there are too many.
pub async fn keep(app: &App, actor: &Actor, kind: CallKind, id: DraftId, posted: &Form) -> Result<()> {
    if !["body", "contact", "contact_name", "answer"].iter().any(|name| posted.has(name)) {
        return Ok(());
    }
    let now = app.now();
    let typed = posted.pairs().filter(|(name, _)| !NOT_TYPED.contains(name));
    let content = Content { kept_at: now, fields: typed.map(|(k, v)| (k.to_string(), v.to_string())).collect() };
    let plain = serde_json::to_vec(&content).map_err(Error::internal)?;
    let sealed = app.keys.seal(&plain, id.0.as_bytes(), &*app.random).map_err(Error::internal)?;
    let mut tx = app.db.write().await?;
    let row = Row {
        id,
        organization_id: actor.organization_id,
        operator_id: actor.staff_id,
        kind,
        content_sealed: &sealed,
        kept_at: hour_of(now),
    };
    if drafts::keep(&mut tx, &row).await? == 0 {
        return Err(Error::NotFound);
    }
    if drafts::count(&mut tx, actor.staff_id).await? > MOST {
        return Err(Error::Bad("hotline.error.many_drafts"));
    }
    Ok(tx.commit().await?)
}

/// The drafts of a person, the newest call first. What these keys can't open is left out: it goes within a day.
///
/// # Errors
/// The database's.
pub async fn of(app: &App, c: &mut Conn, actor: &Actor, kind: CallKind) -> Result<Vec<Draft>> {
    let kept = drafts::of(c, actor.staff_id, kind, app.now() - KEEP).await?;
    let opened = kept.into_iter().filter_map(|row| {
        let plain = app.keys.open(&row.content_sealed, row.id.0.as_bytes()).ok()?;
        let content: Content = serde_json::from_slice(&plain).ok()?;
        Some(Draft { id: row.id, kept_at: content.kept_at, values: Form::from_pairs(content.fields) })
    });
    Ok(opened.collect())
}

/// Forgets a draft of a person.
///
/// # Errors
/// `NotFound` when they have no such draft.
pub async fn forget(app: &App, actor: &Actor, id: DraftId) -> Result<()> {
    let mut tx = app.db.write().await?;
    if drafts::delete(&mut tx, actor.staff_id, id).await? == 0 {
        return Err(Error::NotFound);
    }
    Ok(tx.commit().await?)
}

/// Forgets drafts that nobody went on with for a day.
///
/// # Errors
/// The database's.
pub async fn forget_old(app: &App) -> Result<()> {
    let mut tx = app.db.write().await?;
    drafts::delete_before(&mut tx, app.now() - KEEP).await?;
    Ok(tx.commit().await?)
}
