//! The daily summary: a notice without content to the office and to the class teachers whose classes were looked at.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    error::Result,
    http::App,
    kernel::{
        ids::{OrganizationId, OutboxId, StaffId},
        roles::Role,
    },
    organizations,
    patrols::store,
    ui::time,
    visits::{self, model::VisitKind},
};

/// The kind of the notice.
pub const NOTICE: &str = "patrol_summary";

/// Tells everybody about the day before. Done twice for a day, it tells once.
///
/// # Errors
/// The database's.
pub async fn tell(app: &Arc<App>) -> Result<()> {
    let to = time::start_of(time::date(app.now()));
    let from = to - TimeDelta::days(1);
    let organizations = organizations::actions::organizations(&mut app.db.read().await?).await?;
    for organization in organizations {
        tell_organization(app, organization.id, from, to).await?;
    }
    Ok(())
}

async fn tell_organization(app: &App, org: OrganizationId, from: DateTime<Utc>, to: DateTime<Utc>) -> Result<()> {
    let mut c = app.db.read().await?;
    let span = visits::actions::between(&mut c, org, VisitKind::Patrol, from, to).await?;
    if span.visits.is_empty() {
        return Ok(());
    }
    let looked_at = |id| span.visits.iter().any(|v| v.class_id == Some(id));
    let classes = visits::classes::all(&mut c, org).await?;
    let teachers = classes.iter().filter(|k| looked_at(k.id)).filter_map(|k| k.teacher_id);
    let staff = organizations::actions::staff(&mut c, org).await?;
    let office = staff.iter().filter(|s| s.role == Role::Office).map(|s| s.id);
    let mut wanted: Vec<StaffId> = office.chain(teachers).collect();
    wanted.sort_unstable();
    wanted.dedup();
    drop(c);
    let mut tx = app.db.write().await?;
    for person in wanted {
        store::tell(&mut tx, OutboxId::new(app.now(), &*app.random), org, person, NOTICE, to).await?;
    }
    Ok(tx.commit().await?)
}
