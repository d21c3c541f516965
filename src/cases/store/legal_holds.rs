//! SQL of legal holds.

use chrono::{DateTime, Utc};

use crate::{
    db::Conn,
    db_execute, db_optional,
    kernel::ids::{CaseId, LegalHoldId, OrganizationId, StaffId},
};

/// A legal hold.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct LegalHold {
    /// The id.
    pub id: LegalHoldId,
    /// Why.
    pub reason: String,
    /// The name of who set it.
    pub set_name: String,
    /// When.
    pub set_at: DateTime<Utc>,
}

/// Sets a hold; 0 when one stands already.
pub async fn insert(
    c: &mut Conn,
    id: LegalHoldId,
    org: OrganizationId,
    case: CaseId,
    reason: &str,
    by: StaffId,
    at: DateTime<Utc>,
) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO legal_holds (id, organization_id, case_id, reason, set_by, set_at, lift_reason)
         VALUES ($1, $2, $3, $4, $5, $6, '')
         ON CONFLICT (case_id) WHERE lifted_at IS NULL DO NOTHING",
        id,
        org,
        case,
        reason,
        by,
        at
    )
}

/// The hold that stands over a case.
pub async fn standing(c: &mut Conn, case: CaseId) -> sqlx::Result<Option<LegalHold>> {
    db_optional!(
        c,
        LegalHold,
        "SELECT h.id, h.reason, s.display_name AS set_name, h.set_at
         FROM legal_holds h JOIN staff s ON s.id = h.set_by WHERE h.case_id = $1 AND h.lifted_at IS NULL",
        case
    )
}

/// Lifts the hold over a case; 0 when none stands.
pub async fn lift(c: &mut Conn, case: CaseId, reason: &str, by: StaffId, at: DateTime<Utc>) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "UPDATE legal_holds SET lifted_by = $2, lifted_at = $3, lift_reason = $4 WHERE case_id = $1 AND lifted_at IS NULL",
        case,
        by,
        at,
        reason
    )
}
