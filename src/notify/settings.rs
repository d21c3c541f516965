//! How somebody of the staff wants to hear of news.

use std::sync::Arc;

use crate::{
    accounts::model::Actor,
    audit::{self, Entry},
    db::Conn,
    error::{Error, Result},
    http::App,
    kernel::{clock::hour_of, ids::DeliveryId},
    notify::{
        model::{Muted, Pace, Trouble},
        send::mail::{self, Mail},
        store, words,
    },
};

/// What a person chose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Their address; `None` when they gave none.
    pub email: Option<String>,
    /// How often.
    pub pace: Pace,
    /// What they do not want to hear of.
    pub muted: Muted,
}

/// What a person chose; everything, soon, when they never chose.
///
/// # Errors
/// The database's.
pub async fn of(app: &App, c: &mut Conn, actor: &Actor) -> Result<Settings> {
    let person = store::settings::person(c, actor.staff_id).await?.ok_or(Error::SignIn)?;
    let email = match &person.email_sealed {
        Some(sealed) => {
            let plain = app.keys.open(sealed, actor.staff_id.0.as_bytes()).map_err(Error::internal)?;
            Some(String::from_utf8(plain).map_err(Error::internal)?)
        }
        None => None,
    };
    Ok(Settings {
        email,
        pace: person.pace.unwrap_or(Pace::Soon),
        muted: Muted::parse(person.muted.as_deref().unwrap_or_default()),
    })
}

/// Keeps what a person chose.
///
/// # Errors
/// The database's.
pub async fn save(app: &App, actor: &Actor, chosen: &Settings) -> Result<()> {
    let seal = |email: &String| app.keys.seal(email.as_bytes(), actor.staff_id.0.as_bytes(), &*app.random);
    let sealed = chosen.email.as_ref().map(seal).transpose().map_err(Error::internal)?;
    let mut tx = app.db.write().await?;
    store::settings::save(&mut tx, actor.staff_id, sealed.as_deref(), chosen.pace, &chosen.muted.text()).await?;
    let entry =
        Entry::new("account.notices_changed", "staff").actor(actor).entity(actor.staff_id.0).detail(chosen.pace);
    audit::record(app, &mut tx, actor.organization_id, entry).await?;
    Ok(tx.commit().await?)
}

/// Sends a try to a person's own address, at once.
///
/// # Errors
/// `Bad` when they gave none; the database's.
pub async fn test(app: &Arc<App>, actor: &Actor) -> Result<Result<(), Trouble>> {
    let settings = of(app, &mut app.db.read().await?, actor).await?;
    let to = settings.email.ok_or(Error::Bad("notify.error.no_email"))?;
    let base_url = app.config.base_url();
    let worded = words::test(actor.lang, &base_url);
    let text = words::with_foot(actor.lang, &worded.text, &base_url);
    let mail = Mail { to, subject: worded.subject, text, headers: Vec::new() };
    let id = DeliveryId::new(hour_of(app.now()), &*app.random);
    Ok(mail::send(app, id, mail, app.now()).await)
}
