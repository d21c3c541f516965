//! SQL of wishes to open a sealed identity.

use chrono::{DateTime, Utc};

use crate::{
    cases::model::Decision,
    db::Conn,
    db_all, db_execute, db_optional,
    kernel::ids::{CaseId, IdentityRequestId, OrganizationId, StaffId},
};

/// A wish to open a sealed identity.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct IdentityRequest {
    /// The id.
    pub id: IdentityRequestId,
    /// The case.
    pub case_id: CaseId,
    /// The number of the case.
    pub number: String,
    /// Who asks.
    pub asked_by: StaffId,
    /// The name of who asks.
    pub asked_name: String,
    /// When.
    pub asked_at: DateTime<Utc>,
    /// Why.
    pub reason: String,
    /// No decision after this.
    pub expires_at: DateTime<Utc>,
    /// What the second person says.
    pub decision: Decision,
    /// The name of the second person.
    pub decided_name: Option<String>,
    /// When they said it.
    pub decided_at: Option<DateTime<Utc>>,
    /// Their words.
    pub words: String,
    /// When it was opened.
    pub opened_at: Option<DateTime<Utc>>,
}

/// A new wish.
#[derive(Clone, Debug)]
pub struct NewIdentityRequest<'a> {
    /// The id.
    pub id: IdentityRequestId,
    /// The organisation.
    pub organization_id: OrganizationId,
    /// The case.
    pub case_id: CaseId,
    /// Who asks.
    pub asked_by: StaffId,
    /// When.
    pub at: DateTime<Utc>,
    /// Why.
    pub reason: &'a str,
    /// No decision after this.
    pub expires_at: DateTime<Utc>,
}

/// Adds a wish.
pub async fn insert(c: &mut Conn, new: &NewIdentityRequest<'_>) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO identity_requests (id, organization_id, case_id, asked_by, asked_at, reason, expires_at, decision, words)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '')",
        new.id,
        new.organization_id,
        new.case_id,
        new.asked_by,
        new.at,
        new.reason,
        new.expires_at,
        Decision::Pending
    )
}

/// The last wish of a person about a case.
pub async fn last_of(c: &mut Conn, case: CaseId, by: StaffId) -> sqlx::Result<Option<IdentityRequest>> {
    db_optional!(
        c,
        IdentityRequest,
        "SELECT r.id, r.case_id, k.number, r.asked_by, a.display_name AS asked_name, r.asked_at, r.reason, r.expires_at,
                r.decision, d.display_name AS decided_name, r.decided_at, r.words, r.opened_at
         FROM identity_requests r JOIN cases k ON k.id = r.case_id JOIN staff a ON a.id = r.asked_by
              LEFT JOIN staff d ON d.id = r.decided_by
         WHERE r.case_id = $1 AND r.asked_by = $2 ORDER BY r.asked_at DESC, r.id DESC LIMIT 1",
        case,
        by
    )
}

/// The wish of an id.
pub async fn by_id(c: &mut Conn, org: OrganizationId, id: IdentityRequestId) -> sqlx::Result<Option<IdentityRequest>> {
    db_optional!(
        c,
        IdentityRequest,
        "SELECT r.id, r.case_id, k.number, r.asked_by, a.display_name AS asked_name, r.asked_at, r.reason, r.expires_at,
                r.decision, d.display_name AS decided_name, r.decided_at, r.words, r.opened_at
         FROM identity_requests r JOIN cases k ON k.id = r.case_id JOIN staff a ON a.id = r.asked_by
              LEFT JOIN staff d ON d.id = r.decided_by
         WHERE r.organization_id = $1 AND r.id = $2",
        org,
        id
    )
}

/// The wishes of an organisation that wait for a second person, oldest first.
pub async fn waiting(c: &mut Conn, org: OrganizationId, now: DateTime<Utc>) -> sqlx::Result<Vec<IdentityRequest>> {
    db_all!(
        c,
        IdentityRequest,
        "SELECT r.id, r.case_id, k.number, r.asked_by, a.display_name AS asked_name, r.asked_at, r.reason, r.expires_at,
                r.decision, NULL AS decided_name, r.decided_at, r.words, r.opened_at
         FROM identity_requests r JOIN cases k ON k.id = r.case_id JOIN staff a ON a.id = r.asked_by
         WHERE r.organization_id = $1 AND r.decision = $2 AND r.expires_at > $3 ORDER BY r.asked_at, r.id",
        org,
        Decision::Pending,
        now
    )
}

/// A second person decides; 0 when it was decided, is over, or is their own.
pub async fn decide(
    c: &mut Conn,
    id: IdentityRequestId,
    decision: Decision,
    by: StaffId,
    at: DateTime<Utc>,
    words: &str,
) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "UPDATE identity_requests SET decision = $2, decided_by = $3, decided_at = $4, words = $5
         WHERE id = $1 AND decision = $6 AND expires_at > $4 AND asked_by <> $3",
        id,
        decision,
        by,
        at,
        words,
        Decision::Pending
    )
}

/// Uses a granted wish up; 0 when it was used, or granted at or before `since`.
pub async fn use_up(c: &mut Conn, id: IdentityRequestId, at: DateTime<Utc>, since: DateTime<Utc>) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "UPDATE identity_requests SET opened_at = $2
         WHERE id = $1 AND decision = $4 AND opened_at IS NULL AND decided_at > $3",
        id,
        at,
        since,
        Decision::Granted
    )
}
