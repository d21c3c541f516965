//! Scheduled reports by e-mail: the numbers of the last week or month for chosen people of office and leaders, with the way
//! to the whole report. Numbers alone, those below 5 kept back as on the board (promise 11).

use crate::{
    accounts::model::Actor,
    audit::{self, Entry},
    db::Conn,
    error::{Error, Result},
    http::App,
    kernel::{
        clock::hour_of,
        ids::{DeliveryId, StaffId},
    },
    notify::{
        gather::scope,
        model::{DeliveryKind, Facts, Rhythm, this_morning},
        store::{self, deliveries::Delivery, reports::Reader},
    },
    ui::time,
};

/// Somebody who may get reports, with how often they do.
pub type Chosen = Reader;

/// Everybody of the organisation who may read reports.
///
/// # Errors
/// The database's.
pub async fn readers(c: &mut Conn, actor: &Actor) -> Result<Vec<Chosen>> {
    Ok(store::reports::readers(c, actor.organization_id).await?)
}

/// Chooses who gets reports and how often; people who may not read reports are left out.
///
/// # Errors
/// The database's.
pub async fn choose(app: &App, actor: &Actor, chosen: &[(StaffId, Option<Rhythm>)]) -> Result<()> {
    let mut tx = app.db.write().await?;
    for reader in store::reports::readers(&mut tx, actor.organization_id).await? {
        let wanted = chosen.iter().find(|(id, _)| *id == reader.staff_id).and_then(|(_, rhythm)| *rhythm);
        let wanted = wanted.map_or("", Rhythm::code);
        if wanted != reader.report {
            store::reports::set(&mut tx, reader.staff_id, wanted).await?;
            let entry =
                Entry::new("notices.report_chosen", "staff").actor(actor).entity(reader.staff_id.0).detail(wanted);
            audit::record(app, &mut tx, actor.organization_id, entry).await?;
        }
    }
    Ok(tx.commit().await?)
}

/// Makes the reports whose period is over, each once, whichever instance does it.
///
/// # Errors
/// The database's.
pub async fn make_due(app: &App) -> Result<()> {
    let now = app.now();
    if !app.config.mail.is_set() || now < this_morning(now) {
        return Ok(());
    }
    for (staff, report, reported) in store::reports::wanted(&mut app.db.read().await?).await? {
        let Some((first, last)) = Rhythm::parse(&report).and_then(|r| r.before(time::date(now))) else { continue };
        let key = first.to_string();
        if reported == key {
            continue;
        }
        let mut tx = app.db.write().await?;
        let Some(person) = store::settings::person(&mut tx, staff).await? else { continue };
        if store::reports::made(&mut tx, staff, &key).await? == 0 {
            continue;
        }
        let days = (time::start_of(first), time::start_of(last.succ_opt().unwrap_or(last)));
        let numbers = store::reports::count(&mut tx, &scope(&person), days, now, (first, last)).await?;
        let facts = Facts { report: Some(numbers), ..Facts::default() };
        let new = Delivery {
            id: DeliveryId::new(hour_of(now), &*app.random),
            organization_id: person.organization_id,
            kind: DeliveryKind::Report,
            staff_id: Some(staff),
            channel_id: None,
            submitter_mail_id: None,
            facts: serde_json::to_string(&facts).map_err(Error::internal)?,
            attempts: 0,
        };
        store::deliveries::insert(&mut tx, &new, hour_of(now)).await?;
        tx.commit().await?;
    }
    Ok(())
}
