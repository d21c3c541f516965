//! The clocks of a case 时限: one for each stage, recorded when the stage begins and ends.
//!
//! | Stage | Runs | Limit | Ceiling (信访工作条例) |
//! |---|---|---|---|
//! | triage | while the case waits at the office | the organisation's | 15 days (§22) |
//! | acceptance | from its coming until the submitter knows | the organisation's | 15 days (§23) |
//! | objection | from the order to a department, while it may object | the organisation's | 5 working days (§23) |
//! | handling | while a department has it | as the order says | as for the answer |
//! | answer | from its coming until the answer is out | the organisation's | 60 days, 90 with more time (§34); 30 after it was reopened, 60 with more time (§34, §36) |
//! | extension | while a wish for more time waits | one working day (our own rule) | |
//! | callback | from the answer until it was judged | the day on which the limit expires | |
//! | review | from the answer on: the submitter may ask to look again | 30 days (§35) | |
//!
//! A pause 暂停 has a reason, which the submitter reads, and a cap: five working days, twice in a round. It moves the clocks
//! of handling and of the answer by the ends of working days that pass meanwhile, never beyond the ceiling. It ends by
//! itself, when staff end it, when the case leaves the department's hands, and when the submitter says anything, in
//! whatever way ([`follow`] sees every event).
//!
//! When the calendar changes, running clocks that are not past are counted again ([`recount`]), and with them the limits of
//! departments that assist.

pub mod model;
mod pause;
mod steps;
#[cfg(test)]
mod tests;

use chrono::{DateTime, Utc};

use crate::{
    audit::{self, Entry},
    cases::{
        assist,
        history::{Happening, write_down},
        model::{Case, EventKind},
        store,
    },
    db::{Conn, Tx},
    error::Result,
    http::App,
    kernel::{
        calendar::WorkCalendar,
        ids::{CaseId, OrganizationId, StaffId},
    },
    organizations,
};

pub use model::{Clock, Rule, Stage};
pub use pause::{MOST_PAUSES, pause, resume, wake};
use steps::{Before, Step, steps};

/// The clocks of a case, in the order of the stages, the newest run of each.
///
/// # Errors
/// The database's.
pub async fn of_case(c: &mut Conn, case: CaseId) -> Result<Vec<Clock>> {
    let mut newest: Vec<Clock> = Vec::new();
    for clock in store::clocks::of_case(c, case).await? {
        match newest.iter_mut().find(|n| n.stage == clock.stage) {
            Some(earlier) => *earlier = clock,
            None => newest.push(clock),
        }
    }
    newest.sort_by_key(|clock| clock.stage);
    Ok(newest)
}

/// Starts, ends and moves the clocks as an event demands. The row of the case is locked and written already.
pub(super) async fn follow(app: &App, c: &mut Conn, case: &Case, kind: EventKind, at: DateTime<Utc>) -> Result<()> {
    let organization = organizations::actions::organization(c, case.organization_id).await?;
    if pause::ends_with(case, kind) {
        pause::end(app, c, case, &organization.calendar, at, None).await?;
    }
    let may_object = match (kind, case.department_id) {
        (EventKind::Assigned, Some(department)) => {
            store::objections::of_case(c, case.id).await?.iter().all(|o| o.department_id != department)
        }
        _ => false,
    };
    let running = store::clocks::running(c, case.id).await?;
    let before =
        Before { calendar: &organization.calendar, limits: &organization.limits, running: &running, may_object };
    for step in steps(case, kind, at, &before) {
        match step {
            Step::End(stage, outcome) => store::clocks::end(c, case.id, stage, at, outcome).await?,
            Step::Start(stage, rule) => {
                let clock = Clock::start(stage, at, rule, &organization.calendar);
                store::clocks::insert(c, case, &clock).await?
            }
            Step::Change(stage, rule) => {
                let Some(clock) = running.iter().find(|clock| clock.stage == stage) else { continue };
                store::clocks::update(c, case.id, &clock.with_rule(rule, &organization.calendar)).await?
            }
        };
    }
    Ok(())
}

/// Until when an answer must be out by law, whatever is decided; with more time granted when `extended`. `None` for cases
/// from before clocks were kept.
pub(super) async fn ceiling(
    c: &mut Conn,
    case: &Case,
    calendar: &WorkCalendar,
    extended: bool,
) -> Result<Option<DateTime<Utc>>> {
    let running = store::clocks::running(c, case.id).await?;
    let answer = running.iter().find(|clock| clock.stage == Stage::Answer);
    Ok(answer.and_then(|clock| clock.rule().longest(case.reopened, extended).ceiling(calendar)))
}

/// Counts the running clocks of an organisation again, after its calendar changed. What is past stays as it was, and
/// nothing becomes past by it: such a limit ends with the present working day. Each case that moves has an event.
///
/// # Errors
/// The database's.
pub async fn recount(app: &App, tx: &mut Tx, org: OrganizationId, calendar: &WorkCalendar, by: StaffId) -> Result<()> {
    let now = app.now();
    let mut moved: Vec<CaseId> = Vec::new();
    for (case, clock) in store::clocks::to_recount(tx, org, now).await? {
        let mut again = clock.with_rule(clock.rule(), calendar);
        if again.due_at <= now {
            again.due_at = calendar.add_working_days(now, 0);
        }
        if again.due_at == clock.due_at {
            continue;
        }
        store::clocks::update(tx, case, &again).await?;
        match clock.stage {
            Stage::Answer => store::clocks::move_promise(tx, case, again.due_at).await?,
            Stage::Triage | Stage::Handling => {
                store::clocks::move_due(tx, case, clock.due_at, again.due_at).await?;
                store::assignments::extend(tx, case, again.due_at).await?
            }
            _ => continue,
        };
        if !moved.contains(&case) {
            moved.push(case);
        }
    }
    for case in assist::recount(tx, org, calendar, now).await? {
        if !moved.contains(&case) {
            moved.push(case);
        }
    }
    for id in &moved {
        if let Some(case) = store::cases::lock(tx, *id).await? {
            write_down(app, tx, &case, &Happening::of(EventKind::Recounted, now).due(case.due_at)).await?;
        }
    }
    let entry = Entry::new("organization.clocks_recounted", "organization").by(by).entity(org.0);
    audit::record(app, tx, org, entry.detail(format!("cases {}", moved.len()))).await
}
