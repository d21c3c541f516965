//! SQL of macros 组合操作: steps that are always taken together.

use chrono::{DateTime, Utc};

use crate::{
    db::Conn,
    db_all, db_execute,
    kernel::ids::{MacroId, OrganizationId, StaffId},
};

/// A macro as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Row {
    /// The id.
    pub id: MacroId,
    /// What it is called.
    pub name: String,
    /// Its steps as JSON.
    pub steps: String,
    /// Counts changes (promise 7).
    pub version: i64,
    /// When it was changed last.
    pub changed_at: DateTime<Utc>,
    /// Set when it is no longer offered.
    pub disabled_at: Option<DateTime<Utc>>,
}

/// The macros of an organisation by name, those out of use too.
pub async fn all(c: &mut Conn, org: OrganizationId) -> sqlx::Result<Vec<Row>> {
    db_all!(
        c,
        Row,
        "SELECT id, name, steps, version, changed_at, disabled_at FROM macros WHERE organization_id = $1 ORDER BY name",
        org
    )
}

/// Adds a macro; 0 when the organisation has one of this name.
pub async fn insert(c: &mut Conn, org: OrganizationId, row: &Row, by: StaffId) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO macros (id, organization_id, name, steps, version, changed_by, changed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (organization_id, name) DO NOTHING",
        row.id,
        org,
        &row.name,
        &row.steps,
        row.version,
        by,
        row.changed_at
    )
}

/// Changes a macro that was seen as of its version; 0 when somebody was faster.
pub async fn update(c: &mut Conn, org: OrganizationId, row: &Row, by: StaffId) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "UPDATE macros SET name = $4, steps = $5, version = version + 1, changed_by = $6, changed_at = $7, disabled_at = $8
         WHERE organization_id = $1 AND id = $2 AND version = $3",
        org,
        row.id,
        row.version,
        &row.name,
        &row.steps,
        by,
        row.changed_at,
        row.disabled_at
    )
}
