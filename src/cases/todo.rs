//! Tasks about a case: what a colleague is to do, until which day. They stay inside, and change nothing of the case.

use chrono::{NaiveDate, TimeDelta};

use crate::{
    accounts::model::Actor,
    audit::{self, Entry},
    cases::{
        mention,
        model::{Side, Verb},
        notices,
        store::{
            self,
            tasks::{Load, NewTask, Task},
        },
        visibility::{self, Scope},
        work::{Seen, Work},
    },
    db::Conn,
    error::{Error, Result},
    http::App,
    kernel::ids::{CaseTaskId, StaffId},
    organizations::{self, model::Organization},
};

/// What was done so long ago is shown no more.
const DONE: TimeDelta = TimeDelta::days(14);
/// Tasks that the page shows.
const SHOWN: i64 = 200;

/// Something to do, as it is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Who is to do it.
    pub person: StaffId,
    /// What.
    pub words: String,
    /// Until the end of which day.
    pub due_on: NaiveDate,
}

/// The person may not see the case, or is none of ours.
pub const CANNOT_SEE: &str = "todos.error.cannot_see";

/// Gives somebody something to do about a case.
///
/// # Errors
/// As [`Work::begin`]; `Bad` when the person may not see the case, or the day has passed.
pub async fn give(app: &App, actor: &Actor, number: &str, wanted: &Wanted) -> Result<()> {
    let mut work = Work::begin(app, actor, Seen { number, version: None }, Verb::Task).await?;
    let staff = organizations::actions::staff(&mut work.tx, work.case.organization_id).await?;
    let person = staff.iter().find(|s| s.id == wanted.person).ok_or(Error::Bad(CANNOT_SEE))?;
    if !mention::may_see(&mut work.tx, &work.case, person).await? {
        return Err(Error::Bad(CANNOT_SEE));
    }
    let due_at = work.organization.calendar.closing(wanted.due_on);
    if due_at <= work.at {
        return Err(Error::Bad("cases.error.due_passed"));
    }
    let new = NewTask {
        id: CaseTaskId::new(work.at, &*app.random),
        case_id: work.case.id,
        person: person.id,
        words: &wanted.words,
        due_at,
        by: actor.staff_id,
        at: work.at,
    };
    store::tasks::insert(&mut work.tx, &new).await?;
    work.audit("case.task_given").await?;
    if person.id != actor.staff_id {
        notices::tell_person(app, &mut work.tx, &work.case, person.id, "task_given", work.at).await?;
    }
    work.done().await
}

/// It is done: says who is to do it, who gave it, or the office. Gives the number of its case.
///
/// # Errors
/// `NotFound` when there is none that this person may settle; `Conflict` when it was done already.
pub async fn done(app: &App, actor: &Actor, id: CaseTaskId) -> Result<String> {
    let mut tx = app.db.write().await?;
    let task = store::tasks::by_id(&mut tx, &Scope::of(actor), id).await?.ok_or(Error::NotFound)?;
    let case = visibility::case_of_id(&mut tx, actor, task.case_id).await?;
    if !may_settle(actor, &task, Side::of(actor, &case)) {
        return Err(Error::NotFound);
    }
    if store::tasks::done(&mut tx, id, actor.staff_id, app.now()).await? == 0 {
        return Err(Error::Conflict);
    }
    let entry = Entry::new("case.task_done", "case").actor(actor).entity(case.id.0).detail(case.state);
    audit::record(app, &mut tx, case.organization_id, entry).await?;
    for person in [task.given_by, task.person_id] {
        if person != actor.staff_id && (person == task.given_by || task.given_by == actor.staff_id) {
            notices::tell_person(app, &mut tx, &case, person, "task_done", app.now()).await?;
        }
    }
    tx.commit().await?;
    Ok(case.number)
}

/// Tells people of what they should have done already: once each, whichever instance does it, and only while they may see
/// the case.
///
/// # Errors
/// The database's.
pub async fn remind(app: &App, organization: &Organization) -> Result<()> {
    let late = store::tasks::late(&mut app.db.read().await?, organization.id, app.now()).await?;
    for task in late {
        let now = app.now();
        let mut tx = app.db.write().await?;
        let Some(case) = store::cases::lock(&mut tx, task.case_id).await? else { continue };
        if store::tasks::flagged(&mut tx, task.id, now).await? == 0 {
            continue;
        }
        let staff = organizations::actions::staff(&mut tx, case.organization_id).await?;
        if let Some(person) = staff.iter().find(|s| s.id == task.person_id)
            && mention::may_see(&mut tx, &case, person).await?
        {
            notices::tell_person(app, &mut tx, &case, person.id, "task_overdue", now).await?;
        }
        tx.commit().await?;
    }
    Ok(())
}

/// Whether a person may say that something is done.
pub(super) fn may_settle(actor: &Actor, task: &Task, side: Option<Side>) -> bool {
    [task.person_id, task.given_by].contains(&actor.staff_id) || side == Some(Side::Office)
}

/// What a person is to do, and gave others to do.
///
/// # Errors
/// The database's.
pub(super) async fn of_person(app: &App, c: &mut Conn, actor: &Actor) -> Result<Vec<Task>> {
    Ok(store::tasks::of_person(c, &Scope::of(actor), app.now() - DONE, SHOWN).await?)
}

/// How much a person has to do.
///
/// # Errors
/// The database's.
pub(super) async fn load(app: &App, c: &mut Conn, actor: &Actor) -> Result<Load> {
    Ok(store::tasks::load(c, &Scope::of(actor), app.now()).await?)
}
