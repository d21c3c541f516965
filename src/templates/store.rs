//! SQL of reply templates.

use crate::{
    db::Conn,
    db_all, db_execute,
    kernel::ids::{OrganizationId, StaffId},
    templates::model::Template,
};

/// The templates of an organisation by title, those out of use too.
pub async fn all(c: &mut Conn, org: OrganizationId) -> sqlx::Result<Vec<Template>> {
    db_all!(
        c,
        Template,
        "SELECT id, department_id, topic_id, state, title, body, version, changed_at, disabled_at
         FROM reply_templates WHERE organization_id = $1 ORDER BY title, id",
        org
    )
}

/// Adds a template.
pub async fn insert(c: &mut Conn, org: OrganizationId, t: &Template, by: StaffId) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO reply_templates
           (id, organization_id, department_id, topic_id, state, title, body, version, changed_by, changed_at, disabled_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        t.id,
        org,
        t.department_id,
        t.topic_id,
        t.state,
        &t.title,
        &t.body,
        t.version,
        by,
        t.changed_at,
        t.disabled_at
    )
}

/// Changes a template that was seen as of its version; 0 when somebody was faster.
pub async fn update(c: &mut Conn, org: OrganizationId, t: &Template, by: StaffId) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "UPDATE reply_templates SET topic_id = $4, state = $5, title = $6, body = $7, version = version + 1,
           changed_by = $8, changed_at = $9, disabled_at = $10
         WHERE organization_id = $1 AND id = $2 AND version = $3",
        org,
        t.id,
        t.version,
        t.topic_id,
        t.state,
        &t.title,
        &t.body,
        by,
        t.changed_at,
        t.disabled_at
    )
}
