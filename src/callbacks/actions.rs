//! The list, one callback, and what came of it.

use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    accounts::model::Actor,
    audit::{self, Entry},
    callbacks::{
        model::{Handover, Outcome, Standing, Try, first_due, standing},
        store::{self, NewTry},
    },
    cases::{
        callback::{self, Caller, Silent, ToCall},
        model::Rating,
        work::Seen,
    },
    db::Conn,
    error::{Error, Result},
    http::App,
    kernel::ids::{CallbackTryId, CaseId},
    organizations,
    ui::time,
};

/// Answers older than this are not asked about any more: nobody remembers.
const LOOK_BACK: TimeDelta = TimeDelta::days(60);

/// A callback of the list.
pub struct Item {
    /// The case.
    pub case: Silent,
    /// Who may ask.
    pub caller: Caller,
    /// When.
    pub due_at: DateTime<Utc>,
    /// What was tried, the oldest first.
    pub tries: Vec<Try>,
    /// To whom it was handed.
    pub handover: Option<Handover>,
}

/// The list.
#[derive(Default)]
pub struct Listing {
    /// To be done, the most pressing first.
    pub waiting: Vec<Item>,
    /// Anonymous ones, whose silence stays silence unless a representative looks.
    pub unreachable: Vec<Item>,
    /// Those that ended without a word, and why.
    pub ended: Vec<(Item, Outcome)>,
}

impl Listing {
    /// How many of those to be done should have been done already.
    pub fn overdue(&self, now: DateTime<Utc>) -> usize {
        self.waiting.iter().filter(|item| item.due_at < now).count()
    }
}

/// What is to be asked now.
///
/// # Errors
/// The database's.
pub async fn list(app: &App, c: &mut Conn, actor: &Actor) -> Result<Listing> {
    let now = app.now();
    let tomorrow = time::start_of(time::date(now) + TimeDelta::days(1));
    let since = now - LOOK_BACK;
    let calendar = organizations::actions::organization(c, actor.organization_id).await?.calendar;
    let rows = callback::silent_cases(c, actor, since, tomorrow).await?;
    let tries = store::tries(c, actor.organization_id, since).await?;
    let handovers = store::handovers(c, actor.organization_id, since).await?;
    let mut listing = Listing::default();
    for case in rows {
        let due = first_due(&calendar, case.promised_at, case.answered_at);
        if due >= tomorrow {
            continue;
        }
        let of = |id: CaseId, round: i64| id == case.id && round == case.reopened;
        let tries: Vec<Try> = tries.iter().filter(|t| of(t.case_id, t.round)).cloned().collect();
        let handover = handovers.iter().find(|h| of(h.case_id, h.round)).cloned();
        let caller = callback::caller_of(actor, &case);
        let stands = standing(&calendar, due, &tries.iter().collect::<Vec<_>>());
        let due_at = if let Standing::Due(at) = stands { at } else { due };
        let item = Item { caller, due_at, tries, handover, case };
        match stands {
            Standing::Ended(why) => listing.ended.push((item, why)),
            Standing::Due(_) if caller == Caller::Nobody => listing.unreachable.push(item),
            Standing::Due(_) => listing.waiting.push(item),
        }
    }
    listing.waiting.sort_by_key(|item| item.due_at);
    Ok(listing)
}

/// One callback with everything that it takes.
pub struct One {
    /// The case, and whom to ask.
    pub found: ToCall,
    /// What was tried.
    pub tries: Vec<Try>,
    /// To whom it was handed.
    pub handover: Option<Handover>,
}

/// One callback. That somebody read it is written down, and so is whom they may call.
///
/// # Errors
/// `NotFound` when there is none that this person may know of; `Conflict` when it was judged meanwhile.
pub async fn one(app: &App, actor: &Actor, number: &str) -> Result<One> {
    let mut tx = app.db.write().await?;
    let found = callback::to_call(app, &mut tx, actor, number).await?;
    let round = found.case.reopened;
    let tries = store::tries_of(&mut tx, found.case.id, round).await?;
    let handover = store::handover_of(&mut tx, found.case.id, round).await?;
    let detail = if found.contacts.is_empty() { "without_contact" } else { "with_contact" };
    let entry = Entry::new("callback.read", "case").actor(actor).entity(found.case.id.0).detail(detail);
    audit::record(app, &mut tx, actor.organization_id, entry).await?;
    tx.commit().await?;
    Ok(One { found, tries, handover })
}

/// The submitter answered the three questions.
///
/// # Errors
/// As [`callback::said_on_the_phone`].
pub async fn said(app: &App, actor: &Actor, seen: Seen<'_>, rating: &Rating) -> Result<()> {
    let mut tx = app.db.write().await?;
    callback::said_on_the_phone(app, &mut tx, actor, seen, rating).await?;
    Ok(tx.commit().await?)
}

/// What came of a try without an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tried {
    /// What.
    pub outcome: Outcome,
    /// What the caller noted.
    pub note: String,
    /// When to call again.
    pub next_at: Option<DateTime<Utc>>,
}

/// Nobody said anything: the try is written down.
///
/// # Errors
/// `NotFound` when this person may not ask; `Conflict` when the case has changed, or somebody tried meanwhile.
pub async fn tried(app: &App, actor: &Actor, seen: Seen<'_>, known: i64, tried: &Tried) -> Result<()> {
    let mut tx = app.db.write().await?;
    let found = callback::to_call(app, &mut tx, actor, seen.number).await?;
    if found.caller != Caller::You {
        return Err(Error::NotFound);
    }
    let (case, now) = (&found.case, app.now());
    let earlier = store::tries_of(&mut tx, case.id, case.reopened).await?;
    if seen.version.is_some_and(|v| v != case.version) || i64::try_from(earlier.len()).is_ok_and(|n| n != known) {
        return Err(Error::Conflict);
    }
    let new = NewTry {
        id: CallbackTryId::new(now, &*app.random),
        case_id: case.id,
        round: case.reopened,
        outcome: tried.outcome,
        note: &tried.note,
        next_at: tried.next_at,
        by: actor.staff_id,
        at: now,
    };
    store::insert_try(&mut tx, &new).await?;
    let entry = Entry::new("callback.tried", "case").actor(actor).entity(case.id.0).detail(tried.outcome);
    audit::record(app, &mut tx, actor.organization_id, entry).await?;
    Ok(tx.commit().await?)
}
