//! Assisting departments 协办: beside the department in the lead 主办, others may be asked to contribute, each with its own
//! limit. What they contribute stays inside; the lead answers for all (首接负责): the answer goes out through it alone.
//!
//! A department that assists sees the case while its order runs, in its list under its own limit, and hears of what
//! happens; it knows neither the submitter's name nor number. The order is done with its first contribution, and ends when
//! the office releases it, when the department comes into the lead or is recused, and with the answer.

use chrono::{DateTime, Utc};

use crate::{
    accounts::model::Actor,
    cases::{
        history::{self, Happening},
        model::{EventKind, Verb},
        notices::{self, Audience},
        store::{
            self,
            assignments::{AssistRow, Contribution, Kind, NewAssignment, Waiting},
        },
        triage::{self, Order},
        work::{Seen, Work},
    },
    db::{Conn, Tx},
    error::{Error, Result},
    http::App,
    kernel::{
        calendar::WorkCalendar,
        ids::{AssignmentId, CaseId, ContributionId, DepartmentId, OrganizationId},
    },
    organizations::model::Organization,
};

/// An assisting order with what was contributed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assist {
    /// The order.
    pub order: AssistRow,
    /// What the department contributed, oldest first.
    pub contributions: Vec<Contribution>,
}

impl Assist {
    /// Whether the department still has to contribute.
    pub const fn waits(&self) -> bool {
        self.order.ended_at.is_none() && self.order.done_at.is_none()
    }
}

/// The assisting orders of a case: those that run, and what earlier ones contributed.
pub(super) async fn of_case(c: &mut Conn, case: CaseId) -> Result<Vec<Assist>> {
    let all = store::assignments::contributions(c, case).await?;
    let of = |id| all.iter().filter(|k| k.assignment_id == id).cloned().collect();
    let orders = store::assignments::assists_of_case(c, case).await?;
    Ok(orders.into_iter().map(|order| Assist { contributions: of(order.id), order }).collect())
}

/// Asks a department to assist.
///
/// # Errors
/// As [`Work::begin`]; `Bad` when the department may not see the case, has it already, or the day can't be.
pub async fn ask(app: &App, actor: &Actor, seen: Seen<'_>, order: &Order) -> Result<()> {
    let mut work = Work::begin(app, actor, seen, Verb::Assist).await?;
    let department = order.department;
    if work.case.department_id == Some(department) {
        return Err(Error::Bad("assists.error.lead"));
    }
    if store::assignments::assisting(&mut work.tx, work.case.id, department).await?.is_some() {
        return Err(Error::Bad("assists.error.already"));
    }
    triage::check_department(&mut work, department).await?;
    let due_at = due(&work, order.due_on)?;
    work.save().await?;
    let new = NewAssignment {
        id: AssignmentId::new(work.at, &*app.random),
        case_id: work.case.id,
        department_id: department,
        kind: Kind::Assist,
        assigned_by: actor.staff_id,
        assigned_at: work.at,
        due_at,
        working_days: order
            .due_on
            .is_none()
            .then(|| i64::from(work.organization.calendar.working_days_between(work.at, due_at))),
        instruction: &order.instruction,
    };
    store::assignments::insert(&mut work.tx, &new).await?;
    let asked = work.happening(EventKind::AssistAsked).department(Some(department)).due(due_at);
    work.record(asked.reason(&order.instruction)).await?;
    work.tell(Audience::Department(department), EventKind::AssistAsked).await?;
    work.tell_department(EventKind::AssistAsked).await?;
    work.done().await
}

/// When a contribution is due: the day that was named; else one working day before the lead's limit, so that there is time
/// to answer with it. Never after the lead's limit, and never at once.
fn due(work: &Work<'_>, day: Option<chrono::NaiveDate>) -> Result<DateTime<Utc>> {
    let (calendar, lead) = (&work.organization.calendar, work.case.due_at);
    if let Some(day) = day {
        let due = calendar.closing(day);
        return match due > work.at {
            true if due <= lead || lead <= work.at => Ok(due),
            true => Err(Error::Bad("assists.error.after_lead")),
            false => Err(Error::Bad("cases.error.due_passed")),
        };
    }
    let before = calendar.closing(calendar.previous_working_day(calendar.local_date(lead)));
    let due = before.max(calendar.add_working_days(work.at, 1));
    Ok(if lead > work.at { due.min(lead) } else { due })
}

/// The department contributes; as often as it has something to say.
///
/// # Errors
/// As [`Work::begin`]; `NotFound` when the department assists no longer.
pub async fn contribute(app: &App, actor: &Actor, number: &str, body: &str) -> Result<()> {
    let mut work = Work::begin(app, actor, Seen { number, version: None }, Verb::Contribute).await?;
    let department = actor.department_id.ok_or(Error::NotFound)?;
    let order = store::assignments::assisting(&mut work.tx, work.case.id, department).await?;
    let order = order.ok_or(Error::NotFound)?;
    let id = ContributionId::new(work.at, &*app.random);
    store::assignments::contribute(&mut work.tx, id, work.case.id, order, actor.staff_id, body, work.at).await?;
    work.record(work.happening(EventKind::AssistGiven).department(Some(department))).await?;
    work.tell(Audience::Office, EventKind::AssistGiven).await?;
    work.tell_department(EventKind::AssistGiven).await?;
    work.done().await
}

/// The office releases an assisting department: it sees the case no longer; what it contributed stays.
///
/// # Errors
/// As [`Work::begin`]; `Conflict` when it does not assist any more.
pub async fn release(app: &App, actor: &Actor, seen: Seen<'_>, department: DepartmentId) -> Result<()> {
    let mut work = Work::begin(app, actor, seen, Verb::EndAssist).await?;
    let why = EventKind::AssistEnded.code();
    if store::assignments::end_assist(&mut work.tx, work.case.id, department, work.at, why).await? == 0 {
        return Err(Error::Conflict);
    }
    work.save().await?;
    work.record(work.happening(EventKind::AssistEnded).department(Some(department))).await?;
    work.tell_department(EventKind::AssistEnded).await?;
    work.done().await
}

/// Counts the limits of assisting orders again, after the calendar and with it the limits of the leads changed: what is past
/// stays, nothing becomes past by it, and nothing is due after the lead. Gives the cases of which one moved.
///
/// # Errors
/// The database's.
pub(super) async fn recount(
    tx: &mut Tx,
    org: OrganizationId,
    calendar: &WorkCalendar,
    now: DateTime<Utc>,
) -> Result<Vec<CaseId>> {
    let mut moved = Vec::new();
    for order in store::assignments::running_assists(tx, org, now).await? {
        let again = match order.working_days.and_then(|days| u16::try_from(days).ok()) {
            Some(days) => calendar.add_working_days(order.assigned_at, days),
            None => calendar.closing(calendar.local_date(order.due_at)),
        };
        let again = if order.lead_due_at > now { again.min(order.lead_due_at) } else { again };
        let again = if again > now { again } else { calendar.add_working_days(now, 0) };
        if again != order.due_at && store::assignments::move_assist(tx, order.id, again).await? == 1 {
            moved.push(order.case_id);
        }
    }
    Ok(moved)
}

/// Warns assisting departments one working day before their limit, and flags what is past: once each, whichever instance
/// does it.
///
/// # Errors
/// The database's.
pub async fn remind(app: &App, organization: &Organization) -> Result<()> {
    let soon = organization.calendar.add_working_days(app.now(), 1);
    let waiting = store::assignments::waiting(&mut app.db.read().await?, organization.id, soon).await?;
    for order in waiting.iter().filter(|o| !o.warned || o.due_at < app.now()) {
        notify(app, order).await?;
    }
    Ok(())
}

async fn notify(app: &App, order: &Waiting) -> Result<()> {
    let now = app.now();
    let mut tx = app.db.write().await?;
    let Some(case) = store::cases::lock(&mut tx, order.case_id).await? else { return Ok(()) };
    let late = order.due_at < now;
    let first = match late {
        true => store::assignments::flagged(&mut tx, order.id, now).await?,
        false => store::assignments::warned(&mut tx, order.id, now).await?,
    };
    if first == 0 || !case.state.is_open() {
        return Ok(());
    }
    let theirs = Audience::Department(order.department_id);
    if !late {
        notices::tell(app, &mut tx, &case, theirs, EventKind::DueSoon, now, None).await?;
        return Ok(tx.commit().await?);
    }
    let happening = Happening::of(EventKind::AssistOverdue, now).department(Some(order.department_id));
    history::record(app, &mut tx, &case, happening.due(order.due_at)).await?;
    let lead = case.department_id.map(Audience::Department);
    for audience in [Some(Audience::Office), Some(theirs), lead].into_iter().flatten() {
        notices::tell(app, &mut tx, &case, audience, EventKind::AssistOverdue, now, None).await?;
    }
    Ok(tx.commit().await?)
}
