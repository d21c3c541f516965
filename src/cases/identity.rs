//! Opening a sealed identity: the safeguarding lead alone, with a reason, written down for the yearly audit. It may be of
//! any case of the organisation from which they are not recused; the case itself does not come with it.

use crate::{
    accounts::model::Actor,
    cases::{
        history::{Happening, record},
        model::{Case, EventKind, Identity},
        notices::is_recused,
        store,
    },
    db::Conn,
    error::{Error, Result},
    http::App,
    intake::{self, model::Contact},
    kernel::{case_number, roles::Role},
};

/// Whether there is a sealed identity that this person may open.
///
/// # Errors
/// `NotFound` when there is none.
pub async fn check(app: &App, actor: &Actor, number: &str) -> Result<()> {
    find(&mut app.db.read().await?, actor, number).await.map(drop)
}

/// Opens a sealed identity.
///
/// # Errors
/// `NotFound` when there is none.
pub async fn open(app: &App, actor: &Actor, number: &str, reason: &str) -> Result<Contact> {
    let mut tx = app.db.write().await?;
    let case = find(&mut tx, actor, number).await?;
    let submissions =
        intake::actions::submissions_of_case(app, &mut tx, case.organization_id, case.id, actor.lang).await?;
    let sealed = submissions.iter().find(|s| s.has_sealed).ok_or(Error::NotFound)?;
    let contact = intake::actions::open_sealed(app, &mut tx, sealed.id).await?;
    record(app, &mut tx, &case, Happening::of(EventKind::IdentityOpened, app.now()).by(actor).reason(reason)).await?;
    tx.commit().await?;
    Ok(contact)
}

async fn find(c: &mut Conn, actor: &Actor, number: &str) -> Result<Case> {
    let number = case_number::parse(number).ok_or(Error::NotFound)?;
    let case = store::cases::by_number(c, actor.organization_id, &number).await?.ok_or(Error::NotFound)?;
    let recusals = store::recusals::of_case(c, case.id).await?;
    let may = actor.role == Role::SafeguardingLead
        && case.identity == Identity::Sealed
        && !is_recused(&recusals, actor.staff_id, actor.department_id);
    if may { Ok(case) } else { Err(Error::NotFound) }
}
