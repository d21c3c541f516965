//! What the administrator sees of messages, and does with those that were given up.

use chrono::TimeDelta;

use crate::{
    accounts::model::Actor,
    audit::{self, Entry},
    db::Conn,
    error::{Error, Result},
    http::App,
    kernel::{clock::hour_of, ids::DeliveryId},
    notify::store::{
        self,
        deliveries::{Counts, Listed},
    },
};

/// A message that needs somebody's eyes.
pub type Shown = Listed;

/// Messages that the page shows.
const SHOWN: i64 = 100;
/// Settled messages are kept this long.
const KEEP: TimeDelta = TimeDelta::days(30);

/// Messages that were given up, and those that failed and wait.
///
/// # Errors
/// The database's.
pub async fn in_trouble(c: &mut Conn, actor: &Actor) -> Result<Vec<Listed>> {
    Ok(store::deliveries::in_trouble(c, actor.organization_id, SHOWN).await?)
}

/// How the messages of the last seven days stand.
///
/// # Errors
/// The database's.
pub async fn counts(app: &App, c: &mut Conn, actor: &Actor) -> Result<Counts> {
    Ok(store::deliveries::counts(c, actor.organization_id, app.now() - TimeDelta::days(7)).await?)
}

/// A message that was given up is tried again.
///
/// # Errors
/// `NotFound` when there is none.
pub async fn again(app: &App, actor: &Actor, id: DeliveryId) -> Result<()> {
    let mut tx = app.db.write().await?;
    if store::deliveries::again(&mut tx, actor.organization_id, id, app.now()).await? == 0 {
        return Err(Error::NotFound);
    }
    let entry = Entry::new("notices.delivery_again", "delivery").actor(actor).entity(id.0);
    audit::record(app, &mut tx, actor.organization_id, entry).await?;
    Ok(tx.commit().await?)
}

/// A message is given up.
///
/// # Errors
/// `NotFound` when there is none, or it is being sent.
pub async fn give_up(app: &App, actor: &Actor, id: DeliveryId) -> Result<()> {
    let mut tx = app.db.write().await?;
    if store::deliveries::drop_it(&mut tx, actor.organization_id, id, app.now(), hour_of(app.now())).await? == 0 {
        return Err(Error::NotFound);
    }
    let entry = Entry::new("notices.delivery_given_up", "delivery").actor(actor).entity(id.0);
    audit::record(app, &mut tx, actor.organization_id, entry).await?;
    Ok(tx.commit().await?)
}

/// How many messages are dead, in all organisations.
///
/// # Errors
/// The database's.
pub async fn count_dead(c: &mut Conn) -> Result<i64> {
    Ok(store::deliveries::count_dead(c).await?)
}

/// Forgets messages that were settled long ago.
///
/// # Errors
/// The database's.
pub async fn forget_old(app: &App) -> Result<()> {
    let mut tx = app.db.write().await?;
    store::deliveries::forget_settled(&mut tx, app.now() - KEEP).await?;
    Ok(tx.commit().await?)
}
