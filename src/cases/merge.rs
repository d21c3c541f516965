//! Merging 并件: several cases about one matter are handled as one, the lead; and parted again.
//!
//! A case has one submission or several: whoever else called about it joined it ([`super::join`]). Where several cases came
//! of one matter, merging joins the cases: each keeps its number, its code, its story and its limits, lies still in the
//! state "merged", and what is done with the lead is done for it.
//!
//! - Its submitter is told where the lead stands, gets its answers, writes, urges and judges; what they write belongs to
//!   their own case and is read on the page of the lead ([`super::submitter`]).
//! - The lead's limits hold, and nobody waits longer than they were promised ([`Case::take_over_limits`]).
//! - Who is recused from one of them may not see the lead: the recusal is carried over, and taken away when they part.
//! - A lead that is merged itself hands its own over: nothing is merged into a case that is merged.
//! - What is under legal hold stays what it is: it takes others in, and is not merged itself ([`super::legal_hold`]).
//! - Parted, a case stands where it stood, with its own limits, and keeps what was said meanwhile.

use std::collections::BTreeMap;

use crate::{
    accounts::model::Actor,
    audit::{self, Entry},
    cases::{
        history::{self, Happening},
        legal_hold,
        model::{Case, EventKind, RecusalState, Side, State, Verb},
        notices::Audience,
        recuse, search,
        store::{self, merges::Merge, recusals::NewRecusal},
        triage, visibility,
        work::{Seen, Work},
    },
    db::Conn,
    error::{Error, Result},
    http::App,
    kernel::ids::{CaseId, MergeId, RecusalId},
};

/// Cases that are merged at once at most.
pub const MOST: usize = 100;

/// A case that can't be merged, and the key of the sentence that says why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The number, as it was typed when there is no such case.
    pub number: String,
    /// Why.
    pub why: &'static str,
}

/// Merges other cases into this one, all of them or none. Gives those that can't be.
///
/// # Errors
/// As [`Work::begin`]; `Bad` when there are none, or too many, or the department that has the lead may not see one of them.
pub async fn merge(app: &App, actor: &Actor, seen: Seen<'_>, others: &[String]) -> Result<Vec<Refused>> {
    if others.len() > MOST {
        return Err(Error::Bad("merges.error.many"));
    }
    let mut tx = app.db.write().await?;
    let lead = visibility::case_for(&mut tx, actor, seen.number).await?;
    let mut refused = Vec::new();
    let mut wanted = BTreeMap::new();
    for typed in others {
        match visibility::case_for(&mut tx, actor, typed).await {
            Ok(case) if case.id == lead.id => {}
            Ok(case) => drop(wanted.insert(case.id, case.number)),
            Err(Error::NotFound) => refused.push(Refused { number: typed.clone(), why: "merges.error.unknown" }),
            Err(other) => return Err(other),
        }
    }
    lock(&mut tx, wanted.keys().copied().chain([lead.id])).await?;
    let mut work = Work::begin_in(app, actor, tx, seen, Verb::Merge).await?;
    if wanted.is_empty() && refused.is_empty() {
        return Err(Error::Bad("merges.error.none"));
    }
    let mut taken = Vec::new();
    for number in wanted.values() {
        let other = visibility::case_to_change(&mut work.tx, actor, number).await?;
        let held = legal_hold::standing(&mut work.tx, other.id).await?.is_some();
        match why_not(actor, &work.case, &other).or(held.then_some("merges.error.held")) {
            Some(why) => refused.push(Refused { number: number.clone(), why }),
            None => taken.push(other),
        }
    }
    if !refused.is_empty() {
        return Ok(refused);
    }
    for other in &taken {
        take_in(&mut work, other.clone()).await?;
    }
    if let Some(department) = work.case.department_id {
        triage::check_department(&mut work, department).await?;
        store::assignments::extend(&mut work.tx, work.case.id, work.case.due_at).await?;
    }
    work.save().await?;
    let numbers: Vec<&str> = taken.iter().map(|c| c.number.as_str()).collect();
    work.record(work.happening(EventKind::TookIn).reason(&numbers.join("、"))).await?;
    work.tell_department(EventKind::TookIn).await?;
    search::index_again(&mut work.tx, &work.case).await?;
    work.done().await?;
    Ok(Vec::new())
}

/// Locks cases, always in the same order, so that nobody waits for somebody who waits for them.
pub(super) async fn lock(c: &mut Conn, ids: impl IntoIterator<Item = CaseId>) -> Result<()> {
    let mut ids: Vec<CaseId> = ids.into_iter().collect();
    ids.sort_unstable();
    for id in ids {
        store::cases::lock(c, id).await?;
    }
    Ok(())
}

fn why_not(actor: &Actor, lead: &Case, other: &Case) -> Option<&'static str> {
    if !Side::of(actor, other).is_some_and(|side| side.has(Verb::Merge)) {
        Some("merges.error.unknown")
    } else if other.lane != lead.lane {
        // Danger stays with the safeguarding lead (未成年人保护法 §11), and what is on hold was not looked at yet.
        Some("merges.error.lane")
    } else if other.state == State::Merged {
        Some("merges.error.already")
    } else if other.state.merge().is_err() {
        Some("merges.error.state")
    } else {
        None
    }
}

/// A case joins the lead, and with it those that were merged into it.
async fn take_in(work: &mut Work<'_>, mut other: Case) -> Result<()> {
    for before in store::merges::of_lead(&mut work.tx, other.id).await? {
        let member = store::cases::lock(&mut work.tx, before.case_id).await?.ok_or(Error::NotFound)?;
        part_ways(work.app, &mut work.tx, work.actor, &before, &mut other, &member).await?;
        enter(work, member, before.state_before).await?;
    }
    let state = other.state;
    // Its own promise may have been another's.
    enter(work, other, state).await
}

async fn enter(work: &mut Work<'_>, mut case: Case, before: State) -> Result<()> {
    let lead = &work.case;
    let together = store::merges::of_lead(&mut work.tx, lead.id).await?;
    let new = Merge {
        id: MergeId::new(work.at, &*work.app.random),
        case_id: case.id,
        lead_id: lead.id,
        state_before: before,
        lead_promised_at: together.first().map_or(lead.promised_at, |m| m.lead_promised_at),
        from_seq: store::merges::last_seq(&mut work.tx, lead.id).await?,
        to_seq: None,
        judged_seq: None,
        merged_at: work.at,
        ended_at: None,
    };
    store::merges::insert(&mut work.tx, &new, work.actor.staff_id).await?;
    carry(work.app, &mut work.tx, work.case.id, case.id, work.at).await?;
    work.case.take_over_limits(&case);
    let was_merged = case.state == State::Merged;
    case.state = State::Merged;
    case.lead_id = Some(work.case.id);
    history::save(&mut work.tx, &case).await?;
    if was_merged {
        // For its submitter nothing has changed.
        let entry = Entry::new("case.merged", "case").actor(work.actor).entity(case.id.0).detail(case.state);
        return audit::record(work.app, &mut work.tx, case.organization_id, entry).await;
    }
    let merged = work.happening(EventKind::Merged).reason(&work.case.number);
    history::record(work.app, &mut work.tx, &case, merged).await
}

/// Whoever may not see the merged case may not see its lead.
pub(super) async fn carry(
    app: &App,
    c: &mut Conn,
    lead: CaseId,
    merged: CaseId,
    at: chrono::DateTime<chrono::Utc>,
) -> Result<()> {
    let there = store::recusals::of_case(c, lead).await?;
    for recusal in store::recusals::of_case(c, merged).await? {
        let known = there.iter().any(|r| r.carried_from == Some(recusal.id));
        if recusal.state != RecusalState::Lifted && !known {
            store::recusals::carry(c, RecusalId::new(at, &*app.random), lead, recusal.id, at).await?;
        }
    }
    Ok(())
}

/// Two cases part: each keeps its own recusals; who was recused from the lead while they were together may have been named
/// in what is now the other's, so they are recused there too, until the office decides otherwise. The caller saves both.
async fn part_ways(
    app: &App,
    c: &mut Conn,
    actor: &Actor,
    merge: &Merge,
    lead: &mut Case,
    member: &Case,
) -> Result<()> {
    let at = app.now();
    let last = store::merges::last_seq(c, lead.id).await?;
    store::merges::end(c, merge.id, last, actor.staff_id, at).await?;
    store::recusals::take_back(c, lead.id, member.id).await?;
    let own = store::recusals::of_case(c, member.id).await?;
    for r in store::recusals::of_case(c, lead.id).await? {
        let meanwhile = r.carried_from.is_none() && r.created_at >= merge.merged_at && r.state != RecusalState::Lifted;
        let known = own.iter().any(|o| (o.staff_id, o.department_id) == (r.staff_id, r.department_id));
        if meanwhile && !known {
            let new = NewRecusal {
                id: RecusalId::new(at, &*app.random),
                case_id: member.id,
                staff_id: r.staff_id,
                department_id: r.department_id,
                state: r.state,
                reason: &r.reason,
                created_by: None,
                at,
            };
            store::recusals::insert(c, &new).await?;
        }
    }
    // The earlier promise leaves with the case to whose submitter it was made.
    if lead.promised_at == member.promised_at {
        let rest = store::merges::members(c, lead.id).await?;
        let rest = rest.iter().filter(|m| m.id != member.id).map(|m| m.promised_at);
        lead.promised_at = rest.fold(merge.lead_promised_at, Ord::min).max(lead.promised_at);
    }
    Ok(())
}

/// Parts a merged case from its lead: it stands again where it stood.
///
/// # Errors
/// As [`Work::begin`]; `NotFound` when the person may not see the lead.
pub async fn unmerge(app: &App, actor: &Actor, seen: Seen<'_>, reason: &str) -> Result<()> {
    let mut tx = app.db.write().await?;
    let case = visibility::case_for(&mut tx, actor, seen.number).await?;
    let lead = case.lead_id.ok_or(Error::Conflict)?;
    lock(&mut tx, [case.id, lead]).await?;
    let mut work = Work::begin_in(app, actor, tx, seen, Verb::Unmerge).await?;
    let mut lead = visibility::case_of_id(&mut work.tx, actor, lead).await?;
    let merges = store::merges::of_case(&mut work.tx, work.case.id).await?;
    let merge = merges.into_iter().rev().find(|m| m.to_seq.is_none()).ok_or(Error::Conflict)?;
    part_ways(app, &mut work.tx, actor, &merge, &mut lead, &work.case).await?;
    history::save(&mut work.tx, &lead).await?;
    work.case.state = work.case.state.part(merge.state_before).map_err(|_| Error::Conflict)?;
    work.case.lead_id = None;
    if let Some(department) = work.case.department_id
        && let Err(Error::Bad(_)) = triage::check_department(&mut work, department).await
    {
        recuse::take_back(&mut work).await?;
    }
    work.save().await?;
    work.record(work.happening(EventKind::Unmerged).reason(reason)).await?;
    let let_go = format!("{} {reason}", work.case.number);
    let happening = Happening::of(EventKind::LetGo, work.at).by(actor).reason(&let_go);
    history::record(app, &mut work.tx, &lead, happening).await?;
    work.tell(Audience::Office, EventKind::Unmerged).await?;
    work.tell_department(EventKind::Unmerged).await?;
    search::index_again(&mut work.tx, &lead).await?;
    work.done().await
}
