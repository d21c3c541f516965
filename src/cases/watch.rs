//! Watching 关注: somebody who may see a case hears of every step of it, until they want to no more or may not see it.

use chrono::{DateTime, Utc};

use crate::{
    accounts::model::Actor,
    audit::{self, Entry},
    cases::{
        model::{Case, EventKind},
        notices, store,
        visibility::{self, Scope},
    },
    db::Conn,
    error::Result,
    http::App,
};

pub use store::watchers::Watched;

/// Cases that the page shows.
const SHOWN: i64 = 100;

/// Watches a case, or no more. Twice does no harm.
///
/// # Errors
/// `NotFound` when the person may not see the case.
pub async fn set(app: &App, actor: &Actor, number: &str, on: bool) -> Result<()> {
    let mut tx = app.db.write().await?;
    let case = visibility::case_for(&mut tx, actor, number).await?;
    let changed = match on {
        true => store::watchers::watch(&mut tx, case.id, actor.staff_id, app.now()).await?,
        false => store::watchers::unwatch(&mut tx, case.id, actor.staff_id).await?,
    };
    if changed > 0 {
        let action = if on { "case.watched" } else { "case.unwatched" };
        let entry = Entry::new(action, "case").actor(actor).entity(case.id.0);
        audit::record(app, &mut tx, case.organization_id, entry).await?;
    }
    Ok(tx.commit().await?)
}

/// Whether a person watches a case.
pub(super) async fn watches(c: &mut Conn, actor: &Actor, case: &Case) -> Result<bool> {
    Ok(store::watchers::watches(c, case.id, actor.staff_id).await?)
}

/// The cases that a person watches.
pub(super) async fn of_person(c: &mut Conn, actor: &Actor) -> Result<Vec<Watched>> {
    Ok(store::watchers::of_person(c, &Scope::of(actor), SHOWN).await?)
}

/// Tells those who watch a case of a step, but for who took it.
pub(super) async fn tell(
    app: &App,
    c: &mut Conn,
    case: &Case,
    kind: EventKind,
    at: DateTime<Utc>,
    by: Option<&Actor>,
) -> Result<()> {
    for watcher in store::watchers::of_case(c, case.id).await? {
        let scope = Scope {
            organization: case.organization_id,
            staff: watcher.id,
            department: watcher.department_id,
            role: watcher.role,
        };
        let own = by.is_some_and(|actor| actor.staff_id == watcher.id);
        if !own && store::visible::by_id(c, &scope, case.id).await?.is_some() {
            notices::tell_person(app, c, case, watcher.id, kind.code(), at).await?;
        }
    }
    Ok(())
}
