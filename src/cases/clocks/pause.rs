//! Pauses 暂停: the department waits for the submitter. With a reason, and within bounds.

use chrono::{DateTime, Utc};

use crate::{
    accounts::model::Actor,
    cases::{
        clocks::model::{Stage, Still},
        history::{Happening, write_down},
        model::{Case, EventKind, State, Verb},
        store::{self, pauses::NewPause},
        work::{Seen, Work},
    },
    db::Conn,
    error::{Error, Result},
    http::App,
    kernel::calendar::WorkCalendar,
};

/// Pauses in a round.
pub const MOST_PAUSES: usize = 2;

/// Pauses a case: the submitter has to say something first. They read the reason.
///
/// # Errors
/// As [`Work::begin`]; `Bad` when it is late already, or was paused often enough.
pub async fn pause(app: &App, actor: &Actor, seen: Seen<'_>, reason: &str) -> Result<()> {
    let mut work = Work::begin(app, actor, seen, Verb::Pause).await?;
    if work.case.due_at <= work.at || work.case.promised_at <= work.at {
        return Err(Error::Bad("clocks.error.late"));
    }
    if store::pauses::of_round(&mut work.tx, work.case.id, work.case.reopened).await?.len() >= MOST_PAUSES {
        return Err(Error::Bad("clocks.error.often"));
    }
    let calendar = work.organization.calendar.clone();
    let Still { last, moved, .. } = Still::begin(&calendar, work.at);
    // Counts as a change of the case: who saw it running must look again.
    work.save().await?;
    let (case, at) = (work.case.clone(), work.at);
    shift(&mut work.tx, &case, &calendar, moved).await?;
    let new = NewPause {
        case_id: case.id,
        round: case.reopened,
        started_at: at,
        last_at: last,
        moved,
        reason,
        paused_by: actor.staff_id,
    };
    store::pauses::insert(&mut work.tx, &new).await?;
    store::clocks::set_paused(&mut work.tx, case.id, Some(last)).await?;
    work.record(work.happening(EventKind::Paused).department(case.department_id).reason(reason).due(last)).await?;
    work.done().await
}

/// Ends a pause by hand.
///
/// # Errors
/// As [`Work::begin`].
pub async fn resume(app: &App, actor: &Actor, seen: Seen<'_>) -> Result<()> {
    let mut work = Work::begin(app, actor, seen, Verb::Resume).await?;
    work.save().await?;
    let (case, at, calendar) = (work.case.clone(), work.at, work.organization.calendar.clone());
    end(app, &mut work.tx, &case, &calendar, at, Some(actor)).await?;
    work.done().await
}

/// Ends every pause whose time is over, whichever instance does it.
///
/// # Errors
/// The database's.
pub async fn wake(app: &App) -> Result<()> {
    let now = app.now();
    let waiting = store::pauses::over(&mut app.db.read().await?, now).await?;
    for id in waiting {
        let mut tx = app.db.write().await?;
        let Some(case) = store::cases::lock(&mut tx, id).await? else { continue };
        if case.paused_until.is_some_and(|until| until <= now) {
            let organization = crate::organizations::actions::organization(&mut tx, case.organization_id).await?;
            end(app, &mut tx, &case, &organization.calendar, now, None).await?;
            tx.commit().await?;
        }
    }
    Ok(())
}

/// Whether a pause ends with this event: the submitter said something, in whatever way, or the case left the hands of the
/// department that waits.
pub(super) fn ends_with(case: &Case, kind: EventKind) -> bool {
    let said = matches!(kind, EventKind::MessageIn | EventKind::Joined | EventKind::Urged);
    let waits = matches!(case.state, State::Assigned | State::InProgress);
    case.paused_until.is_some() && kind != EventKind::Paused && (said || !waits || kind == EventKind::Assigned)
}

/// Ends the pause of a case, locked, as of `at`: what was added for the rest of its time is taken back.
pub(super) async fn end(
    app: &App,
    c: &mut Conn,
    case: &Case,
    calendar: &WorkCalendar,
    at: DateTime<Utc>,
    by: Option<&Actor>,
) -> Result<()> {
    let Some(pause) = store::pauses::running(c, case.id).await? else { return Ok(()) };
    let still = Still { started: pause.started_at, last: pause.last_at, moved: pause.moved };
    let (ended, stood) = still.end(calendar, at);
    shift(c, case, calendar, stood - pause.moved).await?;
    store::pauses::end(c, case.id, pause.run, ended, stood).await?;
    store::clocks::set_paused(c, case.id, None).await?;
    let mut happening = Happening::of(EventKind::Resumed, at).department(case.department_id);
    if let Some(actor) = by {
        happening = happening.by(actor);
    }
    let due = store::cases::by_id(c, case.id).await?.map_or(case.due_at, |case| case.due_at);
    write_down(app, c, case, &happening.due(due)).await
}

/// Moves what stands still by so many working days, and with it the limits of the case.
async fn shift(c: &mut Conn, case: &Case, calendar: &WorkCalendar, by: i64) -> Result<()> {
    for clock in store::clocks::running(c, case.id).await? {
        if !matches!(clock.stage, Stage::Handling | Stage::Answer) {
            continue;
        }
        let moved = clock.with_rule(clock.rule().moved(by), calendar);
        store::clocks::update(c, case.id, &moved).await?;
        if clock.stage == Stage::Answer {
            store::clocks::move_promise(c, case.id, moved.due_at).await?;
        } else {
            store::clocks::move_due(c, case.id, clock.due_at, moved.due_at).await?;
            store::assignments::extend(c, case.id, moved.due_at).await?;
        }
    }
    Ok(())
}
