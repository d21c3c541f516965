//! The audit log (promise 18): who did or saw what, append-only, each entry chained to the one before by an HMAC, in the
//! same transaction as the change. Ids and code words only, never content.
//!
//! Each organisation has a chain of its own, so that one can be handed over or erased without the others. What is dated to
//! an hour, because an anonymous person did it, joins the chain when the hour is over ([`waiting`]).

mod export;
pub mod list;
mod pages;
pub mod store;
pub mod verify;
pub mod waiting;
mod words;

pub use store::list::Listed;

use chrono::{DateTime, Utc};

use crate::{
    accounts::model::Actor,
    db::Conn,
    error::Result,
    http::{Access, App, Route},
    kernel::{
        ids::{OrganizationId, StaffId},
        roles::Role,
    },
};

/// Routes of the audit page.
pub fn routes() -> Vec<Route> {
    vec![Route::get("/admin/audit", Access::Roles(&[Role::Auditor]), pages::audit_page)]
}

/// What is written down.
#[derive(Clone, Debug)]
pub struct Entry {
    actor: Option<StaffId>,
    action: &'static str,
    entity: &'static str,
    entity_id: Option<uuid::Uuid>,
    detail: String,
    at: Option<DateTime<Utc>>,
}

impl Entry {
    /// An entry: what was done (`case.assigned`), to what kind of thing (`case`).
    pub fn new(action: &'static str, entity: &'static str) -> Self {
        Self { actor: None, action, entity, entity_id: None, detail: String::new(), at: None }
    }

    /// By this signed-in person.
    #[must_use]
    pub const fn actor(self, actor: &Actor) -> Self {
        self.by(actor.staff_id)
    }

    /// By this person.
    #[must_use]
    pub const fn by(mut self, staff: StaffId) -> Self {
        self.actor = Some(staff);
        self
    }

    /// To this thing.
    #[must_use]
    pub const fn entity(mut self, id: uuid::Uuid) -> Self {
        self.entity_id = Some(id);
        self
    }

    /// Code words or ids that say more; never content.
    #[must_use]
    pub fn detail(mut self, detail: impl std::fmt::Display) -> Self {
        self.detail = detail.to_string();
        self
    }

    /// At this time instead of now: the hour, for what anonymous people do (promise 8).
    #[must_use]
    pub const fn at(mut self, at: DateTime<Utc>) -> Self {
        self.at = Some(at);
        self
    }
}

/// A stretch of the organisation's log as this person may read it: entries before a number, newest first.
///
/// # Errors
/// The database's.
pub async fn page_before(
    c: &mut Conn,
    actor: &Actor,
    filter: &list::Filter,
    before: i64,
    limit: i64,
) -> Result<Vec<Listed>> {
    Ok(store::list::page_before(c, actor.organization_id, actor.staff_id, filter, before, limit).await?)
}

/// When and how a person signed in and out and changed their password, newest first.
///
/// # Errors
/// The database's.
pub async fn own_account(c: &mut Conn, actor: &Actor, limit: i64) -> Result<Vec<Listed>> {
    Ok(store::list::account_of(c, actor.organization_id, actor.staff_id, limit).await?)
}

/// Entries about one thing, newest first: who saw it, who did what. The caller has the right to see it.
///
/// # Errors
/// The database's.
pub async fn about(c: &mut Conn, org: OrganizationId, entity: uuid::Uuid, limit: i64) -> Result<Vec<Listed>> {
    Ok(store::list::of_entity(c, org, entity, limit).await?)
}

/// Adds an entry to the organisation's chain, in the caller's transaction; one that is dated to an hour waits until the
/// hour is over.
///
/// # Errors
/// The database's.
pub async fn record(app: &App, c: &mut Conn, org: OrganizationId, entry: Entry) -> Result<()> {
    let now = app.now();
    let row = store::Row {
        organization_id: org,
        seq: 0,
        at: entry.at.unwrap_or(now),
        actor_id: entry.actor,
        action: entry.action.to_string(),
        entity: entry.entity.to_string(),
        entity_id: entry.entity_id,
        detail: entry.detail,
        hash: Vec::new(),
    };
    if waiting::must_wait(row.at, now) { waiting::put(app, c, row).await } else { append(app, c, row).await }
}

/// Puts an entry at the end of its chain.
async fn append(app: &App, c: &mut Conn, mut row: store::Row) -> Result<()> {
    let head = store::lock_head(c, row.organization_id).await?;
    row.seq = head.seq + 1;
    let hash = verify::link(&app.keys, &head.hash, &row);
    Ok(store::append(c, &row, &hash).await?)
}

/// The time of the newest entry of all chains.
///
/// # Errors
/// The database's.
pub async fn newest_entry(c: &mut Conn) -> Result<Option<DateTime<Utc>>> {
    Ok(store::newest(c).await?)
}
