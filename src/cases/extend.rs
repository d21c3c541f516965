//! Extensions 延期: the department asks for more time with a reason; the office or a leader decides; the submitter is told
//! why and until when. Together they never pass 30 days beyond what was promised first (信访工作条例 §34).

use chrono::NaiveDate;

use crate::{
    accounts::model::Actor,
    cases::{
        clocks,
        model::{Decision, EventKind, Verb},
        notices::Audience,
        store::{
            self,
            extensions::{Extension, NewExtension},
        },
        work::{Seen, Work},
    },
    error::{Error, Result},
    http::App,
    kernel::ids::ExtensionId,
};

/// Most days that all extensions of a case give together (§34).
pub const MOST_DAYS: u16 = 30;

/// The department asks for time until the end of a day.
///
/// # Errors
/// As [`Work::begin`]; `Bad` when a wish waits already, the day is not later than what is promised, or too late.
pub async fn ask(app: &App, actor: &Actor, seen: Seen<'_>, day: NaiveDate, reason: &str) -> Result<()> {
    let mut work = Work::begin(app, actor, seen, Verb::AskExtension).await?;
    let earlier = store::extensions::of_case(&mut work.tx, work.case.id).await?;
    if earlier.iter().any(|e| e.decision == Decision::Pending) {
        return Err(Error::Bad("cases.error.extension_waits"));
    }
    let due_at = work.organization.calendar.closing(day);
    if due_at <= work.case.promised_at || due_at <= work.at {
        return Err(Error::Bad("cases.error.extension_early"));
    }
    let first_promise = first_promise(&earlier, work.case.reopened).unwrap_or(work.case.promised_at);
    if due_at > work.organization.calendar.add_calendar_days(first_promise, MOST_DAYS) {
        return Err(Error::Bad("cases.error.extension_long"));
    }
    let ceiling = clocks::ceiling(&mut work.tx, &work.case, &work.organization.calendar, true).await?;
    if ceiling.is_some_and(|ceiling| due_at > ceiling) {
        return Err(Error::Bad("cases.error.extension_long"));
    }
    work.save().await?;
    let new = NewExtension {
        id: ExtensionId::new(work.at, &*app.random),
        case_id: work.case.id,
        round: work.case.reopened,
        asked_by: actor.staff_id,
        at: work.at,
        reason,
        before: work.case.promised_at,
        due_at,
    };
    store::extensions::insert(&mut work.tx, &new).await?;
    let asked = work.happening(EventKind::ExtensionAsked).department(work.case.department_id).due(due_at);
    work.record(asked.reason(reason)).await?;
    work.tell(Audience::Office, EventKind::ExtensionAsked).await?;
    work.done().await
}

/// What the submitter was promised before the first extension since the case was last reopened.
fn first_promise(earlier: &[Extension], round: i64) -> Option<chrono::DateTime<chrono::Utc>> {
    earlier.iter().find(|e| e.decision == Decision::Granted && e.round == round).map(|e| e.promised_at)
}

/// The office or a leader decides. `words` go to the submitter when it is granted, to the department when it is refused.
///
/// # Errors
/// As [`Work::begin`]; `Conflict` when nothing waits.
pub async fn decide(app: &App, actor: &Actor, seen: Seen<'_>, granted: bool, words: &str) -> Result<()> {
    let mut work = Work::begin(app, actor, seen, Verb::DecideExtension).await?;
    let waiting = store::extensions::of_case(&mut work.tx, work.case.id).await?;
    let waiting = waiting.into_iter().find(|e| e.decision == Decision::Pending).ok_or(Error::Conflict)?;
    let decision = if granted { Decision::Granted } else { Decision::Refused };
    store::extensions::decide(&mut work.tx, work.case.id, decision, actor.staff_id, work.at, words).await?;
    let kind = if granted { EventKind::Extended } else { EventKind::ExtensionRefused };
    if granted {
        work.case.due_at = waiting.due_at;
        work.case.promised_at = waiting.due_at;
        store::assignments::extend(&mut work.tx, work.case.id, waiting.due_at).await?;
    }
    work.save().await?;
    let happening = work.happening(kind).department(work.case.department_id).reason(words);
    work.record(if granted { happening.due(waiting.due_at) } else { happening }).await?;
    work.tell_department(kind).await?;
    work.done().await
}
