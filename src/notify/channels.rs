//! An organisation's robots and webhooks.

use crate::{
    accounts::model::Actor,
    audit::{self, Entry},
    db::Conn,
    error::{Error, Result},
    http::App,
    i18n::Lang,
    kernel::ids::{DeliveryId, NoticeChannelId},
    notify::{
        form::ChannelInput,
        model::{Channel, DeliveryKind, Target, Trouble},
        send,
        store::{self, channels::Row},
        words,
    },
};

/// The organisation's channels, by name.
///
/// # Errors
/// The database's.
pub async fn all(c: &mut Conn, actor: &Actor) -> Result<Vec<Channel>> {
    Ok(store::channels::all(c, actor.organization_id).await?)
}

/// A channel of the organisation.
///
/// # Errors
/// `NotFound` when there is none.
pub async fn by_id(c: &mut Conn, actor: &Actor, id: NoticeChannelId) -> Result<Channel> {
    store::channels::by_id(c, actor.organization_id, id).await?.ok_or(Error::NotFound)
}

/// Adds a channel.
///
/// # Errors
/// The database's.
pub async fn add(app: &App, actor: &Actor, new: &ChannelInput) -> Result<NoticeChannelId> {
    let id = NoticeChannelId::new(app.now(), &*app.random);
    let target =
        Target { address: new.address.clone().unwrap_or_default(), secret: new.secret.clone().unwrap_or_default() };
    let sealed = seal(app, id, &target)?;
    let muted = new.muted.text();
    let row = Row {
        id,
        org: actor.organization_id,
        kind: new.kind,
        name: &new.name,
        host: &new.host,
        target_sealed: &sealed,
        muted: &muted,
    };
    let mut tx = app.db.write().await?;
    store::channels::insert(&mut tx, &row).await?;
    let entry = Entry::new("notices.channel_added", "notice_channel").actor(actor).entity(id.0).detail(new.kind);
    audit::record(app, &mut tx, actor.organization_id, entry).await?;
    tx.commit().await?;
    Ok(id)
}

/// Changes a channel; address and secret stay when none was typed.
///
/// # Errors
/// `NotFound`; `Conflict` when somebody else was faster.
pub async fn change(app: &App, actor: &Actor, id: NoticeChannelId, new: &ChannelInput, version: i64) -> Result<()> {
    let mut tx = app.db.write().await?;
    let before = store::channels::hold(&mut tx, actor.organization_id, id).await?.ok_or(Error::NotFound)?;
    let old = send::target(app, &before)?;
    let target = Target {
        address: new.address.clone().unwrap_or(old.address),
        secret: new.secret.clone().unwrap_or(old.secret),
    };
    let sealed = seal(app, id, &target)?;
    let muted = new.muted.text();
    let host = if new.address.is_some() { &new.host } else { &before.host };
    let row = Row {
        id,
        org: actor.organization_id,
        kind: before.kind,
        name: &new.name,
        host,
        target_sealed: &sealed,
        muted: &muted,
    };
    let disabled_at = if new.in_use { None } else { before.disabled_at.or_else(|| Some(app.now())) };
    let pending = if new.in_use { before.pending.as_str() } else { "" };
    if store::channels::update(&mut tx, &row, disabled_at, pending, version).await? == 0 {
        return Err(Error::Conflict);
    }
    let entry = Entry::new("notices.channel_changed", "notice_channel").actor(actor).entity(id.0).detail(before.kind);
    audit::record(app, &mut tx, actor.organization_id, entry).await?;
    Ok(tx.commit().await?)
}

fn seal(app: &App, id: NoticeChannelId, target: &Target) -> Result<Vec<u8>> {
    let plain = serde_json::to_vec(target).map_err(Error::internal)?;
    app.keys.seal(&plain, id.0.as_bytes(), &*app.random).map_err(Error::internal)
}

/// Sends a try by a channel, at once; what came of it stands beside the channel.
///
/// # Errors
/// `NotFound`; the database's.
pub async fn test(app: &App, actor: &Actor, id: NoticeChannelId) -> Result<()> {
    let channel = by_id(&mut app.db.read().await?, actor, id).await?;
    let worded = words::test(Lang::ZhCn, &app.config.base_url());
    let delivery = DeliveryId::new(app.now(), &*app.random);
    let sent = send::by_channel(app, &channel, delivery, DeliveryKind::Test, 0, &worded.text).await;
    let mut tx = app.db.write().await?;
    let outcome = sent.map_or_else(Trouble::code, |()| "sent");
    store::channels::tried(&mut tx, id, app.now(), outcome).await?;
    let entry = Entry::new("notices.channel_tried", "notice_channel").actor(actor).entity(id.0).detail(outcome);
    audit::record(app, &mut tx, actor.organization_id, entry).await?;
    Ok(tx.commit().await?)
}
