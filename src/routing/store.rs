//! SQL of the matrix.

use chrono::{DateTime, Utc};

use crate::{
    cases::model::Person,
    db::Conn,
    db_all, db_execute,
    kernel::ids::{DepartmentId, OrganizationId, RoutingRowId, RoutingVersionId, StaffId, TopicId},
    routing::model::{Match, Row, Version},
};

/// The versions of an organisation, newest first.
pub async fn versions(c: &mut Conn, org: OrganizationId) -> sqlx::Result<Vec<Version>> {
    db_all!(
        c,
        Version,
        "SELECT v.id, v.number, v.edits, v.starts_at, s.display_name AS publisher, v.published_at
         FROM routing_versions v LEFT JOIN staff s ON s.id = v.published_by
         WHERE v.organization_id = $1 ORDER BY v.number DESC",
        org
    )
}

#[derive(sqlx::FromRow)]
struct RowOf {
    id: RoutingRowId,
    topic_id: Option<TopicId>,
    place: String,
    person: Option<Person>,
    department_id: DepartmentId,
}

/// The rows of a version, in the order of what they name.
pub async fn rows(c: &mut Conn, version: RoutingVersionId) -> sqlx::Result<Vec<Row>> {
    let rows = db_all!(
        c,
        RowOf,
        "SELECT id, topic_id, place, person, department_id FROM routing_rows WHERE version_id = $1 ORDER BY match_key",
        version
    )?;
    let of = |r: RowOf| Row {
        id: r.id,
        names: Match { topic: r.topic_id, place: r.place, person: r.person },
        department: r.department_id,
    };
    Ok(rows.into_iter().map(of).collect())
}

/// Adds a draft with the next number; 0 when the organisation has one already.
pub async fn insert(
    c: &mut Conn,
    id: RoutingVersionId,
    org: OrganizationId,
    by: Option<StaffId>,
    at: DateTime<Utc>,
) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO routing_versions (id, organization_id, number, edits, created_by, created_at)
         SELECT $1, $2, (SELECT COALESCE(MAX(number), 0) + 1 FROM routing_versions WHERE organization_id = $2), 1, $3, $4
         WHERE NOT EXISTS (SELECT 1 FROM routing_versions WHERE organization_id = $2 AND published_at IS NULL)",
        id,
        org,
        by,
        at
    )
}

/// Locks a draft for a change and counts the change; 0 when it is no draft (any more): what is published is frozen.
pub async fn touch(c: &mut Conn, org: OrganizationId, id: RoutingVersionId) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "UPDATE routing_versions SET edits = edits + 1 WHERE organization_id = $1 AND id = $2 AND published_at IS NULL",
        org,
        id
    )
}

/// Adds a row; 0 when the version has one that names the same. The caller has touched the draft.
pub async fn insert_row(c: &mut Conn, version: RoutingVersionId, row: &Row) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO routing_rows (id, version_id, topic_id, place, person, department_id, match_key)
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (version_id, match_key) DO NOTHING",
        row.id,
        version,
        row.names.topic,
        &row.names.place,
        row.names.person,
        row.department,
        row.names.key()
    )
}

/// Takes a row out. The caller has touched the draft.
pub async fn delete_row(c: &mut Conn, version: RoutingVersionId, row: RoutingRowId) -> sqlx::Result<u64> {
    db_execute!(c, "DELETE FROM routing_rows WHERE version_id = $1 AND id = $2", version, row)
}

/// Publishes a draft that was seen as of `edits`; 0 when it is none, or was changed since.
pub async fn publish(
    c: &mut Conn,
    org: OrganizationId,
    id: RoutingVersionId,
    edits: i64,
    starts_at: DateTime<Utc>,
    by: Option<StaffId>,
    at: DateTime<Utc>,
) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "UPDATE routing_versions SET starts_at = $4, published_by = $5, published_at = $6
         WHERE organization_id = $1 AND id = $2 AND edits = $3 AND published_at IS NULL",
        org,
        id,
        edits,
        starts_at,
        by,
        at
    )
}

/// Makes a version a draft again that has not started, when there is no other draft; 0 otherwise.
pub async fn take_back(
    c: &mut Conn,
    org: OrganizationId,
    id: RoutingVersionId,
    now: DateTime<Utc>,
) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "UPDATE routing_versions SET starts_at = NULL, published_by = NULL, published_at = NULL, edits = edits + 1
         WHERE organization_id = $1 AND id = $2 AND starts_at > $3
           AND NOT EXISTS (SELECT 1 FROM routing_versions d WHERE d.organization_id = $1 AND d.published_at IS NULL)",
        org,
        id,
        now
    )
}

/// Takes a draft away with its rows. The caller has touched it.
pub async fn delete(c: &mut Conn, id: RoutingVersionId) -> sqlx::Result<u64> {
    db_execute!(c, "DELETE FROM routing_rows WHERE version_id = $1", id)?;
    db_execute!(c, "DELETE FROM routing_versions WHERE id = $1 AND published_at IS NULL", id)
}
