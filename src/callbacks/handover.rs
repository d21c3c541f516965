//! Callbacks in the hands of representatives.

use crate::{
    accounts::model::Actor,
    audit::{self, Entry},
    callbacks::{
        model::Handover,
        store::{self, NewHandover},
    },
    cases::{
        callback,
        model::{Case, Identity, Rating},
        rechecks::{self, Look, Shown},
        work::Seen,
    },
    db::Conn,
    error::{Error, Result},
    http::App,
    intake::model::Contact,
    kernel::ids::{HandoverId, StaffId},
    representatives::{self, model::Standing},
};

/// To whom a callback is handed, and with what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handing {
    /// The representative.
    pub to: StaffId,
    /// With name and number.
    pub with_contact: bool,
    /// How the submitter agreed.
    pub agreement: String,
}

/// The representatives who may be asked about a case now: in office, its place or topic in their area, not named in it,
/// not its sender.
///
/// # Errors
/// The database's.
pub async fn choices(app: &App, c: &mut Conn, actor: &Actor, case: &Case) -> Result<Vec<(StaffId, String)>> {
    let mut found = Vec::new();
    if case.identity == Identity::Sealed || rechecks::shown(app, c, actor.organization_id, case.id).await?.is_none() {
        return Ok(found);
    }
    for (appointment, area) in representatives::actions::all(c, actor.organization_id).await? {
        if appointment.standing(app.now()) != Standing::Active || !area.covers(&case.place, case.topic_id) {
            continue;
        }
        let people = [appointment.name.clone()];
        if !rechecks::concerns(app, c, actor.organization_id, case.id, &people).await? {
            found.push((appointment.staff_id, appointment.name));
        }
    }
    Ok(found)
}

/// The office hands a callback to a representative.
///
/// # Errors
/// `Bad` when this representative may not be asked, or name and number may not be given; `Conflict` when it was handed
/// over before, or the case has changed.
pub async fn hand_over(app: &App, actor: &Actor, seen: Seen<'_>, handing: &Handing) -> Result<()> {
    let mut tx = app.db.write().await?;
    let found = callback::to_call(app, &mut tx, actor, seen.number).await?;
    let case = &found.case;
    if seen.version.is_some_and(|v| v != case.version) {
        return Err(Error::Conflict);
    }
    if !choices(app, &mut tx, actor, case).await?.iter().any(|(id, _)| *id == handing.to) {
        return Err(Error::Bad("callbacks.error.representative"));
    }
    if handing.with_contact && (case.identity != Identity::Named || handing.agreement.is_empty()) {
        return Err(Error::Bad("callbacks.error.agreement"));
    }
    if store::handover_of(&mut tx, case.id, case.reopened).await?.is_some() {
        return Err(Error::Conflict);
    }
    let (now, id) = (app.now(), HandoverId::new(app.now(), &*app.random));
    let new = NewHandover {
        id,
        organization_id: actor.organization_id,
        case_id: case.id,
        round: case.reopened,
        staff_id: handing.to,
        with_contact: handing.with_contact,
        agreement: &handing.agreement,
        handed_by: actor.staff_id,
        at: now,
    };
    store::insert_handover(&mut tx, &new).await?;
    let detail = if handing.with_contact { "with_contact" } else { "without_contact" };
    let entry = Entry::new("callback.handed_over", "case").actor(actor).entity(case.id.0).detail(detail);
    audit::record(app, &mut tx, actor.organization_id, entry).await?;
    Ok(tx.commit().await?)
}

/// A callback as a representative sees it.
pub struct Own {
    /// The handover.
    pub handover: Handover,
    /// What may be known of the case.
    pub case: Shown,
    /// Whom to ask: only when they are named and agreed.
    pub contacts: Vec<Contact>,
}

/// What waits for a representative in office.
///
/// # Errors
/// `NotFound` without a running term.
pub async fn own(app: &App, c: &mut Conn, actor: &Actor) -> Result<Vec<Own>> {
    representatives::actions::active(c, actor, app.now()).await?;
    let mut all = Vec::new();
    for handover in store::waiting_for(c, actor.organization_id, actor.staff_id).await? {
        let Some(case) = rechecks::shown(app, c, actor.organization_id, handover.case_id).await? else { continue };
        // Judged by themselves meanwhile, or being handled again: there is nothing to ask.
        if !case.is_answered || callback::is_judged(c, handover.case_id).await? {
            continue;
        }
        let contacts = if handover.with_contact {
            callback::contacts_for_representative(app, c, actor, handover.case_id).await?
        } else {
            Vec::new()
        };
        all.push(Own { handover, case, contacts });
    }
    Ok(all)
}

/// One of them.
///
/// # Errors
/// `NotFound` when it does not wait for this representative.
pub async fn one(app: &App, c: &mut Conn, actor: &Actor, id: HandoverId) -> Result<Own> {
    own(app, c, actor).await?.into_iter().find(|own| own.handover.id == id).ok_or(Error::NotFound)
}

/// What a representative brings back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Brought {
    /// What the submitter said.
    Said(Rating),
    /// What they saw on the spot.
    Saw(Look, String),
}

/// The representative has asked, or looked.
///
/// # Errors
/// `NotFound` as [`one`]; `Conflict` when it was done before, or the case has changed.
pub async fn finish(app: &App, actor: &Actor, id: HandoverId, brought: &Brought) -> Result<()> {
    let mut tx = app.db.write().await?;
    let own = one(app, &mut tx, actor, id).await?;
    if store::finish(&mut tx, id, app.now()).await? == 0 {
        return Err(Error::Conflict);
    }
    let word = match (brought, own.handover.with_contact) {
        (Brought::Said(rating), true) => {
            callback::said_to_representative(app, &mut tx, actor, own.handover.case_id, rating).await?;
            "said"
        }
        (Brought::Saw(look, comment), false) => {
            rechecks::look(app, &mut tx, actor, own.handover.case_id, *look, comment, &[]).await?;
            "saw"
        }
        _ => return Err(Error::NotFound),
    };
    let entry = Entry::new("callback.brought_back", "case").actor(actor).entity(own.handover.case_id.0).detail(word);
    audit::record(app, &mut tx, actor.organization_id, entry).await?;
    Ok(tx.commit().await?)
}
