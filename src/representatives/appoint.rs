//! The office appoints, invites, ends.

use crate::{
    accounts::model::Actor,
    audit::{self, Entry},
    db::Conn,
    error::{Error, Result},
    http::App,
    i18n::Lang,
    kernel::{
        crockford,
        ids::{AppointmentId, OrganizationId, StaffId},
        random::bytes,
        roles::Role,
    },
    organizations::{
        model::{Checked, refusal},
        staff::{self, Invited, NewStaffDetails},
    },
    representatives::{
        model::{NewAppointment, Person},
        store,
    },
    ui::time,
};

/// What an appointment made.
pub struct Appointed {
    /// The appointment.
    pub id: AppointmentId,
    /// The link of a new person, shown once.
    pub invited: Option<Invited>,
}

/// Appoints somebody; a new person gets an account and a link.
///
/// # Errors
/// The database's.
pub async fn appoint(app: &App, actor: &Actor, new: NewAppointment) -> Result<Checked<Appointed>> {
    let mut tx = app.db.write().await?;
    let is_new = matches!(new.person, Person::New { .. });
    let (id, person) = match add(app, &mut tx, actor.organization_id, actor.staff_id, new).await? {
        Ok(added) => added,
        Err(refused) => return Ok(Err(refused)),
    };
    let invited = if is_new { Some(staff::invite(app, &mut tx, actor, person).await?) } else { None };
    tx.commit().await?;
    Ok(Ok(Appointed { id, invited }))
}

/// Adds an appointment in the caller's transaction.
///
/// # Errors
/// The database's.
pub async fn add(
    app: &App,
    c: &mut Conn,
    org: OrganizationId,
    by: StaffId,
    new: NewAppointment,
) -> Result<Checked<(AppointmentId, StaffId)>> {
    let row = |id, staff_id| store::NewRow {
        id,
        organization_id: org,
        staff_id,
        kind: new.kind,
        term_from: time::start_of(new.first_day),
        term_to: time::start_of(new.last_day.succ_opt().unwrap_or(new.last_day)),
        appointed_by: by,
        appointed_at: app.now(),
    };
    let person = match new.person {
        Person::Known(id) => id,
        Person::New { name, username } => {
            let username = if username.is_empty() { made_up(app) } else { username };
            let details = NewStaffDetails {
                username,
                display_name: name,
                role: Role::Representative,
                department_id: None,
                lang: Lang::ZhCn,
            };
            match staff::add(app, c, org, Some(by), details).await? {
                Ok(id) => id,
                Err(refused) => return Ok(Err(refused)),
            }
        }
    };
    let row = row(AppointmentId::new(app.now(), &*app.random), person);
    if let Err(refused) = may_serve(c, &row).await? {
        return Ok(Err(refused));
    }
    store::insert(c, &row).await?;
    store::insert_area(c, row.id, &new.area).await?;
    let entry = Entry::new("representative.appointed", "appointment").by(by).entity(row.id.0).detail(row.staff_id);
    audit::record(app, c, org, entry).await?;
    Ok(Ok((row.id, row.staff_id)))
}

/// Whether a person can have this term: a representative with access, and no other term at the same time.
async fn may_serve(c: &mut Conn, row: &store::NewRow) -> Result<Checked<()>> {
    let person = staff::member(c, row.organization_id, row.staff_id).await?;
    if person.role != Role::Representative || person.disabled_at.is_some() {
        return Ok(Err(refusal("person", "representatives.error.person")));
    }
    let others = store::of_person(c, row.organization_id, row.staff_id).await?;
    let overlaps = others
        .iter()
        .map(|a| (a.term_from, a.ended_at.map_or(a.term_to, |at| at.min(a.term_to))))
        .any(|(from, to)| from < row.term_to && row.term_from < to);
    Ok(if overlaps { Err(refusal("first_day", "representatives.error.overlap")) } else { Ok(()) })
}

/// A sign-in name for somebody who was given none.
fn made_up(app: &App) -> String {
    let symbols: String = crockford::encode(&bytes::<5>(&*app.random)).chars().take(6).collect();
    format!("rep-{}", symbols.to_ascii_lowercase())
}

/// Makes a new link for a representative who lost theirs or their password.
///
/// # Errors
/// `NotFound` when the organisation has no such appointment, or it is over, or the person has another role by now: the
/// office can let nobody else in.
pub async fn invite(app: &App, actor: &Actor, id: AppointmentId) -> Result<Invited> {
    let mut tx = app.db.write().await?;
    let appointment = store::by_id(&mut tx, actor.organization_id, id).await?.ok_or(Error::NotFound)?;
    let person = staff::member(&mut tx, actor.organization_id, appointment.staff_id).await?;
    let may = person.role == Role::Representative && person.disabled_at.is_none();
    if !may || !appointment.can_end(app.now()) {
        return Err(Error::NotFound);
    }
    let invited = staff::invite(app, &mut tx, actor, person.id).await?;
    tx.commit().await?;
    Ok(invited)
}

/// Ends an appointment before its time.
///
/// # Errors
/// `NotFound`; `Conflict` when it has ended already.
pub async fn end(app: &App, actor: &Actor, id: AppointmentId, reason: &str) -> Result<()> {
    let mut tx = app.db.write().await?;
    let appointment = store::by_id(&mut tx, actor.organization_id, id).await?.ok_or(Error::NotFound)?;
    if store::end(&mut tx, actor.organization_id, id, actor.staff_id, app.now(), reason).await? == 0 {
        return Err(Error::Conflict);
    }
    let entry = Entry::new("representative.ended", "appointment").actor(actor).entity(id.0);
    audit::record(app, &mut tx, actor.organization_id, entry.detail(appointment.staff_id)).await?;
    tx.commit().await?;
    Ok(())
}
