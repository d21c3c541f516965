//! SQL of classes that patrols look at.

use chrono::{DateTime, Utc};

use crate::{
    db::Conn,
    db_all, db_execute,
    kernel::ids::{OrganizationId, PatrolClassId, StaffId},
    visits::model::PatrolClass,
};

/// Adds a class; 0 when there is one of this name.
pub async fn insert(c: &mut Conn, org: OrganizationId, class: &PatrolClass) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO patrol_classes (id, organization_id, name, teacher_id, position, disabled_at)
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (organization_id, name) DO NOTHING",
        class.id,
        org,
        &class.name,
        class.teacher_id,
        class.position,
        class.disabled_at
    )
}

/// The classes of an organisation, in their order.
pub async fn all(c: &mut Conn, org: OrganizationId) -> sqlx::Result<Vec<PatrolClass>> {
    db_all!(
        c,
        PatrolClass,
        "SELECT id, name, teacher_id, position, disabled_at FROM patrol_classes WHERE organization_id = $1
         ORDER BY position, name",
        org
    )
}

/// Changes who teaches a class, and whether it is looked at.
pub async fn update(
    c: &mut Conn,
    org: OrganizationId,
    id: PatrolClassId,
    teacher: Option<StaffId>,
    disabled_at: Option<DateTime<Utc>>,
) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "UPDATE patrol_classes SET teacher_id = $3, disabled_at = $4 WHERE organization_id = $1 AND id = $2",
        org,
        id,
        teacher,
        disabled_at
    )
}
