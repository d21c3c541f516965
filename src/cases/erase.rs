//! What the erasure of cases ([`personal_data`](crate::personal_data)) needs of them: whether one may go, its end, and the
//! entry in its story. The story stays, without words.

use chrono::{DateTime, Utc};

use crate::{
    accounts::model::Actor,
    cases::{
        history::{self, Happening},
        model::{Case, EventKind, Lane, Side, State},
        notices::is_recused,
        search,
        store::{self, callbacks::Callback},
        visibility,
    },
    db::Conn,
    error::{Error, Result},
    http::App,
    kernel::{
        ids::{CaseId, OutboxId, StaffId},
        roles::Role,
    },
    organizations,
};

/// A case, locked, whose keeper the person is: the office, or the safeguarding lead in their lane.
///
/// # Errors
/// `NotFound` when they may not see it, do not keep it, or nothing is left of it.
pub async fn kept_by(c: &mut Conn, actor: &Actor, number: &str) -> Result<Case> {
    let case = visibility::case_to_change(c, actor, number).await?;
    let keeps = Side::of(actor, &case) == Some(Side::Office) && case.erased_at.is_none();
    if keeps { Ok(case) } else { Err(Error::NotFound) }
}

/// The same, to look at.
///
/// # Errors
/// As [`kept_by`].
pub async fn shown_to(c: &mut Conn, actor: &Actor, number: &str) -> Result<Case> {
    let case = visibility::case_for(c, actor, number).await?;
    let keeps = Side::of(actor, &case) == Some(Side::Office) && case.erased_at.is_none();
    if keeps { Ok(case) } else { Err(Error::NotFound) }
}

/// A case, locked; whoever asks has a right of another kind.
///
/// # Errors
/// `NotFound` when there is none.
pub async fn lock(c: &mut Conn, id: CaseId) -> Result<Case> {
    store::cases::lock(c, id).await?.ok_or(Error::NotFound)
}

/// A case, to look at; whoever asks has a right of another kind.
///
/// # Errors
/// `NotFound` when there is none.
pub async fn of_id(c: &mut Conn, id: CaseId) -> Result<Case> {
    store::cases::by_id(c, id).await?.ok_or(Error::NotFound)
}

/// The parts that were taken from a case and still have content, locked.
///
/// # Errors
/// The database's.
pub async fn parts(c: &mut Conn, case: &Case) -> Result<Vec<Case>> {
    let mut parts = Vec::new();
    for split in store::splits::of_origin(c, case.id).await? {
        parts.extend(store::cases::lock(c, split.part_id).await?.filter(|part| part.erased_at.is_none()));
    }
    Ok(parts)
}

/// How many parts go with a case.
///
/// # Errors
/// The database's.
pub async fn count_parts(c: &mut Conn, case: CaseId) -> Result<i64> {
    Ok(store::splits::count_with_content(c, case).await?)
}

/// Why a case has to stay for now, or one of its parts, which go with it: the key of a sentence. `None` when it may go.
///
/// # Errors
/// The database's.
pub async fn why_it_stays(c: &mut Conn, case: &Case) -> Result<Option<&'static str>> {
    for split in store::splits::of_origin(c, case.id).await? {
        let part = store::cases::by_id(c, split.part_id).await?.filter(|part| part.erased_at.is_none());
        if let Some(part) = part
            && let Some(why) = why_alone(c, &part).await?
        {
            return Ok(Some(why));
        }
    }
    why_alone(c, case).await
}

async fn why_alone(c: &mut Conn, case: &Case) -> Result<Option<&'static str>> {
    if store::legal_holds::standing(c, case.id).await?.is_some() {
        return Ok(Some("personal_data.stays.held"));
    }
    if !store::merges::members(c, case.id).await?.is_empty() {
        // Others get their answer from it.
        return Ok(Some("personal_data.stays.lead"));
    }
    if case.lane == Lane::Safeguarding {
        if case.state.is_open() {
            return Ok(Some("personal_data.stays.danger"));
        }
        let events = store::events::of_case(c, case.id).await?;
        if !events.iter().any(|e| matches!(e.kind, EventKind::ReportMade | EventKind::ReportNotNeeded)) {
            return Ok(Some("personal_data.stays.report"));
        }
    }
    Ok(None)
}

/// Who can decide about a wish: in the ordinary lane the office and the leaders; in the safeguarding lane the safeguarding
/// leads, and a leader only when there is none. Never who took it down, never who is recused.
///
/// # Errors
/// The database's.
pub async fn deciders(c: &mut Conn, case: &Case, asked_by: Option<StaffId>) -> Result<Vec<StaffId>> {
    let recusals = store::recusals::of_case(c, case.id).await?;
    let staff = organizations::actions::staff(c, case.organization_id).await?;
    let free = |role: Role| -> Vec<StaffId> {
        let able = staff.iter().filter(|s| s.role == role && s.has_password && s.disabled_at.is_none());
        let able = able.filter(|s| Some(s.id) != asked_by && !is_recused(&recusals, s.id, s.department_id));
        able.map(|s| s.id).collect()
    };
    if case.lane == Lane::Safeguarding {
        let leads = free(Role::SafeguardingLead);
        return Ok(if leads.is_empty() { free(Role::Leader) } else { leads });
    }
    Ok([free(Role::Office), free(Role::Leader)].concat())
}

/// Tells people of a wish or a decision.
///
/// # Errors
/// The database's.
pub async fn tell(
    app: &App,
    c: &mut Conn,
    case: &Case,
    people: &[StaffId],
    kind: EventKind,
    at: DateTime<Utc>,
) -> Result<()> {
    for person in people {
        let id = OutboxId::new(at, &*app.random);
        store::outbox::insert(c, id, case.organization_id, *person, kind.code(), case.id, at).await?;
    }
    Ok(())
}

/// Writes down in the story and the audit log what became of a case's content.
///
/// # Errors
/// The database's.
pub async fn note(
    app: &App,
    c: &mut Conn,
    case: &Case,
    kind: EventKind,
    by: Option<&Actor>,
    at: DateTime<Utc>,
) -> Result<()> {
    let happening = Happening::of(kind, at);
    history::record(app, c, case, if let Some(actor) = by { happening.by(actor) } else { happening }).await
}

/// As [`note`], with a reason, for what a person did.
///
/// # Errors
/// The database's.
pub async fn note_why(app: &App, c: &mut Conn, case: &Case, kind: EventKind, by: &Actor, why: &str) -> Result<()> {
    history::record(app, c, case, Happening::of(kind, app.now()).by(by).reason(why)).await
}

/// Nobody works on what is about to go: an open case is withdrawn, an answered one closed.
///
/// # Errors
/// The database's; `Conflict` when somebody was faster.
pub async fn end(app: &App, c: &mut Conn, case: &mut Case, by: Option<&Actor>, at: DateTime<Utc>) -> Result<()> {
    let (state, kind) = match case.state {
        State::Answered => (State::Closed, EventKind::Closed),
        state if state.is_open() => (State::Withdrawn, EventKind::Withdrawn),
        _ => return Ok(()),
    };
    case.state = state;
    case.closed_at = Some(at);
    history::save(c, case).await?;
    case.version += 1;
    store::replies::drop_unsent(c, case.id, at).await?;
    store::assignments::end(c, case.id, at, kind.code()).await?;
    note(app, c, case, kind, by, at).await
}

/// Puts what is left of a case into the search again; and its parts, and the case that it is merged into.
///
/// # Errors
/// The database's.
pub async fn index_again(c: &mut Conn, case: &Case) -> Result<()> {
    if case.erased_at.is_none() {
        search::index_again(c, case).await?;
    }
    for split in store::splits::of_origin(c, case.id).await? {
        if let Some(part) = store::cases::by_id(c, split.part_id).await?.filter(|part| part.erased_at.is_none()) {
            search::index_again(c, &part).await?;
        }
    }
    if let Some(lead) = case.lead_id
        && let Some(lead) = store::cases::by_id(c, lead).await?
    {
        search::index_again(c, &lead).await?;
    }
    Ok(())
}

/// How the submitters of a case judged its answers.
///
/// # Errors
/// The database's.
pub async fn judgements(c: &mut Conn, case: CaseId) -> Result<Vec<Callback>> {
    Ok(store::callbacks::of_case(c, case).await?)
}
