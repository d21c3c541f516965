//! SQL of appointments.

use chrono::{DateTime, Utc};

use crate::{
    db::Conn,
    db_all, db_execute, db_optional,
    kernel::ids::{AppointmentId, OrganizationId, StaffId, TopicId},
    representatives::model::{Appointment, Area, Kind},
};

pub mod draws;

/// An appointment to be added.
pub struct NewRow {
    pub id: AppointmentId,
    pub organization_id: OrganizationId,
    pub staff_id: StaffId,
    pub kind: Kind,
    pub term_from: DateTime<Utc>,
    pub term_to: DateTime<Utc>,
    pub appointed_by: StaffId,
    pub appointed_at: DateTime<Utc>,
}

/// Adds an appointment.
pub async fn insert(c: &mut Conn, row: &NewRow) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO appointments (id, organization_id, staff_id, kind, term_from, term_to, appointed_by, appointed_at,
                visible, end_reason)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '')",
        row.id,
        row.organization_id,
        row.staff_id,
        row.kind,
        row.term_from,
        row.term_to,
        row.appointed_by,
        row.appointed_at,
        false
    )
}

/// Adds an area to an appointment.
pub async fn insert_area(c: &mut Conn, id: AppointmentId, area: &Area) -> sqlx::Result<()> {
    for place in &area.places {
        db_execute!(c, "INSERT INTO appointment_places (appointment_id, place) VALUES ($1, $2)", id, place)?;
    }
    for topic in &area.topics {
        db_execute!(c, "INSERT INTO appointment_topics (appointment_id, topic_id) VALUES ($1, $2)", id, *topic)?;
    }
    Ok(())
}

/// The appointments of an organisation, those that end last first.
pub async fn all(c: &mut Conn, org: OrganizationId) -> sqlx::Result<Vec<Appointment>> {
    db_all!(
        c,
        Appointment,
        "SELECT a.id, a.staff_id, s.display_name AS name, s.username, a.kind, a.term_from, a.term_to,
                b.display_name AS appointed_by, a.appointed_at, a.promise_version, a.promised_at, a.visible, a.ended_at, a.end_reason
         FROM appointments a JOIN staff s ON s.id = a.staff_id JOIN staff b ON b.id = a.appointed_by
         WHERE a.organization_id = $1 ORDER BY a.term_to DESC, s.display_name, a.id",
        org
    )
}

/// One appointment.
pub async fn by_id(c: &mut Conn, org: OrganizationId, id: AppointmentId) -> sqlx::Result<Option<Appointment>> {
    db_optional!(
        c,
        Appointment,
        "SELECT a.id, a.staff_id, s.display_name AS name, s.username, a.kind, a.term_from, a.term_to,
                b.display_name AS appointed_by, a.appointed_at, a.promise_version, a.promised_at, a.visible, a.ended_at, a.end_reason
         FROM appointments a JOIN staff s ON s.id = a.staff_id JOIN staff b ON b.id = a.appointed_by
         WHERE a.organization_id = $1 AND a.id = $2",
        org,
        id
    )
}

/// The appointments of a person.
pub async fn of_person(c: &mut Conn, org: OrganizationId, staff: StaffId) -> sqlx::Result<Vec<Appointment>> {
    db_all!(
        c,
        Appointment,
        "SELECT a.id, a.staff_id, s.display_name AS name, s.username, a.kind, a.term_from, a.term_to,
                b.display_name AS appointed_by, a.appointed_at, a.promise_version, a.promised_at, a.visible, a.ended_at, a.end_reason
         FROM appointments a JOIN staff s ON s.id = a.staff_id JOIN staff b ON b.id = a.appointed_by
         WHERE a.organization_id = $1 AND a.staff_id = $2 ORDER BY a.term_from, a.id",
        org,
        staff
    )
}

/// The area of an appointment.
pub async fn area(c: &mut Conn, id: AppointmentId) -> sqlx::Result<Area> {
    let places =
        db_all!(c, (String,), "SELECT place FROM appointment_places WHERE appointment_id = $1 ORDER BY place", id)?;
    let topics = db_all!(
        c,
        (TopicId,),
        "SELECT a.topic_id FROM appointment_topics a JOIN topics t ON t.id = a.topic_id
         WHERE a.appointment_id = $1 ORDER BY t.position, t.id",
        id
    )?;
    Ok(Area {
        places: places.into_iter().map(|row| row.0).collect(),
        topics: topics.into_iter().map(|row| row.0).collect(),
    })
}

/// Writes down that the promise was accepted.
pub async fn accept(
    c: &mut Conn,
    id: AppointmentId,
    version: i64,
    visible: bool,
    at: DateTime<Utc>,
) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "UPDATE appointments SET promise_version = $2, promised_at = $3, visible = $4 WHERE id = $1",
        id,
        version,
        at,
        visible
    )
}

/// Writes down whether the person wants to be named.
pub async fn set_visible(c: &mut Conn, id: AppointmentId, visible: bool) -> sqlx::Result<u64> {
    db_execute!(c, "UPDATE appointments SET visible = $2 WHERE id = $1", id, visible)
}

/// Ends an appointment; 0 when it has ended.
pub async fn end(
    c: &mut Conn,
    org: OrganizationId,
    id: AppointmentId,
    by: StaffId,
    at: DateTime<Utc>,
    reason: &str,
) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "UPDATE appointments SET ended_at = $3, ended_by = $4, end_reason = $5
         WHERE organization_id = $1 AND id = $2 AND ended_at IS NULL AND term_to > $3",
        org,
        id,
        at,
        by,
        reason
    )
}
