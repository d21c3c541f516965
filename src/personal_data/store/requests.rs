//! SQL of wishes to erase.

use chrono::{DateTime, Utc};

use crate::{
    cases::model::Decision,
    db::Conn,
    db_all, db_execute, db_optional,
    kernel::{
        ids::{CaseId, ErasureRequestId, OrganizationId, StaffId, SubmissionId},
        roles::Channel,
    },
    personal_data::model::{Basis, Proof, Source},
};

/// A wish.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Request {
    /// The id.
    pub id: ErasureRequestId,
    /// The case.
    pub case_id: CaseId,
    /// Its number.
    pub number: String,
    /// How it came.
    pub channel: Channel,
    /// When it came.
    pub received_at: DateTime<Utc>,
    /// Whose data; `None` for the whole case.
    pub submission_id: Option<SubmissionId>,
    /// Who wants it.
    pub source: Source,
    /// On which ground.
    pub basis: Basis,
    /// How it was seen who asks.
    pub proof: Proof,
    /// What they say.
    pub words: String,
    /// Who took it down.
    pub asked_by: Option<StaffId>,
    /// The name of who took it down.
    pub asked_name: Option<String>,
    /// When.
    pub asked_at: DateTime<Utc>,
    /// What was decided.
    pub decision: Decision,
    /// The name of who decided.
    pub decided_name: Option<String>,
    /// When.
    pub decided_at: Option<DateTime<Utc>>,
    /// Why.
    pub answer: String,
}

/// A new wish.
#[derive(Clone, Debug)]
pub struct NewRequest<'a> {
    /// The id.
    pub id: ErasureRequestId,
    /// The organisation.
    pub organization_id: OrganizationId,
    /// The case.
    pub case_id: CaseId,
    /// Whose data; `None` for the whole case.
    pub submission_id: Option<SubmissionId>,
    /// Who wants it.
    pub source: Source,
    /// On which ground.
    pub basis: Basis,
    /// How it was seen who asks.
    pub proof: Proof,
    /// What they say.
    pub words: &'a str,
    /// Who took it down.
    pub asked_by: Option<StaffId>,
    /// When.
    pub at: DateTime<Utc>,
}

/// Adds a wish; 0 when one about the case waits already.
pub async fn insert(c: &mut Conn, new: &NewRequest<'_>) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO erasure_requests (id, organization_id, case_id, submission_id, source, basis, proof, words, asked_by,
                asked_at, decision, answer)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, '')
         ON CONFLICT (case_id) WHERE decision = 'pending' DO NOTHING",
        new.id,
        new.organization_id,
        new.case_id,
        new.submission_id,
        new.source,
        new.basis,
        new.proof,
        new.words,
        new.asked_by,
        new.at,
        Decision::Pending
    )
}

/// The wish of an id.
pub async fn by_id(c: &mut Conn, org: OrganizationId, id: ErasureRequestId) -> sqlx::Result<Option<Request>> {
    db_optional!(c, Request, "SELECT q.id, q.case_id, k.number, k.channel, k.received_at, q.submission_id, q.source, q.basis, q.proof, q.words,
                q.asked_by, a.display_name AS asked_name, q.asked_at, q.decision, d.display_name AS decided_name,
                q.decided_at, q.answer
         FROM erasure_requests q JOIN cases k ON k.id = q.case_id LEFT JOIN staff a ON a.id = q.asked_by
              LEFT JOIN staff d ON d.id = q.decided_by
         WHERE q.organization_id = $1 AND q.id = $2", org, id)
}

/// The wishes of an organisation that wait, oldest first.
pub async fn waiting(c: &mut Conn, org: OrganizationId) -> sqlx::Result<Vec<Request>> {
    db_all!(
        c,
        Request,
        "SELECT q.id, q.case_id, k.number, k.channel, k.received_at, q.submission_id, q.source, q.basis, q.proof, q.words,
                q.asked_by, a.display_name AS asked_name, q.asked_at, q.decision, d.display_name AS decided_name,
                q.decided_at, q.answer
         FROM erasure_requests q JOIN cases k ON k.id = q.case_id LEFT JOIN staff a ON a.id = q.asked_by
              LEFT JOIN staff d ON d.id = q.decided_by
         WHERE q.organization_id = $1 AND q.decision = $2 ORDER BY q.asked_at, q.id",
        org,
        Decision::Pending
    )
}

/// The last wish about a case.
pub async fn last_of(c: &mut Conn, case: CaseId) -> sqlx::Result<Option<Request>> {
    db_optional!(c, Request, "SELECT q.id, q.case_id, k.number, k.channel, k.received_at, q.submission_id, q.source, q.basis, q.proof, q.words,
                q.asked_by, a.display_name AS asked_name, q.asked_at, q.decision, d.display_name AS decided_name,
                q.decided_at, q.answer
         FROM erasure_requests q JOIN cases k ON k.id = q.case_id LEFT JOIN staff a ON a.id = q.asked_by
              LEFT JOIN staff d ON d.id = q.decided_by
         WHERE q.case_id = $1 ORDER BY q.asked_at DESC, q.id DESC LIMIT 1", case)
}

/// A second person decides; 0 when it was decided, or is their own.
pub async fn decide(
    c: &mut Conn,
    id: ErasureRequestId,
    decision: Decision,
    by: StaffId,
    at: DateTime<Utc>,
    answer: &str,
) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "UPDATE erasure_requests SET decision = $2, decided_by = $3, decided_at = $4, answer = $5
         WHERE id = $1 AND decision = $6 AND (asked_by IS NULL OR asked_by <> $3)",
        id,
        decision,
        by,
        at,
        answer,
        Decision::Pending
    )
}
