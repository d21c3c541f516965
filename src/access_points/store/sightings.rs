//! SQL of looks at the paper of access points: only added.

use chrono::{DateTime, Utc};

use crate::{
    access_points::sightings::{Condition, Sighting},
    db::Conn,
    db_all, db_execute,
    kernel::ids::{AccessPointId, OrganizationId, SightingId, StaffId},
};

/// A look to be added.
pub struct NewSighting<'a> {
    pub id: SightingId,
    pub organization_id: OrganizationId,
    pub access_point_id: AccessPointId,
    pub staff_id: StaffId,
    pub at: DateTime<Utc>,
    pub state: Condition,
    pub note: &'a str,
}

/// Adds a look.
pub async fn insert(c: &mut Conn, new: &NewSighting<'_>) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO access_point_sightings (id, organization_id, access_point_id, staff_id, at, state, note)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        new.id,
        new.organization_id,
        new.access_point_id,
        new.staff_id,
        new.at,
        new.state,
        new.note
    )
}

/// The last look at every access point of an organisation.
pub async fn latest(c: &mut Conn, org: OrganizationId) -> sqlx::Result<Vec<Sighting>> {
    db_all!(
        c,
        Sighting,
        "SELECT g.access_point_id, g.at, g.state, g.note, s.display_name AS seen_by
         FROM access_point_sightings g JOIN staff s ON s.id = g.staff_id
         WHERE g.organization_id = $1
               AND NOT EXISTS (SELECT 1 FROM access_point_sightings l
                               WHERE l.access_point_id = g.access_point_id AND (l.at > g.at OR (l.at = g.at AND l.id > g.id)))",
        org
    )
}

/// The newest looks at one access point, newest first.
pub async fn of_point(c: &mut Conn, org: OrganizationId, id: AccessPointId, most: i64) -> sqlx::Result<Vec<Sighting>> {
    db_all!(
        c,
        Sighting,
        "SELECT g.access_point_id, g.at, g.state, g.note, s.display_name AS seen_by
         FROM access_point_sightings g JOIN staff s ON s.id = g.staff_id
         WHERE g.organization_id = $1 AND g.access_point_id = $2 ORDER BY g.at DESC, g.id DESC LIMIT $3",
        org,
        id,
        most
    )
}
