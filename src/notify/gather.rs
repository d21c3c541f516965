//! News become messages. What happens to cases writes rows of the outbox, in the transaction of the change; here they are
//! gathered, for each person and each channel, into one message that counts cases. At least once: a row is marked in the
//! transaction that makes the message.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use crate::{
    cases::{model::Lane, visibility::Scope},
    db::{Conn, Tx},
    error::{Error, Result},
    http::App,
    kernel::{
        clock::hour_of,
        ids::{CaseId, DeliveryId, NoticeChannelId, OrganizationId, OutboxId, StaffId},
    },
    notify::{
        model::{DeliveryKind, Facts, Muted, News, Pace, breathed, ripe_at},
        store::{self, deliveries::Delivery, settings::Person},
    },
};

/// Gathers everything that is ripe.
///
/// # Errors
/// The database's.
pub async fn gather(app: &App) -> Result<()> {
    for person in store::news::people(&mut app.db.read().await?).await? {
        if person.reachable && app.config.mail.is_set() {
            for_person(app, person.staff_id).await?;
        } else {
            // Or everything of the last months would come at once when they give an address.
            let mut tx = app.db.write().await?;
            store::news::pass_over(&mut tx, person.staff_id).await?;
            tx.commit().await?;
        }
    }
    for (organization,) in store::news::organizations(&mut app.db.read().await?).await? {
        for_organization(app, organization).await?;
    }
    for (channel, organization) in store::channels::in_use(&mut app.db.read().await?).await? {
        for_channel(app, organization, channel).await?;
    }
    Ok(())
}

/// What a person may see.
pub(super) fn scope(person: &Person) -> Scope {
    Scope {
        organization: person.organization_id,
        staff: person.staff_id,
        department: person.department_id,
        role: person.role,
    }
}

async fn for_person(app: &App, staff: StaffId) -> Result<()> {
    let now = app.now();
    // Looked at without the writer first: mostly it is not yet time.
    if taken(&mut app.db.read().await?, staff, now).await?.is_none() {
        return Ok(());
    }
    let mut tx = app.db.write().await?;
    // The row of the settings is held, so that two instances do not tell the same person at once.
    if !store::settings::hold(&mut tx, staff).await? {
        return Ok(());
    }
    let Some(taken) = taken(&mut tx, staff, now).await? else { return Ok(()) };
    for id in &taken.rows {
        store::news::mailed(&mut tx, *id).await?;
    }
    if taken.facts != Facts::default() {
        insert(app, &mut tx, taken.organization, Some(staff), None, &taken.facts).await?;
        store::settings::told(&mut tx, staff, now).await?;
    }
    Ok(tx.commit().await?)
}

/// What goes into a message now.
struct Taken {
    organization: OrganizationId,
    rows: Vec<OutboxId>,
    facts: Facts,
}

/// What a person is to be told now; `None` when there is nothing, or it is not yet time.
async fn taken(c: &mut Conn, staff: StaffId, now: DateTime<Utc>) -> Result<Option<Taken>> {
    let Some(person) = store::settings::person(c, staff).await? else { return Ok(None) };
    let busy = store::deliveries::has_waiting_digest(c, Some(staff), None).await?;
    if busy || !breathed(person.told_at, now) {
        return Ok(None);
    }
    let due = person.pace.unwrap_or(Pace::Off).is_due(person.told_at, now);
    let muted = Muted::parse(person.muted.as_deref().unwrap_or_default());
    let mut taken = Taken { organization: person.organization_id, rows: Vec::new(), facts: Facts::default() };
    let mut cases = BTreeSet::new();
    for piece in store::news::of_person(c, &scope(&person)).await? {
        let danger = piece.lane == Some(Lane::Safeguarding);
        // Danger waits for no morning.
        if ripe_at(piece.created_at, danger, now) > now || !(due || danger) {
            continue;
        }
        taken.rows.push(piece.id);
        let wanted = danger || !muted.has(News::of(&piece.kind));
        if piece.visible && piece.read_at.is_none() && wanted {
            match piece.case_id {
                Some(id) => drop(cases.insert(id)),
                None => taken.facts.others += 1,
            }
        }
    }
    taken.facts.cases = cases.into_iter().collect();
    Ok((!taken.rows.is_empty()).then_some(taken))
}

/// A message, to be sent at once.
async fn insert(
    app: &App,
    tx: &mut Tx,
    org: OrganizationId,
    staff: Option<StaffId>,
    channel: Option<NoticeChannelId>,
    facts: &Facts,
) -> Result<()> {
    // The hour is enough for us, and what may be about anonymous people is not noted finer.
    let hour = hour_of(app.now());
    let new = Delivery {
        id: DeliveryId::new(hour, &*app.random),
        organization_id: org,
        kind: DeliveryKind::Digest,
        staff_id: staff,
        channel_id: channel,
        submitter_mail_id: None,
        facts: serde_json::to_string(facts).map_err(Error::internal)?,
        attempts: 0,
    };
    store::deliveries::insert(tx, &new, hour).await?;
    Ok(())
}

/// The news of an organisation go to what is pending for each of its channels.
async fn for_organization(app: &App, org: OrganizationId) -> Result<()> {
    let now = app.now();
    let mut tx = app.db.write().await?;
    let ids = store::channels::all(&mut tx, org).await?.into_iter().filter(|c| c.disabled_at.is_none()).map(|c| c.id);
    let mut channels = Vec::new();
    for id in ids {
        if let Some(channel) = store::channels::hold(&mut tx, org, id).await? {
            channels.push((parse_cases(&channel.pending), channel));
        }
    }
    if channels.is_empty() {
        store::news::pass_over_organization(&mut tx, org).await?;
        return Ok(tx.commit().await?);
    }
    let mut any = false;
    for piece in store::news::of_organization(&mut tx, org).await? {
        if ripe_at(piece.created_at, false, now) > now {
            continue;
        }
        any = true;
        store::news::posted(&mut tx, piece.id).await?;
        for (pending, channel) in &mut channels {
            if piece.visible && !Muted::parse(&channel.muted).has(News::of(&piece.kind)) {
                pending.extend(piece.case_id);
            }
        }
    }
    if any {
        for (pending, channel) in channels {
            store::channels::set_pending(&mut tx, channel.id, &show_cases(&pending)).await?;
        }
    }
    Ok(tx.commit().await?)
}

fn parse_cases(text: &str) -> BTreeSet<CaseId> {
    text.split_whitespace().filter_map(CaseId::parse).collect()
}

fn show_cases(cases: &BTreeSet<CaseId>) -> String {
    cases.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

/// What is pending for a channel becomes a message.
async fn for_channel(app: &App, org: OrganizationId, id: NoticeChannelId) -> Result<()> {
    let now = app.now();
    let worth = |told_at: Option<DateTime<Utc>>, pending: &str| !pending.is_empty() && breathed(told_at, now);
    let seen = store::channels::by_id(&mut app.db.read().await?, org, id).await?;
    if !seen.is_some_and(|c| worth(c.told_at, &c.pending)) {
        return Ok(());
    }
    let mut tx = app.db.write().await?;
    let Some(channel) = store::channels::hold(&mut tx, org, id).await? else { return Ok(()) };
    let busy = store::deliveries::has_waiting_digest(&mut tx, None, Some(id)).await?;
    if busy || channel.disabled_at.is_some() || !worth(channel.told_at, &channel.pending) {
        return Ok(());
    }
    let facts = Facts { cases: parse_cases(&channel.pending).into_iter().collect(), ..Facts::default() };
    insert(app, &mut tx, org, None, Some(id), &facts).await?;
    store::channels::told(&mut tx, id, now).await?;
    Ok(tx.commit().await?)
}
