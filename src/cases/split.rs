//! Splitting 分案: somebody tells of several matters at once, and each is to be dealt with by itself. A part is a case of
//! its own, with its department, limits and answer. What was sent stays as it is with the case that it came as (promise
//! 19); the office says in its own words what the part is about. The one code opens all of them.
//!
//! - Nobody waits longer than they were promised: the part has the promise and the answer's clock of the case.
//! - It stays in the lane of the case: danger does not leave its lane by being split.
//! - Who is recused from the case is recused from the part, until the office decides otherwise; and whoever is named in
//!   the office's words. Who handles the part reads what was sent only when they may see the case that it came as.
//! - Parts are taken from the case that somebody sent, never from parts.

use crate::{
    accounts::model::Actor,
    cases::{
        clocks::{Rule, Stage},
        history::{self, Happening},
        model::{Case, EventKind, Identity, RecusalState, State, Verb},
        naming::recuse_named,
        notices::{self, Audience},
        open, search,
        store::{self, recusals::NewRecusal},
        visibility,
        work::{Seen, Work},
    },
    db::Conn,
    error::{Error, Result},
    http::App,
    intake,
    kernel::{
        ids::{CaseId, RecusalId, TopicId},
        text,
    },
    organizations,
};

/// Parts that a case has at most.
const MOST: usize = 9;

/// One of several matters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matter {
    /// Its topic.
    pub topic: TopicId,
    /// What it is about, in words of the office.
    pub words: String,
}

/// The case that a part was taken from.
#[derive(Clone, Debug)]
pub struct Origin {
    /// What the part is about.
    pub matter: String,
    /// The case, for those who may see it.
    pub seen: Option<Case>,
}

/// A part, as the page of its case shows it.
#[derive(Clone, Debug)]
pub struct PartLine {
    /// Its number.
    pub number: String,
    /// What it is about.
    pub matter: String,
    /// Where it stands.
    pub state: State,
}

/// Takes a matter from a case, as a case of its own.
///
/// # Errors
/// As [`Work::begin`]; `Bad` when it is a part itself, has others merged into it, or has many parts already, or there is no
/// such topic.
pub async fn split(app: &App, actor: &Actor, seen: Seen<'_>, matter: &Matter) -> Result<()> {
    let mut work = Work::begin(app, actor, seen, Verb::Split).await?;
    let origin = work.case.id;
    if store::splits::of_part(&mut work.tx, origin).await?.is_some() {
        return Err(Error::Bad("splits.error.part"));
    }
    if !store::merges::of_lead(&mut work.tx, origin).await?.is_empty() {
        return Err(Error::Bad("splits.error.merged"));
    }
    if store::splits::of_origin(&mut work.tx, origin).await?.len() >= MOST {
        return Err(Error::Bad("splits.error.many"));
    }
    let topics = organizations::actions::topics(&mut work.tx, work.case.organization_id).await?;
    if topics.iter().all(|t| t.id != matter.topic) {
        return Err(Error::Bad("splits.error.topic"));
    }
    work.save().await?;
    let part = open_part(&mut work, matter).await?;
    store::splits::insert(&mut work.tx, part.id, origin, &matter.words, actor.staff_id, work.at).await?;
    for clock in store::clocks::running(&mut work.tx, origin).await? {
        if matches!(clock.stage, Stage::Answer | Stage::Acceptance) {
            store::clocks::insert(&mut work.tx, &part, &clock).await?;
        }
    }
    let from = Happening::of(EventKind::SplitFrom, work.at).by(actor).due(part.promised_at);
    history::record(app, &mut work.tx, &part, from).await?;
    recuse(&mut work, &part, &matter.words).await?;
    search::index_again(&mut work.tx, &part).await?;
    work.record(work.happening(EventKind::SplitOff)).await?;
    work.tell_department(EventKind::SplitOff).await?;
    notices::tell(app, &mut work.tx, &part, Audience::Office, EventKind::SplitFrom, work.at, Some(actor)).await?;
    work.done().await
}

async fn open_part(work: &mut Work<'_>, matter: &Matter) -> Result<Case> {
    let anonymous = intake::actions::voices(&mut work.tx, work.case.id).await?.anonymous > 0;
    let mut part = Case {
        state: State::Received,
        // What the submitters do is written down as coarsely as the most anonymous of them needs (promise 8).
        identity: if anonymous { Identity::Anonymous } else { work.case.identity },
        topic_id: matter.topic,
        excerpt: text::excerpt(&matter.words, open::EXCERPT),
        department_id: None,
        handler_id: None,
        due_at: Rule::triage(&work.organization.limits, work.at).due(&work.organization.calendar),
        answered_at: None,
        closed_at: None,
        urged_at: None,
        paused_until: None,
        reopened: 0,
        lead_id: None,
        version: 1,
        ..work.case.clone()
    };
    open::number(work.app, &mut work.tx, &mut part, work.at).await?;
    Ok(part)
}

/// Who may not see the case may not see the part, nor may who is named in what the office wrote.
async fn recuse(work: &mut Work<'_>, part: &Case, words: &str) -> Result<()> {
    for recusal in store::recusals::of_case(&mut work.tx, work.case.id).await? {
        if recusal.state == RecusalState::Lifted {
            continue;
        }
        let new = NewRecusal {
            id: RecusalId::new(work.at, &*work.app.random),
            case_id: part.id,
            staff_id: recusal.staff_id,
            department_id: recusal.department_id,
            state: recusal.state,
            reason: &recusal.reason,
            created_by: None,
            at: work.at,
        };
        store::recusals::insert(&mut work.tx, &new).await?;
    }
    recuse_named(work.app, &mut work.tx, part, words, "", work.at).await
}

/// The case as which it was sent: of a part, the one that it was taken from.
pub(super) async fn sent_as(c: &mut Conn, case: CaseId) -> Result<CaseId> {
    Ok(store::splits::of_part(c, case).await?.map_or(case, |split| split.origin_id))
}

/// What a part was taken from, as this person may see it.
pub(super) async fn origin_of(c: &mut Conn, actor: &Actor, part: CaseId) -> Result<Option<Origin>> {
    let Some(split) = store::splits::of_part(c, part).await? else { return Ok(None) };
    let seen = visibility::case_of_id(c, actor, split.origin_id).await.ok();
    Ok(Some(Origin { matter: split.matter, seen }))
}

/// The parts of a case that this person may see.
pub(super) async fn parts_of(c: &mut Conn, actor: &Actor, origin: CaseId) -> Result<Vec<PartLine>> {
    let mut parts = Vec::new();
    for split in store::splits::of_origin(c, origin).await? {
        if let Ok(part) = visibility::case_of_id(c, actor, split.part_id).await {
            parts.push(PartLine { number: part.number, matter: split.matter, state: part.state });
        }
    }
    Ok(parts)
}
