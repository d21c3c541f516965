//! SQL of looks that one person took alone, because of danger.

use chrono::{DateTime, Utc};

use crate::{
    cases::break_glass::Verdict,
    db::Conn,
    db_all, db_execute,
    kernel::ids::{CaseId, DepartmentId, GlassBreakId, OrganizationId, StaffId},
};

/// A look.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct GlassBreak {
    /// The id.
    pub id: GlassBreakId,
    /// The number of the case.
    pub number: String,
    /// Who looked.
    pub broken_by: StaffId,
    /// The name of who looked.
    pub broken_name: String,
    /// When.
    pub broken_at: DateTime<Utc>,
    /// Why.
    pub reason: String,
    /// What the review found.
    pub verdict: Verdict,
    /// Its words.
    pub words: String,
    /// The name of who reviewed it.
    pub reviewed_name: Option<String>,
    /// When.
    pub reviewed_at: Option<DateTime<Utc>>,
}

/// Adds a look.
pub async fn insert(
    c: &mut Conn,
    id: GlassBreakId,
    org: OrganizationId,
    case: CaseId,
    by: StaffId,
    at: DateTime<Utc>,
    reason: &str,
) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO glass_breaks (id, organization_id, case_id, broken_by, broken_at, reason, verdict, words)
         VALUES ($1, $2, $3, $4, $5, $6, $7, '')",
        id,
        org,
        case,
        by,
        at,
        reason,
        Verdict::Open
    )
}

/// The looks of an organisation at cases from which the reader is not recused, newest first.
pub async fn newest(
    c: &mut Conn,
    org: OrganizationId,
    reader: StaffId,
    department: Option<DepartmentId>,
    most: i64,
) -> sqlx::Result<Vec<GlassBreak>> {
    db_all!(
        c,
        GlassBreak,
        "SELECT g.id, k.number, g.broken_by, b.display_name AS broken_name, g.broken_at, g.reason, g.verdict, g.words,
                v.display_name AS reviewed_name, g.reviewed_at
         FROM glass_breaks g JOIN cases k ON k.id = g.case_id JOIN staff b ON b.id = g.broken_by
              LEFT JOIN staff v ON v.id = g.reviewed_by
         WHERE g.organization_id = $1
           AND NOT EXISTS (SELECT 1 FROM recusals r WHERE r.case_id = k.id AND r.state <> 'lifted'
                           AND (r.staff_id = $2 OR r.department_id = $3))
         ORDER BY g.broken_at DESC, g.id DESC LIMIT $4",
        org,
        reader,
        department,
        most
    )
}

/// Writes a verdict; 0 when there is one already, or it is about one's own look.
pub async fn review(
    c: &mut Conn,
    id: GlassBreakId,
    verdict: Verdict,
    words: &str,
    by: StaffId,
    at: DateTime<Utc>,
) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "UPDATE glass_breaks SET verdict = $2, words = $3, reviewed_by = $4, reviewed_at = $5
         WHERE id = $1 AND verdict = $6 AND broken_by <> $4",
        id,
        verdict,
        words,
        by,
        at,
        Verdict::Open
    )
}
