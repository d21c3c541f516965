//! The ladder: climbs by itself, once an hour, whichever instance does it.

use crate::{
    cases::{
        assist, clocks,
        model::{Case, EventKind},
        supervise::{self, OnTime},
        todo,
    },
    db::Tx,
    error::Result,
    http::App,
    i18n::Lang,
    kernel::ids::AgendaItemId,
    organizations::{self, model::Organization},
    supervision::{
        actions::{Issue, write_down},
        model::{Climber, LADDER, Level, Rung, reached, worth_saying},
        store,
    },
};

/// Cases looked at together.
const STRETCH: i64 = 200;
/// Working days that an order of the ladder gives for a reply.
const REPLY_DAYS: u16 = 2;

/// Looks at every open case of every organisation and fires what is reached. Twice does no harm.
///
/// # Errors
/// The database's.
pub async fn climb(app: &App) -> Result<()> {
    clocks::wake(app).await?;
    let mut c = app.db.read().await?;
    let all = organizations::actions::organizations(&mut c).await?;
    drop(c);
    for organization in all {
        assist::remind(app, &organization).await?;
        todo::remind(app, &organization).await?;
        let mut after = None;
        loop {
            let mut c = app.db.read().await?;
            let stretch = supervise::open_cases(&mut c, organization.id, after, STRETCH).await?;
            drop(c);
            for on_time in &stretch {
                look(app, &organization, on_time).await?;
            }
            match stretch.last() {
                Some(last) => after = Some(last.id),
                None => break,
            }
        }
    }
    Ok(())
}

async fn look(app: &App, organization: &Organization, case: &OnTime) -> Result<()> {
    let now = app.now();
    let climber = Climber { since: case.since, due_at: case.due_at };
    let rungs = reached(&organization.calendar, climber, now);
    if rungs.is_empty() {
        return Ok(());
    }
    let mut c = app.db.read().await?;
    let before = store::fired(&mut c, case.id, case.due_at).await?;
    drop(c);
    if rungs.iter().all(|r| before.contains(r)) {
        return Ok(());
    }
    let mut tx = app.db.write().await?;
    // Somebody may have acted since.
    let Some(case) = supervise::still_open(&mut tx, case).await? else { return Ok(()) };
    let mut fresh = Vec::new();
    for rung in rungs {
        if store::fire(&mut tx, case.id, case.due_at, rung, now).await? == 1 {
            fresh.push(rung);
        }
    }
    for rung in worth_saying(&fresh) {
        fire(app, &mut tx, organization, &case, rung).await?;
    }
    Ok(tx.commit().await?)
}

async fn fire(app: &App, tx: &mut Tx, organization: &Organization, case: &Case, rung: Rung) -> Result<()> {
    match rung {
        Rung::Half => supervise::warn(app, tx, case, EventKind::DueHalf).await,
        Rung::DayBefore => supervise::warn(app, tx, case, EventKind::DueSoon).await,
        Rung::Overdue => supervise::flag_overdue(app, tx, case).await,
        Rung::Order => raise_order(app, tx, organization, case).await,
        Rung::Agenda => {
            let id = AgendaItemId::new(app.now(), &*app.random);
            store::insert_agenda(tx, id, organization.id, case.id, app.now()).await?;
            supervise::on_agenda(app, tx, case).await
        }
    }
}

/// An order to the department, with the leader in charge knowing; what lies with the office itself goes to the leaders.
async fn raise_order(app: &App, tx: &mut Tx, organization: &Organization, case: &Case) -> Result<()> {
    let due_at = organization.calendar.add_working_days(app.now(), REPLY_DAYS);
    // What the program itself writes is in the language of the organisation's papers.
    let demand = Lang::ZhCn.t("supervision.ladder.demand").into_owned();
    if let Some(department) = case.department_id {
        let basis = Lang::ZhCn.tf("supervision.ladder.basis", &[("number", &case.number)]);
        let issue = Issue { level: Level::Written, department, issuer: LADDER, basis: &basis, demand: &demand, due_at };
        write_down(app, tx, organization.id, &issue, std::slice::from_ref(case)).await?;
    }
    supervise::supervised(app, tx, case, None, &demand, due_at).await
}
