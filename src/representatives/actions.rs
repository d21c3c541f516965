//! Reading appointments, the gate before the pages of representatives, and what a representative decides about themself.

use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    accounts::model::Actor,
    audit::{self, Entry},
    db::Conn,
    error::{Error, Result},
    http::{App, Route},
    kernel::ids::{AppointmentId, OrganizationId, TopicId},
    representatives::{
        model::{Appointment, Area, Kind, PROMISE_VERSION, Standing, counting},
        store,
    },
};

/// Pages that a representative may open without a running appointment: they say where it stands.
const WITHOUT_TERM: [&str; 2] = ["/rep", "/rep/promise"];

/// Where a visit is sent. A phone without a net may come back when the term is over: the visit's own page asks
/// [`served_at`] and says so, rather than that there is no such page.
const SENDS: &str = "/rep/visits/new/{id}";

/// For so long after a term visits may still be sent that were signed in it.
pub const GRACE: TimeDelta = TimeDelta::days(7);

/// Lets a representative through to a page, or not: everything below `/rep` needs a running term and the accepted
/// promise, whichever slice it belongs to. Asked before every request, so a session does not outlive a term.
///
/// # Errors
/// `NotFound` when the term does not run: it looks like absence (promise 13).
pub async fn admit(app: &App, actor: &Actor, route: &Route, now: DateTime<Utc>) -> Result<()> {
    let path = route.path;
    if WITHOUT_TERM.contains(&path) || !path.starts_with("/rep/") || (route.mutating && path == SENDS) {
        return Ok(());
    }
    active(&mut app.db.read().await?, actor, now).await.map(|_| ())
}

/// The appointment that counts for a person now, with its area.
///
/// # Errors
/// The database's.
pub async fn own(c: &mut Conn, actor: &Actor, now: DateTime<Utc>) -> Result<Option<(Appointment, Area)>> {
    let all = store::of_person(c, actor.organization_id, actor.staff_id).await?;
    let Some(appointment) = counting(&all, now).cloned() else { return Ok(None) };
    let area = store::area(c, appointment.id).await?;
    Ok(Some((appointment, area)))
}

/// The running appointment of a person who has accepted the promise, with its area.
///
/// # Errors
/// `NotFound` when there is none.
pub async fn active(c: &mut Conn, actor: &Actor, now: DateTime<Utc>) -> Result<(Appointment, Area)> {
    own(c, actor, now).await?.filter(|(a, _)| a.standing(now) == Standing::Active).ok_or(Error::NotFound)
}

/// Whether a visit that was signed at a moment may be sent now: it was in a term that runs, or that has ended no longer
/// than [`GRACE`] ago.
///
/// # Errors
/// The database's.
pub async fn served_at(c: &mut Conn, actor: &Actor, at: DateTime<Utc>, now: DateTime<Utc>) -> Result<bool> {
    let all = store::of_person(c, actor.organization_id, actor.staff_id).await?;
    Ok(all.iter().any(|a| a.may_still_send(at, now, GRACE)))
}

/// Whether a term runs now.
///
/// # Errors
/// The database's.
pub async fn serves(c: &mut Conn, actor: &Actor, now: DateTime<Utc>) -> Result<bool> {
    Ok(own(c, actor, now).await?.is_some_and(|(a, _)| a.standing(now) == Standing::Active))
}

/// Every appointment of an organisation with its area, those that end last first.
///
/// # Errors
/// The database's.
pub async fn all(c: &mut Conn, org: OrganizationId) -> Result<Vec<(Appointment, Area)>> {
    let mut found = Vec::new();
    for appointment in store::all(c, org).await? {
        let area = store::area(c, appointment.id).await?;
        found.push((appointment, area));
    }
    Ok(found)
}

/// One appointment with its area.
///
/// # Errors
/// `NotFound` when the organisation has no such appointment.
pub async fn by_id(c: &mut Conn, org: OrganizationId, id: AppointmentId) -> Result<(Appointment, Area)> {
    let appointment = store::by_id(c, org, id).await?.ok_or(Error::NotFound)?;
    let area = store::area(c, id).await?;
    Ok((appointment, area))
}

/// The representative accepts the promise of confidentiality as it reads now.
///
/// # Errors
/// `NotFound` outside a term.
pub async fn accept(app: &App, actor: &Actor, visible: bool) -> Result<()> {
    let (mut tx, now) = (app.db.write().await?, app.now());
    let (appointment, _) = own(&mut tx, actor, now).await?.ok_or(Error::NotFound)?;
    if !matches!(appointment.standing(now), Standing::Promise | Standing::Active) {
        return Err(Error::NotFound);
    }
    write_promise(app, &mut tx, actor.organization_id, &appointment, visible).await?;
    tx.commit().await?;
    Ok(())
}

/// Writes down, in the caller's transaction, that the person of an appointment accepted the promise as it reads now.
///
/// # Errors
/// The database's.
pub async fn write_promise(
    app: &App,
    c: &mut Conn,
    org: OrganizationId,
    of: &Appointment,
    visible: bool,
) -> Result<()> {
    store::accept(c, of.id, PROMISE_VERSION, visible, app.now()).await?;
    let entry = Entry::new("representative.promised", "appointment").by(of.staff_id).entity(of.id.0);
    audit::record(app, c, org, entry.detail(PROMISE_VERSION)).await
}

/// The representative decides whether the start page names them.
///
/// # Errors
/// `NotFound` without a running term.
pub async fn set_visible(app: &App, actor: &Actor, visible: bool) -> Result<()> {
    let mut tx = app.db.write().await?;
    let (appointment, _) = active(&mut tx, actor, app.now()).await?;
    store::set_visible(&mut tx, appointment.id, visible).await?;
    let action = if visible { "representative.named" } else { "representative.unnamed" };
    let entry = Entry::new(action, "appointment").actor(actor).entity(appointment.id.0);
    audit::record(app, &mut tx, actor.organization_id, entry).await?;
    tx.commit().await?;
    Ok(())
}

/// What everybody may know of the representatives of this term.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Public {
    /// How many serve.
    pub count: usize,
    /// Those who want to be named.
    pub named: Vec<PublicRepresentative>,
}

/// Somebody who wants to be named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicRepresentative {
    /// The name.
    pub name: String,
    /// Whom they speak for.
    pub kind: Kind,
    /// Where they look.
    pub places: Vec<String>,
    /// About what.
    pub topics: Vec<TopicId>,
}

/// The representatives who serve now.
///
/// # Errors
/// The database's.
pub async fn serving(c: &mut Conn, org: OrganizationId, now: DateTime<Utc>) -> Result<Public> {
    let mut public = Public::default();
    for (appointment, area) in all(c, org).await? {
        if appointment.standing(now) != Standing::Active {
            continue;
        }
        public.count += 1;
        if appointment.visible {
            public.named.push(PublicRepresentative {
                name: appointment.name,
                kind: appointment.kind,
                places: area.places,
                topics: area.topics,
            });
        }
    }
    Ok(public)
}
