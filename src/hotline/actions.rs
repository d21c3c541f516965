//! The log of calls: writing a row of it in the transaction that stores what was said, and reading it.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use crate::{
    accounts::model::Actor,
    audit::{self, Entry},
    cases::model::{Identity, Lane},
    db::Conn,
    error::Result,
    hotline::{
        model::{CallKind, CallOutcome, Logged, NewCall, Readers, Then},
        store::{
            calls::{self, Wanted},
            drafts,
        },
        tasks::{self, Promise},
    },
    http::App,
    kernel::{
        clock::hour_of,
        ids::{CallId, SubmissionId},
    },
    ui::time,
};

/// Calls on a page of the log.
const PAGE: usize = 50;

/// A conversation lasts no longer; who left the screen open did not talk until now.
pub const LONGEST: TimeDelta = TimeDelta::hours(4);

/// What was stored of a call, for its row in the log.
#[derive(Clone, Copy, Debug)]
pub struct Stored<'a> {
    /// The submission.
    pub submission: SubmissionId,
    /// How the person wants to appear.
    pub identity: Identity,
    /// The queue.
    pub lane: Lane,
    /// The number to call back; empty when there is none.
    pub number: &'a str,
}

/// Writes a call into the log, in the caller's transaction, promises the call-back and forgets the draft. An anonymous
/// person's row has the hour alone: beside the submission, an exact time would be one of theirs (promise 8).
///
/// # Errors
/// The database's.
pub async fn log(app: &App, c: &mut Conn, actor: &Actor, call: &NewCall, stored: Stored<'_>) -> Result<()> {
    let now = app.now();
    let anonymous = stored.identity == Identity::Anonymous;
    let started_at = if anonymous { hour_of(now) } else { call.started_at };
    let id = CallId::new(started_at, &*app.random);
    let outcome = match &call.then {
        _ if stored.lane == Lane::Safeguarding => CallOutcome::Danger,
        Then::Case => CallOutcome::Case,
        Then::Answered(_) => CallOutcome::Answered,
        Then::Attach(_) => CallOutcome::Attached,
    };
    let row = calls::NewRow {
        id,
        organization_id: actor.organization_id,
        operator_id: actor.staff_id,
        kind: call.kind,
        started_at,
        seconds: (now - call.started_at).num_seconds().max(0),
        outcome,
        submission_id: Some(stored.submission),
    };
    calls::insert(c, &row).await?;
    if let (Some(due_at), false, false) = (call.call_back_at, anonymous, stored.number.is_empty()) {
        let private = stored.identity == Identity::Sealed || stored.lane == Lane::Safeguarding;
        let readers = if private { Readers::Promiser } else { Readers::All };
        tasks::promise(app, c, actor, Promise { call: id, readers, due_at, number: stored.number }).await?;
    }
    if let Some(draft) = call.draft {
        drafts::delete(c, actor.staff_id, draft).await?;
    }
    let at = if anonymous { started_at } else { now };
    let entry = Entry::new("call.logged", "call").actor(actor).entity(id.0).detail(outcome).at(at);
    audit::record(app, c, actor.organization_id, entry).await
}

/// Somebody called and nobody answered.
///
/// # Errors
/// The database's.
pub async fn missed(
    app: &App,
    actor: &Actor,
    called_at: DateTime<Utc>,
    number: &str,
    call_back_at: Option<DateTime<Utc>>,
) -> Result<()> {
    let mut tx = app.db.write().await?;
    let id = CallId::new(called_at, &*app.random);
    let row = calls::NewRow {
        id,
        organization_id: actor.organization_id,
        operator_id: actor.staff_id,
        kind: CallKind::Missed,
        started_at: called_at,
        seconds: 0,
        outcome: CallOutcome::Missed,
        submission_id: None,
    };
    calls::insert(&mut tx, &row).await?;
    if let Some(due_at) = call_back_at {
        tasks::promise(app, &mut tx, actor, Promise { call: id, readers: Readers::All, due_at, number }).await?;
    }
    let entry = Entry::new("call.missed", "call").actor(actor).entity(id.0);
    audit::record(app, &mut tx, actor.organization_id, entry).await?;
    tx.commit().await?;
    Ok(())
}

/// What of the log somebody wants to see.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filters {
    /// Visits instead of calls.
    pub visits: bool,
    /// One day.
    pub day: Option<NaiveDate>,
    /// What became of it.
    pub outcome: Option<CallOutcome>,
    /// Older than this one.
    pub before: Option<CallId>,
}

/// A page of the log, and where the next one begins.
///
/// # Errors
/// The database's.
pub async fn page(c: &mut Conn, actor: &Actor, filters: &Filters) -> Result<(Vec<Logged>, Option<CallId>)> {
    let wanted = Wanted {
        organization: actor.organization_id,
        reader: actor.staff_id,
        visits: filters.visits,
        from: filters.day.map(time::start_of),
        to: filters.day.and_then(|d| d.succ_opt()).map(time::start_of),
        outcome: filters.outcome,
        before: filters.before,
    };
    // One more than is shown tells whether there is more.
    let mut rows = calls::page(c, &wanted, i64::try_from(PAGE + 1).unwrap_or(i64::MAX)).await?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let next = rows.last().filter(|_| more).map(|last| last.id);
    Ok((rows, next))
}
