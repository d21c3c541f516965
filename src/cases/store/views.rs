//! SQL of saved views 常用视图: a name and the query of a list.

use chrono::{DateTime, Utc};

use sqlx::AssertSqlSafe;

use crate::{
    db::{Conn, dialect},
    db_all, db_execute, db_one,
    kernel::ids::{OrganizationId, SavedViewId, StaffId},
};

/// A saved view.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct SavedView {
    /// The id.
    pub id: SavedViewId,
    /// Whose it is.
    pub staff_id: StaffId,
    /// Whether the office shares it with everybody.
    pub shared: bool,
    /// What it is called.
    pub name: String,
    /// The query of the list.
    pub query: String,
    /// When it was saved.
    pub created_at: DateTime<Utc>,
}

/// The views of a person and those that are shared, in the order in which they were saved.
pub async fn of(c: &mut Conn, org: OrganizationId, staff: StaffId) -> sqlx::Result<Vec<SavedView>> {
    db_all!(
        c,
        SavedView,
        "SELECT id, staff_id, shared, name, query, created_at FROM saved_views
         WHERE organization_id = $1 AND (shared OR staff_id = $2) ORDER BY shared DESC, created_at, id",
        org,
        staff
    )
}

/// Lets one person of an organisation save a view at a time, until the transaction ends: how many there are is counted
/// before one is added. SQLite has one writer anyway.
pub async fn lock(c: &mut Conn, org: OrganizationId) -> sqlx::Result<()> {
    let sql = format!("SELECT 1 FROM organizations WHERE id = $1{}", dialect::for_no_key_update(c));
    db_one!(c, (i32,), AssertSqlSafe(sql.as_str()), org)?;
    Ok(())
}

/// Saves a view.
pub async fn insert(c: &mut Conn, org: OrganizationId, view: &SavedView) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO saved_views (id, organization_id, staff_id, shared, name, query, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        view.id,
        org,
        view.staff_id,
        view.shared,
        &view.name,
        &view.query,
        view.created_at
    )
}

/// Takes a view away; 0 when it is gone already.
pub async fn delete(c: &mut Conn, org: OrganizationId, id: SavedViewId) -> sqlx::Result<u64> {
    db_execute!(c, "DELETE FROM saved_views WHERE organization_id = $1 AND id = $2", org, id)
}
