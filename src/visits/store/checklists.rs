//! SQL of checklists and of the places that begin them.

use chrono::{DateTime, Utc};

use crate::{
    db::Conn,
    db_all, db_execute, db_optional,
    kernel::ids::{AccessPointId, ChecklistId, OrganizationId},
    visits::model::Checklist,
};

/// Adds a checklist.
pub async fn insert(c: &mut Conn, org: OrganizationId, list: &Checklist) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO checklists (id, organization_id, form_id, kind, area, title, title_en, position, disabled_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        list.id,
        org,
        list.form_id,
        list.kind,
        list.area,
        &list.title,
        &list.title_en,
        list.position,
        list.disabled_at
    )
}

/// The checklists of an organisation, in their order.
pub async fn all(c: &mut Conn, org: OrganizationId) -> sqlx::Result<Vec<Checklist>> {
    db_all!(
        c,
        Checklist,
        "SELECT id, form_id, kind, area, title, title_en, position, disabled_at FROM checklists
         WHERE organization_id = $1 ORDER BY kind DESC, position, id",
        org
    )
}

/// One checklist.
pub async fn by_id(c: &mut Conn, org: OrganizationId, id: ChecklistId) -> sqlx::Result<Option<Checklist>> {
    db_optional!(
        c,
        Checklist,
        "SELECT id, form_id, kind, area, title, title_en, position, disabled_at FROM checklists
         WHERE organization_id = $1 AND id = $2",
        org,
        id
    )
}

/// Switches a checklist on or off.
pub async fn switch(
    c: &mut Conn,
    org: OrganizationId,
    id: ChecklistId,
    disabled_at: Option<DateTime<Utc>>,
) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "UPDATE checklists SET disabled_at = $3 WHERE organization_id = $1 AND id = $2",
        org,
        id,
        disabled_at
    )
}

/// Gives a checklist its title.
pub async fn rename(c: &mut Conn, org: OrganizationId, id: ChecklistId, title: &str, en: &str) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "UPDATE checklists SET title = $3, title_en = $4 WHERE organization_id = $1 AND id = $2",
        org,
        id,
        title,
        en
    )
}

/// Gives a checklist its place in lists.
pub async fn set_position(c: &mut Conn, org: OrganizationId, id: ChecklistId, position: i64) -> sqlx::Result<u64> {
    db_execute!(c, "UPDATE checklists SET position = $3 WHERE organization_id = $1 AND id = $2", org, id, position)
}

/// Which places begin which checklist.
pub async fn places(c: &mut Conn, org: OrganizationId) -> sqlx::Result<Vec<(AccessPointId, ChecklistId)>> {
    db_all!(
        c,
        (AccessPointId, ChecklistId),
        "SELECT p.access_point_id, p.checklist_id FROM checklist_places p JOIN checklists k ON k.id = p.checklist_id
         WHERE k.organization_id = $1 ORDER BY p.access_point_id",
        org
    )
}

/// Forgets which places begin a checklist.
pub async fn clear_places(c: &mut Conn, id: ChecklistId) -> sqlx::Result<u64> {
    db_execute!(c, "DELETE FROM checklist_places WHERE checklist_id = $1", id)
}

/// A place begins this checklist from now on.
pub async fn set_place(c: &mut Conn, point: AccessPointId, id: ChecklistId) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO checklist_places (access_point_id, checklist_id) VALUES ($1, $2)
         ON CONFLICT (access_point_id) DO UPDATE SET checklist_id = excluded.checklist_id",
        point,
        id
    )
}
