//! SQL of access points.

use chrono::{DateTime, Utc};

use crate::{
    access_points::model::AccessPoint,
    db::Conn,
    db_all, db_execute, db_optional,
    kernel::ids::{AccessPointId, OrganizationId},
};

pub mod sightings;

/// The access point of a code, in any organisation.
pub async fn by_code(c: &mut Conn, code: &str) -> sqlx::Result<Option<AccessPoint>> {
    db_optional!(
        c,
        AccessPoint,
        "SELECT id, organization_id, code, channel, title, place, keeper, audience, form_id, topic_id, valid_from, valid_to,
                revoked_at, replaced_by, opens, submissions, last_opened_at, created_at
         FROM access_points WHERE code = $1",
        code
    )
}

/// The access point of an id.
pub async fn by_id(c: &mut Conn, org: OrganizationId, id: AccessPointId) -> sqlx::Result<Option<AccessPoint>> {
    db_optional!(
        c,
        AccessPoint,
        "SELECT id, organization_id, code, channel, title, place, keeper, audience, form_id, topic_id, valid_from, valid_to,
                revoked_at, replaced_by, opens, submissions, last_opened_at, created_at
         FROM access_points WHERE id = $1 AND organization_id = $2",
        id,
        org
    )
}

/// The access points of an organisation, oldest first, revoked ones too.
pub async fn all(c: &mut Conn, org: OrganizationId) -> sqlx::Result<Vec<AccessPoint>> {
    db_all!(
        c,
        AccessPoint,
        "SELECT id, organization_id, code, channel, title, place, keeper, audience, form_id, topic_id, valid_from, valid_to,
                revoked_at, replaced_by, opens, submissions, last_opened_at, created_at
         FROM access_points WHERE organization_id = $1 ORDER BY created_at, id",
        org
    )
}

/// Adds an access point.
pub async fn insert(c: &mut Conn, p: &AccessPoint) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO access_points (id, organization_id, code, channel, title, place, keeper, audience, form_id, topic_id,
                valid_from, valid_to, revoked_at, replaced_by, opens, submissions, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
        p.id,
        p.organization_id,
        &p.code,
        p.channel,
        &p.title,
        &p.place,
        &p.keeper,
        p.audience,
        p.form_id,
        p.topic_id,
        p.valid_from,
        p.valid_to,
        p.revoked_at,
        p.replaced_by,
        p.opens,
        p.submissions,
        p.created_at
    )
}

/// Changes what people decide about an access point that is not revoked; 0 when it is.
pub async fn update(c: &mut Conn, p: &AccessPoint) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "UPDATE access_points SET channel = $3, title = $4, place = $5, keeper = $6, audience = $7, form_id = $8,
                topic_id = $9, valid_from = $10, valid_to = $11
         WHERE id = $1 AND organization_id = $2 AND revoked_at IS NULL",
        p.id,
        p.organization_id,
        p.channel,
        &p.title,
        &p.place,
        &p.keeper,
        p.audience,
        p.form_id,
        p.topic_id,
        p.valid_from,
        p.valid_to
    )
}

/// Revokes an access point; 0 when somebody was faster.
pub async fn revoke(
    c: &mut Conn,
    org: OrganizationId,
    id: AccessPointId,
    replaced_by: Option<AccessPointId>,
    now: DateTime<Utc>,
) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "UPDATE access_points SET revoked_at = $3, replaced_by = $4
         WHERE id = $1 AND organization_id = $2 AND revoked_at IS NULL",
        id,
        org,
        now,
        replaced_by
    )
}

/// Counts opens of a day.
pub async fn add_opens(c: &mut Conn, id: AccessPointId, opens: i64, day: DateTime<Utc>) -> sqlx::Result<u64> {
    db_execute!(c, "UPDATE access_points SET opens = opens + $2, last_opened_at = $3 WHERE id = $1", id, opens, day)
}

/// Counts a submission.
pub async fn add_submission(c: &mut Conn, id: AccessPointId) -> sqlx::Result<u64> {
    db_execute!(c, "UPDATE access_points SET submissions = submissions + 1 WHERE id = $1", id)
}
