//! What a submitter's judgement of an answer makes of the case, whoever asked: "solved" closes it, "not solved" brings it
//! back to the office.

use chrono::{DateTime, Utc};

use crate::{
    accounts::model::Actor,
    cases::{
        history::{Happening, record, save},
        model::{Case, EventKind, Lane, Rating, Source},
        naming::recuse_named,
        store::{self, callbacks::Asked},
        submitter::{NOT_NOW, notify},
    },
    db::Conn,
    error::Result,
    http::App,
    kernel::ids::CallbackId,
    organizations,
};

/// Who asked, and when.
#[derive(Clone, Copy)]
pub(super) struct Asking<'a> {
    /// By which way.
    pub source: Source,
    /// The person of the staff, when one asked.
    pub by: Option<&'a Actor>,
    /// When; the hour, for what anonymous people do.
    pub at: DateTime<Utc>,
}

/// Writes a judgement down with what follows from it, in the caller's transaction, which holds the row of the case.
pub(super) async fn judge(app: &App, c: &mut Conn, case: &mut Case, rating: &Rating, asking: Asking<'_>) -> Result<()> {
    let at = asking.at;
    let then = judged(c, case, rating.solved, at).await?;
    save(c, case).await?;
    let id = CallbackId::new(at, &*app.random);
    let happening = |kind| match asking.by {
        Some(actor) => Happening::of(kind, at).by(actor),
        None => Happening::of(kind, at),
    };
    record(app, c, case, happening(EventKind::Rated).id(id.0)).await?;
    let asked = Asked { source: asking.source, by: asking.by.map(|a| a.staff_id) };
    store::callbacks::insert(c, id, case.id, rating, asked, at).await?;
    if let Some(kind) = then {
        record(app, c, case, happening(kind)).await?;
    }
    recuse_named(app, c, case, &rating.comment, "", at).await?;
    notify(app, c, case, then.unwrap_or(EventKind::Rated), at).await
}

/// What a judgement makes of a case: closed, back at the office, or as it was.
async fn judged(c: &mut Conn, case: &mut Case, solved: bool, at: DateTime<Utc>) -> Result<Option<EventKind>> {
    let state = case.state.rate(solved).map_err(|_| NOT_NOW)?;
    if !solved {
        let organization = organizations::actions::organization(c, case.organization_id).await?;
        case.state = state;
        case.back_to_office(&organization.calendar, &organization.limits, at);
        return Ok(Some(EventKind::Reopened));
    }
    // Danger is closed by the safeguarding lead, with a decision on the mandatory report.
    if case.lane == Lane::Safeguarding || case.state == state {
        return Ok(None);
    }
    case.state = state;
    case.closed_at = Some(at);
    Ok(Some(EventKind::Closed))
}
