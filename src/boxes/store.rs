//! SQL of box openings.

use chrono::{DateTime, Utc};

use crate::{
    attachments::model::StoredFile,
    boxes::model::Opening,
    db::Conn,
    db_all, db_execute, db_optional,
    kernel::ids::{AccessPointId, CaseId, OpeningId, OrganizationId, StaffId},
};

/// An opening to be added.
pub struct NewRow<'a> {
    pub id: OpeningId,
    pub organization_id: OrganizationId,
    pub access_point_id: AccessPointId,
    pub opened_at: DateTime<Utc>,
    pub opener: &'a str,
    pub witness: &'a str,
    pub letters: i64,
    pub written_by: StaffId,
}

/// Adds an opening.
pub async fn insert(c: &mut Conn, row: &NewRow<'_>) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO box_openings (id, organization_id, access_point_id, opened_at, opener, witness, letters, explanation, written_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, '', $8)",
        row.id,
        row.organization_id,
        row.access_point_id,
        row.opened_at,
        row.opener,
        row.witness,
        row.letters,
        row.written_by
    )
}

/// Keeps the photo of a seal.
pub async fn insert_seal(c: &mut Conn, opening: OpeningId, seal: &StoredFile) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO box_seals (opening_id, sha256, kind, size) VALUES ($1, $2, $3, $4)",
        opening,
        &seal.sha256[..],
        &seal.kind,
        seal.size
    )
}

/// The photo of the seal of an opening: what it is called in the folder, and what it is.
pub async fn seal(c: &mut Conn, org: OrganizationId, opening: OpeningId) -> sqlx::Result<Option<(Vec<u8>, String)>> {
    db_optional!(
        c,
        (Vec<u8>, String),
        "SELECT s.sha256, s.kind FROM box_seals s JOIN box_openings o ON o.id = s.opening_id
         WHERE o.organization_id = $1 AND o.id = $2",
        org,
        opening
    )
}

/// The intervals of boxes that have one of their own.
pub async fn intervals(c: &mut Conn, org: OrganizationId) -> sqlx::Result<Vec<(AccessPointId, i64)>> {
    db_all!(
        c,
        (AccessPointId, i64),
        "SELECT i.access_point_id, i.days FROM box_intervals i JOIN access_points p ON p.id = i.access_point_id
         WHERE p.organization_id = $1 ORDER BY i.access_point_id",
        org
    )
}

/// Gives a box an interval.
pub async fn set_interval(c: &mut Conn, id: AccessPointId, days: i64) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO box_intervals (access_point_id, days) VALUES ($1, $2)
         ON CONFLICT (access_point_id) DO UPDATE SET days = excluded.days",
        id,
        days
    )
}

/// The newest openings of an organisation.
pub async fn newest(c: &mut Conn, org: OrganizationId, most: i64) -> sqlx::Result<Vec<Opening>> {
    db_all!(
        c,
        Opening,
        "SELECT o.id, o.access_point_id, o.opened_at, o.opener, o.witness, o.letters, o.explanation,
                (SELECT COUNT(*) FROM box_letters l WHERE l.opening_id = o.id) AS typed
         FROM box_openings o WHERE o.organization_id = $1 ORDER BY o.opened_at DESC, o.id DESC LIMIT $2",
        org,
        most
    )
}

/// When each box was last opened.
pub async fn last_opened(c: &mut Conn, org: OrganizationId) -> sqlx::Result<Vec<(AccessPointId, DateTime<Utc>)>> {
    db_all!(
        c,
        (AccessPointId, DateTime<Utc>),
        "SELECT access_point_id, MAX(opened_at) FROM box_openings WHERE organization_id = $1 GROUP BY access_point_id",
        org
    )
}

/// One opening.
pub async fn by_id(c: &mut Conn, org: OrganizationId, id: OpeningId) -> sqlx::Result<Option<Opening>> {
    db_optional!(
        c,
        Opening,
        "SELECT o.id, o.access_point_id, o.opened_at, o.opener, o.witness, o.letters, o.explanation,
                (SELECT COUNT(*) FROM box_letters l WHERE l.opening_id = o.id) AS typed
         FROM box_openings o WHERE o.organization_id = $1 AND o.id = $2",
        org,
        id
    )
}

/// Says why letters are missing.
pub async fn explain(c: &mut Conn, org: OrganizationId, id: OpeningId, words: &str) -> sqlx::Result<u64> {
    db_execute!(c, "UPDATE box_openings SET explanation = $3 WHERE organization_id = $1 AND id = $2", org, id, words)
}

/// Ties a case to the opening in which its letter lay; 0 when all its letters were typed in already.
pub async fn add_letter(c: &mut Conn, id: OpeningId, case: CaseId) -> sqlx::Result<u64> {
    // Locks the opening for the rest of the transaction: two people may be typing in its last letter.
    db_execute!(c, "UPDATE box_openings SET letters = letters WHERE id = $1", id)?;
    db_execute!(
        c,
        "INSERT INTO box_letters (case_id, opening_id)
         SELECT $2, o.id FROM box_openings o
         WHERE o.id = $1 AND (SELECT COUNT(*) FROM box_letters l WHERE l.opening_id = o.id) < o.letters",
        id,
        case
    )
}
