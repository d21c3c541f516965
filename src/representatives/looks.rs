//! Second looks 回头看: what waits for a representative, and what they found.

use crate::{
    accounts::model::Actor,
    attachments::model::StoredFile,
    audit::{self, Entry},
    cases::rechecks::{self, Look, Shown},
    db::Conn,
    error::{Error, Result},
    http::App,
    kernel::ids::RecheckId,
    representatives::{
        actions,
        model::{Finding, Recheck},
        store::draws as store,
    },
};

/// A second look with what may be known of its case.
pub struct Seen {
    /// The look.
    pub recheck: Recheck,
    /// The case.
    pub case: Shown,
}

/// The second looks of a representative in office: those that wait first.
///
/// # Errors
/// `NotFound` without a running term.
pub async fn own(app: &App, c: &mut Conn, actor: &Actor) -> Result<Vec<Seen>> {
    let (appointment, _) = actions::active(c, actor, app.now()).await?;
    let mut all = Vec::new();
    for recheck in store::of_appointment(c, appointment.id).await? {
        if let Some(case) = rechecks::shown(app, c, actor.organization_id, recheck.case_id).await? {
            all.push(Seen { recheck, case });
        }
    }
    // One that was reopened meanwhile has nothing to look at.
    all.retain(|seen| seen.recheck.result.is_some() || seen.case.is_answered);
    all.sort_by_key(|seen| seen.recheck.result.is_some());
    Ok(all)
}

/// One second look.
///
/// # Errors
/// `NotFound` when it is not this representative's, or may no longer be shown.
pub async fn one(app: &App, c: &mut Conn, actor: &Actor, id: RecheckId) -> Result<Seen> {
    let (appointment, _) = actions::active(c, actor, app.now()).await?;
    let recheck = store::recheck(c, appointment.id, id).await?.ok_or(Error::NotFound)?;
    let case = rechecks::shown(app, c, actor.organization_id, recheck.case_id).await?.ok_or(Error::NotFound)?;
    Ok(Seen { recheck, case })
}

/// The representative says what they found.
///
/// # Errors
/// `NotFound` as [`one`]; `Conflict` when it was said before, or the case is being handled again already.
pub async fn finish(
    app: &App,
    actor: &Actor,
    id: RecheckId,
    found: Finding,
    comment: &str,
    files: &[StoredFile],
) -> Result<()> {
    let mut tx = app.db.write().await?;
    let seen = one(app, &mut tx, actor, id).await?;
    if store::finish(&mut tx, id, found, comment, app.now()).await? == 0 {
        return Err(Error::Conflict);
    }
    let look = match found {
        Finding::Fixed => Look::Fixed,
        Finding::NotFixed => Look::NotFixed,
        Finding::Unclear => Look::Unclear,
    };
    rechecks::look(app, &mut tx, actor, seen.recheck.case_id, look, comment, files).await?;
    let entry = Entry::new("recheck.done", "recheck").actor(actor).entity(id.0).detail(found);
    audit::record(app, &mut tx, actor.organization_id, entry).await?;
    tx.commit().await?;
    Ok(())
}
