//! Messages leave the house: claimed by a lease, sent, settled. When the program dies in between, the lease runs out and
//! the message is sent again under the same id: at least once, and whoever keeps the ids takes it once.

pub mod guard;
pub mod mail;
pub mod robots;
mod web;

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    db::Conn,
    error::{Error, Result},
    http::App,
    i18n::Lang,
    kernel::{clock::hour_of, ids::DeliveryId},
    notify::{
        gather::scope,
        model::{Channel, DeliveryKind, DeliveryState, Facts, MOST_ATTEMPTS, Target, Trouble, wait_after},
        store::{self, deliveries::Delivery},
        submitters, words,
    },
};

/// How long a message belongs to its sender: longer than any try takes.
const LEASE: TimeDelta = TimeDelta::minutes(2);
/// How many messages are sent at the same time: one silent server does not hold up the others.
const AT_ONCE: usize = 4;

/// Sends everything that is due; gives how many arrived.
///
/// # Errors
/// The database's; what a message meets puts the message back instead.
pub async fn send_due(app: &Arc<App>) -> Result<usize> {
    let senders = (0..AT_ONCE).map(|_| drain(app));
    let mut arrived = 0;
    for done in futures::future::join_all(senders).await {
        arrived += done?;
    }
    Ok(arrived)
}

async fn drain(app: &Arc<App>) -> Result<usize> {
    let mut arrived = 0;
    while let Some((delivery, lease)) = claim(app).await? {
        let outcome = deliver(app, &delivery).await?;
        arrived += usize::from(matches!(outcome, Outcome::Arrived));
        settle(app, &delivery, lease, outcome).await?;
    }
    Ok(arrived)
}

/// What came of a try.
enum Outcome {
    Arrived,
    /// There is nothing to tell any more, or nobody.
    NotNeeded,
    Failed(Trouble),
}

async fn claim(app: &App) -> Result<Option<(Delivery, DateTime<Utc>)>> {
    let now = app.now();
    // Asked without the writer first: mostly there is nothing.
    if store::deliveries::next_due(&mut app.db.read().await?, now).await?.is_none() {
        return Ok(None);
    }
    let mut tx = app.db.write().await?;
    let Some(delivery) = store::deliveries::next_due(&mut tx, now).await? else { return Ok(None) };
    let lease = now + LEASE;
    store::deliveries::claim(&mut tx, delivery.id, lease).await?;
    tx.commit().await?;
    Ok(Some((delivery, lease)))
}

async fn deliver(app: &Arc<App>, delivery: &Delivery) -> Result<Outcome> {
    let mut c = app.db.read().await?;
    if delivery.staff_id.is_some() {
        return match mail_of(app, &mut c, delivery).await? {
            Some(mail) => {
                drop(c);
                Ok(mail::send(app, delivery.id, mail, app.now()).await.into())
            }
            None => Ok(Outcome::NotNeeded),
        };
    }
    if let Some(id) = delivery.submitter_mail_id {
        return match submitters::mail_of(app, &mut c, id, delivery.kind).await? {
            Some(mail) => {
                drop(c);
                Ok(mail::send(app, delivery.id, mail, app.now()).await.into())
            }
            None => Ok(Outcome::NotNeeded),
        };
    }
    let Some(id) = delivery.channel_id else { return Ok(Outcome::NotNeeded) };
    let channel = store::channels::by_id(&mut c, delivery.organization_id, id).await?;
    let Some(channel) = channel.filter(|c| c.disabled_at.is_none()) else { return Ok(Outcome::NotNeeded) };
    let mut cases = 0;
    for case in facts(delivery)?.cases {
        cases += usize::from(store::news::all_may_know(&mut c, delivery.organization_id, case).await?);
    }
    drop(c);
    if cases == 0 {
        return Ok(Outcome::NotNeeded);
    }
    let words = words::digest(Lang::ZhCn, cases, 0, &app.config.base_url());
    Ok(by_channel(app, &channel, delivery.id, DeliveryKind::Digest, cases, &words.text).await.into())
}

impl From<Result<(), Trouble>> for Outcome {
    fn from(sent: Result<(), Trouble>) -> Self {
        sent.map_or_else(Self::Failed, |()| Self::Arrived)
    }
}

fn facts(delivery: &Delivery) -> Result<Facts> {
    serde_json::from_str(&delivery.facts).map_err(Error::internal)
}

/// The e-mail of a message to a person, counted anew: what they may not know of any more is not counted.
async fn mail_of(app: &App, c: &mut Conn, delivery: &Delivery) -> Result<Option<mail::Mail>> {
    let Some(staff) = delivery.staff_id else { return Ok(None) };
    let Some(person) = store::settings::person(c, staff).await?.filter(|p| p.disabled_at.is_none()) else {
        return Ok(None);
    };
    let Some(sealed) = &person.email_sealed else { return Ok(None) };
    let to = app.keys.open(sealed, staff.0.as_bytes()).map_err(Error::internal)?;
    let to = String::from_utf8(to).map_err(Error::internal)?;
    let base_url = app.config.base_url();
    let facts = facts(delivery)?;
    if let Some(numbers) = &facts.report {
        let worded = words::report(person.lang, numbers, &base_url);
        let text = format!("{}\n", worded.text);
        return Ok(Some(mail::Mail { to, subject: worded.subject, text, headers: Vec::new() }));
    }
    let mut cases = 0;
    for case in facts.cases {
        cases += usize::from(store::news::may_know(c, &scope(&person), case).await?);
    }
    if cases + facts.others == 0 {
        return Ok(None);
    }
    let worded = words::digest(person.lang, cases, facts.others, &base_url);
    let text = words::with_foot(person.lang, &worded.text, &base_url);
    Ok(Some(mail::Mail { to, subject: worded.subject, text, headers: Vec::new() }))
}

/// Sends a text by a channel.
///
/// # Errors
/// Why it did not arrive.
pub async fn by_channel(
    app: &App,
    channel: &Channel,
    id: DeliveryId,
    kind: DeliveryKind,
    cases: usize,
    text: &str,
) -> Result<(), Trouble> {
    let target = target(app, channel).map_err(|_| Trouble::NotSet)?;
    let loopback = app.config.outgoing_loopback;
    let link = format!("{}/desk/notices", app.config.base_url());
    let words = robots::Words { text, kind, cases, link: &link };
    let post = robots::request(channel.kind, &target, id, &words, app.now(), loopback)?;
    let answer = web::post(post, app.config.outgoing_time, loopback).await?;
    robots::judge(channel.kind, &answer)
}

/// Where a channel's messages go.
///
/// # Errors
/// Internal when it can't be opened with the installation's keys.
pub fn target(app: &App, channel: &Channel) -> Result<Target> {
    let plain = app.keys.open(&channel.target_sealed, channel.id.0.as_bytes()).map_err(Error::internal)?;
    serde_json::from_slice(&plain).map_err(Error::internal)
}

async fn settle(app: &App, delivery: &Delivery, lease: DateTime<Utc>, outcome: Outcome) -> Result<()> {
    let now = app.now();
    let tries = delivery.attempts + 1;
    let mut tx = app.db.write().await?;
    let (state, word) = match outcome {
        Outcome::Arrived => (Some(DeliveryState::Sent), "sent"),
        Outcome::NotNeeded => (Some(DeliveryState::Dropped), ""),
        Outcome::Failed(trouble) if tries >= MOST_ATTEMPTS || !trouble.may_pass() => {
            tracing::warn!(name: "delivery.dead", trouble = trouble.code(), tries);
            (Some(DeliveryState::Dead), trouble.code())
        }
        Outcome::Failed(trouble) => (None, trouble.code()),
    };
    let ours = match state {
        Some(state) => store::deliveries::settle(&mut tx, delivery.id, lease, state, word, hour_of(now)).await?,
        None => {
            let next_at = now + wait_after(tries, &*app.random);
            store::deliveries::put_back(&mut tx, delivery.id, lease, next_at, word).await?
        }
    };
    if ours > 0 && !word.is_empty() {
        if let Some(channel) = delivery.channel_id {
            store::channels::tried(&mut tx, channel, hour_of(now), word).await?;
        }
        // The pause counts from when it arrived: a late one and the next would come together otherwise.
        if state == Some(DeliveryState::Sent) {
            if let Some(staff) = delivery.staff_id.filter(|_| delivery.kind == DeliveryKind::Digest) {
                store::settings::told(&mut tx, staff, now).await?;
            }
            if let Some(channel) = delivery.channel_id {
                store::channels::arrived(&mut tx, channel, now).await?;
            }
        }
    }
    Ok(tx.commit().await?)
}
