//! SQL of tries and of handovers.

use chrono::{DateTime, Utc};

use crate::{
    callbacks::model::{Handover, Outcome, Try},
    db::Conn,
    db_all, db_execute, db_optional,
    kernel::ids::{CallbackTryId, CaseId, HandoverId, OrganizationId, StaffId},
};

/// A try to be added.
pub struct NewTry<'a> {
    pub id: CallbackTryId,
    pub case_id: CaseId,
    pub round: i64,
    pub outcome: Outcome,
    pub note: &'a str,
    pub next_at: Option<DateTime<Utc>>,
    pub by: StaffId,
    pub at: DateTime<Utc>,
}

/// Adds a try.
pub async fn insert_try(c: &mut Conn, new: &NewTry<'_>) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO callback_tries (id, case_id, round, outcome, note, next_at, by_staff_id, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        new.id,
        new.case_id,
        new.round,
        new.outcome,
        new.note,
        new.next_at,
        new.by,
        new.at
    )
}

/// The tries of an organisation about answers that went out since `since`, the oldest first.
pub async fn tries(c: &mut Conn, org: OrganizationId, since: DateTime<Utc>) -> sqlx::Result<Vec<Try>> {
    db_all!(
        c,
        Try,
        "SELECT t.case_id, t.round, t.outcome, t.note, t.next_at, s.display_name AS caller, t.created_at
         FROM callback_tries t JOIN cases k ON k.id = t.case_id JOIN staff s ON s.id = t.by_staff_id
         WHERE k.organization_id = $1 AND k.answered_at >= $2 ORDER BY t.created_at, t.id",
        org,
        since
    )
}

/// The tries about the present answer of a case, the oldest first.
pub async fn tries_of(c: &mut Conn, case: CaseId, round: i64) -> sqlx::Result<Vec<Try>> {
    db_all!(
        c,
        Try,
        "SELECT t.case_id, t.round, t.outcome, t.note, t.next_at, s.display_name AS caller, t.created_at
         FROM callback_tries t JOIN staff s ON s.id = t.by_staff_id
         WHERE t.case_id = $1 AND t.round = $2 ORDER BY t.created_at, t.id",
        case,
        round
    )
}

/// A handover to be added.
pub struct NewHandover<'a> {
    pub id: HandoverId,
    pub organization_id: OrganizationId,
    pub case_id: CaseId,
    pub round: i64,
    pub staff_id: StaffId,
    pub with_contact: bool,
    pub agreement: &'a str,
    pub handed_by: StaffId,
    pub at: DateTime<Utc>,
}

/// Hands a callback over; a second handover of the same answer breaks `callback_handovers_case_key`.
pub async fn insert_handover(c: &mut Conn, new: &NewHandover<'_>) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO callback_handovers (id, organization_id, case_id, round, staff_id, with_contact, agreement, handed_by, handed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        new.id,
        new.organization_id,
        new.case_id,
        new.round,
        new.staff_id,
        new.with_contact,
        new.agreement,
        new.handed_by,
        new.at
    )
}

/// What an organisation handed over since `since`.
pub async fn handovers(c: &mut Conn, org: OrganizationId, since: DateTime<Utc>) -> sqlx::Result<Vec<Handover>> {
    db_all!(
        c,
        Handover,
        "SELECT h.id, h.case_id, h.round, h.staff_id, s.display_name AS name, h.with_contact, h.agreement, h.handed_at, h.done_at
         FROM callback_handovers h JOIN staff s ON s.id = h.staff_id
         WHERE h.organization_id = $1 AND h.handed_at >= $2 ORDER BY h.handed_at, h.id",
        org,
        since
    )
}

/// What waits for a representative.
pub async fn waiting_for(c: &mut Conn, org: OrganizationId, staff: StaffId) -> sqlx::Result<Vec<Handover>> {
    db_all!(
        c,
        Handover,
        "SELECT h.id, h.case_id, h.round, h.staff_id, s.display_name AS name, h.with_contact, h.agreement, h.handed_at, h.done_at
         FROM callback_handovers h JOIN staff s ON s.id = h.staff_id
         WHERE h.organization_id = $1 AND h.staff_id = $2 AND h.done_at IS NULL ORDER BY h.handed_at, h.id",
        org,
        staff
    )
}

/// The handover of the present answer of a case.
pub async fn handover_of(c: &mut Conn, case: CaseId, round: i64) -> sqlx::Result<Option<Handover>> {
    db_optional!(
        c,
        Handover,
        "SELECT h.id, h.case_id, h.round, h.staff_id, s.display_name AS name, h.with_contact, h.agreement, h.handed_at, h.done_at
         FROM callback_handovers h JOIN staff s ON s.id = h.staff_id WHERE h.case_id = $1 AND h.round = $2",
        case,
        round
    )
}

/// The representative did it; 0 when it was done before.
pub async fn finish(c: &mut Conn, id: HandoverId, at: DateTime<Utc>) -> sqlx::Result<u64> {
    db_execute!(c, "UPDATE callback_handovers SET done_at = $2 WHERE id = $1 AND done_at IS NULL", id, at)
}
