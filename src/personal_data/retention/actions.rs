//! The rules, the trial run and the run.

use std::{collections::BTreeMap, sync::Arc};

use chrono::{DateTime, Months, Utc};

use crate::{
    accounts::model::Actor,
    audit::{self, Entry},
    cases::{erase, model::Lane},
    db::Conn,
    error::{Error, Result},
    http::App,
    kernel::{
        ids::{CaseId, OrganizationId},
        roles::{Channel, Role},
    },
    organizations,
    personal_data::{
        retention::{
            LEAST_DANGER,
            plan::{Planned, Rules, Stays, plan},
        },
        store::{self, retention::Run},
        wipe::{self, Leftovers},
    },
    ui::time,
};

/// The key under which the months of danger are kept.
const DANGER: &str = "safeguarding";

/// The rules of an organisation, and whether they are switched on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The months.
    pub rules: Rules,
    /// Whether anything goes.
    pub active: bool,
    /// Counts changes; 0 before the first.
    pub version: i64,
}

/// The rules of an organisation.
///
/// # Errors
/// The database's.
pub async fn settings(c: &mut Conn, org: OrganizationId) -> Result<Settings> {
    let kept: BTreeMap<String, i64> = store::retention::rules(c, org).await?.into_iter().collect();
    let mut rules = Rules::default();
    let read = |key: &str| kept.get(key).and_then(|m| u32::try_from(*m).ok());
    for channel in Channel::ALL {
        if let Some(months) = read(channel.code()) {
            rules.channels.insert(channel.code(), months);
        }
    }
    rules.danger = read(DANGER).unwrap_or(rules.danger).max(LEAST_DANGER);
    let (active, version) = store::retention::settings(c, org).await?.unwrap_or((false, 0));
    Ok(Settings { rules, active, version })
}

/// The administrator changes them.
///
/// # Errors
/// `Conflict` when somebody was faster.
pub async fn change(app: &App, actor: &Actor, new: &Settings) -> Result<()> {
    let (org, now) = (actor.organization_id, app.now());
    let mut tx = app.db.write().await?;
    if store::retention::save(&mut tx, org, new.active, new.version, actor.staff_id, now).await? == 0 {
        return Err(Error::Conflict);
    }
    let danger = [(DANGER, new.rules.danger)];
    for (key, months) in new.rules.channels.iter().map(|(k, m)| (*k, *m)).chain(danger) {
        store::retention::save_rule(&mut tx, org, key, i64::from(months)).await?;
    }
    let entry = Entry::new("retention.changed", "organization").actor(actor).entity(org.0);
    audit::record(app, &mut tx, org, entry.detail(if new.active { "on" } else { "off" })).await?;
    Ok(tx.commit().await?)
}

/// The plan of an organisation as of now.
async fn plan_of(c: &mut Conn, org: OrganizationId, rules: &Rules, now: DateTime<Utc>) -> Result<Vec<Planned>> {
    let Some(before) = now.checked_sub_months(Months::new(rules.fewest())) else { return Ok(Vec::new()) };
    let cases = store::retention::candidates(c, org, before).await?;
    Ok(plan(rules, cases, now))
}

/// The trial run, as this person may see it: the safeguarding lead the cases of their lane, the administrator the others;
/// nobody a case from which they are recused.
///
/// # Errors
/// The database's.
pub async fn trial(app: &App, actor: &Actor) -> Result<Vec<Planned>> {
    let mut c = app.db.read().await?;
    let rules = settings(&mut c, actor.organization_id).await?.rules;
    let hidden = store::retention::recused(&mut c, actor.organization_id, actor.staff_id, actor.department_id).await?;
    let mut planned = plan_of(&mut c, actor.organization_id, &rules, app.now()).await?;
    let lane = actor.role == Role::SafeguardingLead;
    planned.retain(|p| (p.case.lane == Lane::Safeguarding) == lane && !hidden.contains(&p.case.id));
    Ok(planned)
}

/// The last runs.
///
/// # Errors
/// The database's.
pub async fn last_runs(c: &mut Conn, org: OrganizationId) -> Result<Vec<Run>> {
    Ok(store::retention::runs(c, org).await?)
}

/// The job: every organisation that has switched it on. Done twice, the second finds nothing.
///
/// # Errors
/// The database's and the disk's.
pub async fn run(app: &Arc<App>) -> Result<()> {
    let all = organizations::actions::organizations(&mut app.db.read().await?).await?;
    let mut left = Leftovers::default();
    let mut outcome = Ok(());
    for organization in all {
        outcome = outcome.and(run_one(app, organization.id, &mut left).await);
    }
    wipe::after(app, left).await?;
    outcome
}

async fn run_one(app: &App, org: OrganizationId, left: &mut Leftovers) -> Result<()> {
    let now = app.now();
    let mut c = app.db.read().await?;
    let settings = settings(&mut c, org).await?;
    if !settings.active {
        return Ok(());
    }
    let planned = plan_of(&mut c, org, &settings.rules, now).await?;
    drop(c);
    let mut erased = 0;
    for one in planned.iter().filter(|p| p.stays.is_none()) {
        if let Some(more) = purge(app, org, one.case.id, &settings.rules, now).await? {
            left.join(more);
            erased += 1;
        }
    }
    let over = |p: &&Planned| matches!(p.stays, Some(Stays::Held | Stays::Report | Stays::Lead | Stays::Parts));
    let kept = i64::try_from(planned.iter().filter(over).count()).unwrap_or(i64::MAX);
    let mut tx = app.db.write().await?;
    store::retention::note_run(&mut tx, org, &time::date(now).to_string(), now, erased, kept).await?;
    let entry = Entry::new("retention.ran", "organization").entity(org.0).detail(format!("{erased} {kept}"));
    audit::record(app, &mut tx, org, entry).await?;
    Ok(tx.commit().await?)
}

/// Erases one case of the plan, when it still goes: a hold may have been set, or the case reopened, since.
async fn purge(
    app: &App,
    org: OrganizationId,
    id: CaseId,
    rules: &Rules,
    now: DateTime<Utc>,
) -> Result<Option<Leftovers>> {
    let mut tx = app.db.write().await?;
    let case = erase::lock(&mut tx, id).await?;
    if case.erased_at.is_some() {
        return Ok(None);
    }
    let again = plan(rules, store::retention::candidate(&mut tx, org, id).await?, now);
    let stays = again.iter().any(|p| p.stays.is_some()) || erase::why_it_stays(&mut tx, &case).await?.is_some();
    // Its parts went before it, or stay.
    if stays || erase::count_parts(&mut tx, id).await? > 0 {
        return Ok(None);
    }
    let left = wipe::case(app, &mut tx, case, None, now).await?;
    tx.commit().await?;
    Ok(Some(left))
}
