//! SQL of topics.

use crate::{
    db::Conn,
    db_all, db_execute, db_optional,
    kernel::ids::{DepartmentId, OrganizationId, TopicId},
    organizations::model::Topic,
};

/// Topics of an organisation, in their order, those out of use too.
pub async fn topics(c: &mut Conn, org: OrganizationId) -> sqlx::Result<Vec<Topic>> {
    db_all!(
        c,
        Topic,
        "SELECT id, code, name, name_en, default_department_id, position, about_people, disabled_at FROM topics
         WHERE organization_id = $1 ORDER BY position, name",
        org
    )
}

/// Adds a topic.
pub async fn insert_topic(c: &mut Conn, org: OrganizationId, t: &Topic) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO topics (id, organization_id, code, name, name_en, default_department_id, position, about_people)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        t.id,
        org,
        &t.code,
        &t.name,
        &t.name_en,
        t.default_department_id,
        t.position,
        t.about_people
    )
}

/// Changes a topic; its code stays.
pub async fn update_topic(c: &mut Conn, org: OrganizationId, t: &Topic) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "UPDATE topics SET name = $3, name_en = $4, default_department_id = $5, position = $6, disabled_at = $7, about_people = $8
         WHERE id = $1 AND organization_id = $2",
        t.id,
        org,
        &t.name,
        &t.name_en,
        t.default_department_id,
        t.position,
        t.disabled_at,
        t.about_people
    )
}

/// The topic of a code word.
pub async fn topic_by_code(c: &mut Conn, org: OrganizationId, code: &str) -> sqlx::Result<Option<Topic>> {
    db_optional!(
        c,
        Topic,
        "SELECT id, code, name, name_en, default_department_id, position, about_people, disabled_at FROM topics
         WHERE organization_id = $1 AND code = $2",
        org,
        code
    )
}

/// The topic of an id.
pub async fn topic(c: &mut Conn, org: OrganizationId, id: TopicId) -> sqlx::Result<Option<Topic>> {
    db_optional!(
        c,
        Topic,
        "SELECT id, code, name, name_en, default_department_id, position, about_people, disabled_at FROM topics
         WHERE organization_id = $1 AND id = $2",
        org,
        id
    )
}

/// Takes a department off as the default of topics.
pub async fn clear_default_department(
    c: &mut Conn,
    org: OrganizationId,
    department: DepartmentId,
) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "UPDATE topics SET default_department_id = NULL WHERE organization_id = $1 AND default_department_id = $2",
        org,
        department
    )
}
