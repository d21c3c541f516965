//! Second looks 回头看 at what was put in order, by representatives: which may be drawn, what they may know of them, and
//! what becomes of them. They see the measure, the photos and the report, never who wrote in or who has it.

use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    accounts::model::Actor,
    attachments::model::StoredFile,
    audit::{self, Entry},
    cases,
    db::Conn,
    error::{Error, Result},
    http::App,
    kernel::ids::{CaseId, OrganizationId, RectificationId, RectificationPhotoId, RectificationStepId, TopicId},
    rectifications::{
        actions,
        model::{Look, Photo, Side, State, StepKind},
        store,
    },
};

/// Reports older than this are not looked at again.
const LOOK_BACK: TimeDelta = TimeDelta::days(180);

/// One that may be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The id.
    pub id: RectificationId,
    /// Its case.
    pub case_id: Option<CaseId>,
    /// When it was reported done.
    pub reported_at: DateTime<Utc>,
}

/// Those that may be drawn: reported done, of an area, and none of these people named in the case or its sender.
///
/// # Errors
/// The database's.
pub async fn candidates(
    app: &App,
    c: &mut Conn,
    org: OrganizationId,
    covers: impl Fn(&str, TopicId) -> bool,
    people: &[String],
) -> Result<Vec<Candidate>> {
    let all = store::candidates(c, org, app.now() - LOOK_BACK).await?;
    let mut free = Vec::new();
    for one in all.into_iter().filter(|one| covers(&one.place, one.topic_id)) {
        let concerns = match one.case_id {
            Some(case) => cases::rechecks::concerns(app, c, org, case, people).await?,
            None => false,
        };
        if !concerns {
            free.push(Candidate { id: one.id, case_id: one.case_id, reported_at: one.reported_at });
        }
    }
    Ok(free)
}

/// One as a representative sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The id.
    pub id: RectificationId,
    /// Where.
    pub place: String,
    /// About what.
    pub topic_id: TopicId,
    /// What was to be done.
    pub measure: String,
    /// What was reported.
    pub report: String,
    /// When.
    pub reported_at: Option<DateTime<Utc>>,
    /// Photos before, and after the last report.
    pub photos: Vec<Photo>,
    /// Whether it waits for a look.
    pub is_reported: bool,
    /// Whether it was a mistake, so that nobody has to look.
    pub is_withdrawn: bool,
}

/// One that was drawn; `None` when it may no longer be shown.
///
/// # Errors
/// The database's.
pub async fn shown(app: &App, c: &mut Conn, org: OrganizationId, id: RectificationId) -> Result<Option<Shown>> {
    let Some(one) = store::drawn(c, org, id).await? else { return Ok(None) };
    let said = store::steps(c, id).await?.into_iter().rev().find(|s| s.kind == StepKind::Reported);
    let (mut measure, mut report) = (one.measure, said.map(|s| s.words).unwrap_or_default());
    if let Some(case) = one.case_id {
        measure = cases::rechecks::without_senders(app, c, org, case, &measure).await?;
        report = cases::rechecks::without_senders(app, c, org, case, &report).await?;
    }
    let mut photos = store::photos(c, id).await?;
    photos.retain(|p| p.side == Side::Before || (p.side == Side::After && p.round == one.round));
    Ok(Some(Shown {
        id,
        place: one.place,
        topic_id: one.topic_id,
        measure,
        report,
        reported_at: one.reported_at,
        photos,
        is_reported: one.state == State::Reported,
        is_withdrawn: one.state == State::Withdrawn,
    }))
}

/// A photo of one that a representative is shown.
///
/// # Errors
/// `NotFound` when it is not among those that are shown.
pub async fn photo(app: &App, c: &mut Conn, shown: &Shown, id: RectificationPhotoId) -> Result<(Photo, Vec<u8>)> {
    if shown.photos.iter().all(|p| p.id != id) {
        return Err(Error::NotFound);
    }
    actions::photo(app, c, shown.id, id).await
}

/// A representative has looked, in the caller's transaction. "Not fixed" opens it again, and its case with it.
///
/// # Errors
/// `NotFound` when it may no longer be shown; `Conflict` when it is being done again already.
pub async fn look(
    app: &App,
    c: &mut Conn,
    actor: &Actor,
    id: RectificationId,
    found: Look,
    comment: &str,
    files: &[StoredFile],
) -> Result<()> {
    let (org, now) = (actor.organization_id, app.now());
    let before = store::drawn(c, org, id).await?.ok_or(Error::NotFound)?;
    // The case first: everybody locks in this order.
    let case = match before.case_id {
        Some(case) => Some(cases::rectify::lock(c, case).await?),
        None => None,
    };
    let one = store::drawn(c, org, id).await?.ok_or(Error::NotFound)?;
    let state = one.state.look(found).ok_or(Error::Conflict)?;
    if store::set_state(c, id, one.version, state).await? == 0 {
        return Err(Error::Conflict);
    }
    let step = store::NewStep {
        id: RectificationStepId::new(now, &*app.random),
        of: id,
        round: one.round,
        kind: found.step(),
        words: comment,
        by: actor.staff_id,
        at: now,
    };
    store::insert_step(c, &step).await?;
    actions::keep(app, c, id, (Side::Look, one.round), files).await?;
    let entry = Entry::new("rectification.looked", "rectification").actor(actor).entity(id.0).detail(found);
    audit::record(app, c, org, entry).await?;
    if let Some(case) = case {
        let found = match found {
            Look::Fixed => cases::rechecks::Look::Fixed,
            Look::NotFixed => cases::rechecks::Look::NotFixed,
            Look::Unclear => cases::rechecks::Look::Unclear,
        };
        cases::rectify::looked(app, c, case, actor, found, comment).await?;
    }
    Ok(())
}
