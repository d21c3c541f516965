//! Second looks 回头看: what waits for a representative, and what they found.

use crate::{
    accounts::model::Actor,
    attachments::model::StoredFile,
    audit::{self, Entry},
    cases::rechecks::{self, Look},
    db::Conn,
    error::{Error, Result},
    http::App,
    kernel::ids::{OrganizationId, RecheckId, TopicId},
    rectifications,
    representatives::{
        actions,
        model::{Finding, Recheck, Subject},
        store::draws as store,
    },
};

/// A second look with what may be known of what it is at.
pub struct Seen {
    /// The look.
    pub recheck: Recheck,
    /// The case or the rectification.
    pub what: What,
}

/// What is looked at, as far as a representative may know it.
pub enum What {
    /// A case that was answered.
    Case(rechecks::Shown),
    /// A rectification that was reported done.
    Rectification(rectifications::looks::Shown),
}

impl What {
    /// Where.
    pub fn place(&self) -> &str {
        match self {
            Self::Case(case) => &case.place,
            Self::Rectification(one) => &one.place,
        }
    }

    /// About what.
    pub const fn topic_id(&self) -> TopicId {
        match self {
            Self::Case(case) => case.topic_id,
            Self::Rectification(one) => one.topic_id,
        }
    }

    /// The number of the case, or what was to be put in order.
    pub fn name(&self) -> &str {
        match self {
            Self::Case(case) => &case.number,
            Self::Rectification(one) => &one.measure,
        }
    }

    /// Whether there is something to look at: an answer or a report that still stands.
    pub const fn waits(&self) -> bool {
        match self {
            Self::Case(case) => case.is_answered,
            Self::Rectification(one) => one.is_reported,
        }
    }
}

async fn seen(app: &App, c: &mut Conn, org: OrganizationId, recheck: Recheck) -> Result<Option<Seen>> {
    let what = match recheck.subject() {
        Some(Subject::Case(id)) => rechecks::shown(app, c, org, id).await?.map(What::Case),
        Some(Subject::Rectification(id)) => {
            rectifications::looks::shown(app, c, org, id).await?.map(What::Rectification)
        }
        None => None,
    };
    Ok(what.map(|what| Seen { recheck, what }))
}

/// The second looks of a representative in office: those that wait first.
///
/// # Errors
/// `NotFound` without a running term.
pub async fn own(app: &App, c: &mut Conn, actor: &Actor) -> Result<Vec<Seen>> {
    let (appointment, _) = actions::active(c, actor, app.now()).await?;
    let mut all = Vec::new();
    for recheck in store::of_appointment(c, appointment.id).await? {
        all.extend(seen(app, c, actor.organization_id, recheck).await?);
    }
    // One that was opened again meanwhile has nothing to look at.
    all.retain(|seen| seen.recheck.result.is_some() || seen.what.waits());
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
    seen(app, c, actor.organization_id, recheck).await?.ok_or(Error::NotFound)
}

/// The representative says what they found.
///
/// # Errors
/// `NotFound` as [`one`]; `Conflict` when it was said before, or it is being handled again already.
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
    match seen.recheck.subject().ok_or(Error::NotFound)? {
        Subject::Case(case) => {
            let look = match found {
                Finding::Fixed => Look::Fixed,
                Finding::NotFixed => Look::NotFixed,
                Finding::Unclear => Look::Unclear,
            };
            rechecks::look(app, &mut tx, actor, case, look, comment, files).await?;
        }
        Subject::Rectification(one) => {
            use rectifications::model::Look;
            let look = match found {
                Finding::Fixed => Look::Fixed,
                Finding::NotFixed => Look::NotFixed,
                Finding::Unclear => Look::Unclear,
            };
            rectifications::looks::look(app, &mut tx, actor, one, look, comment, files).await?;
        }
    }
    let entry = Entry::new("recheck.done", "recheck").actor(actor).entity(id.0).detail(found);
    audit::record(app, &mut tx, actor.organization_id, entry).await?;
    tx.commit().await?;
    Ok(())
}
