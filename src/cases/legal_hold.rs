//! Legal hold 保全: what may be needed as evidence stays. While a hold stands over a case, it is neither erased at anybody's
//! wish (PIPL §47 leaves room for a duty to keep), nor purged when its time is over, nor merged into another case.
//!
//! The office and the leaders set and lift it, in the safeguarding lane the safeguarding lead; always with a reason.

use crate::{
    accounts::model::Actor,
    cases::{
        model::{EventKind, Verb},
        notices::Audience,
        store::{self, legal_holds::LegalHold},
        work::{Seen, Work},
    },
    db::Conn,
    error::{Error, Result},
    http::App,
    kernel::ids::{CaseId, LegalHoldId},
};

/// Sets a hold.
///
/// # Errors
/// As [`Work::begin`]; `Conflict` when one stands already.
pub async fn set(app: &App, actor: &Actor, seen: Seen<'_>, reason: &str) -> Result<()> {
    let mut work = Work::begin(app, actor, seen, Verb::LegalHold).await?;
    let id = LegalHoldId::new(work.at, &*app.random);
    let (org, case) = (work.case.organization_id, work.case.id);
    if store::legal_holds::insert(&mut work.tx, id, org, case, reason, actor.staff_id, work.at).await? == 0 {
        return Err(Error::Conflict);
    }
    finish(work, EventKind::HoldSet, reason).await
}

/// Lifts the hold.
///
/// # Errors
/// As [`Work::begin`]; `Conflict` when none stands.
pub async fn lift(app: &App, actor: &Actor, seen: Seen<'_>, reason: &str) -> Result<()> {
    let mut work = Work::begin(app, actor, seen, Verb::LiftHold).await?;
    if store::legal_holds::lift(&mut work.tx, work.case.id, reason, actor.staff_id, work.at).await? == 0 {
        return Err(Error::Conflict);
    }
    finish(work, EventKind::HoldLifted, reason).await
}

/// What was decided with the case before may not fit any more: its version counts up.
async fn finish(mut work: Work<'_>, kind: EventKind, reason: &str) -> Result<()> {
    work.save().await?;
    work.record(work.happening(kind).reason(reason)).await?;
    work.tell(Audience::Office, kind).await?;
    work.done().await
}

/// The hold that stands over a case.
///
/// # Errors
/// The database's.
pub async fn standing(c: &mut Conn, case: CaseId) -> Result<Option<LegalHold>> {
    Ok(store::legal_holds::standing(c, case).await?)
}
