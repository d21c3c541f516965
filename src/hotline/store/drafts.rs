//! SQL of drafts. Nobody but who writes one reads it.

use chrono::{DateTime, Utc};

use crate::{
    db::Conn,
    db_all, db_execute,
    hotline::model::CallKind,
    kernel::ids::{DraftId, OrganizationId, StaffId},
};

/// A draft as it is kept.
pub struct Row<'a> {
    pub id: DraftId,
    pub organization_id: OrganizationId,
    pub operator_id: StaffId,
    pub kind: CallKind,
    pub content_sealed: &'a [u8],
    pub kept_at: DateTime<Utc>,
}

/// Keeps a draft; 0 when its id is somebody else's.
pub async fn keep(c: &mut Conn, row: &Row<'_>) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO unsaved_calls (id, organization_id, operator_id, kind, content_sealed, kept_at)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (id) DO UPDATE SET content_sealed = excluded.content_sealed, kept_at = excluded.kept_at
         WHERE unsaved_calls.operator_id = excluded.operator_id",
        row.id,
        row.organization_id,
        row.operator_id,
        row.kind,
        row.content_sealed,
        row.kept_at
    )
}

/// A draft as it is read back.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Kept {
    /// The id.
    pub id: DraftId,
    /// What was typed.
    pub content_sealed: Vec<u8>,
}

/// The drafts of a person, the newest call first.
pub async fn of(c: &mut Conn, operator: StaffId, kind: CallKind, since: DateTime<Utc>) -> sqlx::Result<Vec<Kept>> {
    db_all!(
        c,
        Kept,
        "SELECT id, content_sealed FROM unsaved_calls WHERE operator_id = $1 AND kind = $2 AND kept_at >= $3 ORDER BY id DESC",
        operator,
        kind,
        since
    )
}

/// How many drafts a person has.
pub async fn count(c: &mut Conn, operator: StaffId) -> sqlx::Result<i64> {
    let row = crate::db_one!(c, (i64,), "SELECT COUNT(*) FROM unsaved_calls WHERE operator_id = $1", operator)?;
    Ok(row.0)
}

/// Forgets a draft.
pub async fn delete(c: &mut Conn, operator: StaffId, id: DraftId) -> sqlx::Result<u64> {
    db_execute!(c, "DELETE FROM unsaved_calls WHERE operator_id = $1 AND id = $2", operator, id)
}

/// Forgets drafts that were last kept before a time.
pub async fn delete_before(c: &mut Conn, before: DateTime<Utc>) -> sqlx::Result<u64> {
    db_execute!(c, "DELETE FROM unsaved_calls WHERE kept_at < $1", before)
}
