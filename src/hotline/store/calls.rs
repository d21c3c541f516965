//! SQL of the log of calls and visits.
//!
//! Who reads the log sees calls without a case, and of the others those of the ordinary queue from whose case nobody has
//! recused them; beside these, what they took down themselves. The number of a case of the safeguarding lane is shown to
//! nobody.

use chrono::{DateTime, Utc};
use sqlx::AssertSqlSafe;

use crate::{
    db::Conn,
    db_all, db_execute,
    hotline::model::{CallKind, CallOutcome, Logged},
    kernel::ids::{CallId, OrganizationId, StaffId, SubmissionId},
};

/// A call to be added.
pub struct NewRow {
    pub id: CallId,
    pub organization_id: OrganizationId,
    pub operator_id: StaffId,
    pub kind: CallKind,
    pub started_at: DateTime<Utc>,
    pub seconds: i64,
    pub outcome: CallOutcome,
    pub submission_id: Option<SubmissionId>,
}

/// Adds a call.
pub async fn insert(c: &mut Conn, row: &NewRow) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO calls (id, organization_id, operator_id, kind, started_at, seconds, outcome, submission_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        row.id,
        row.organization_id,
        row.operator_id,
        row.kind,
        row.started_at,
        row.seconds,
        row.outcome,
        row.submission_id
    )
}

/// What of the log is wanted.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    /// The organisation.
    pub organization: OrganizationId,
    /// Who reads.
    pub reader: StaffId,
    /// Visits instead of calls.
    pub visits: bool,
    /// From a time on.
    pub from: Option<DateTime<Utc>>,
    /// Before a time.
    pub to: Option<DateTime<Utc>>,
    /// What became of it.
    pub outcome: Option<CallOutcome>,
    /// Older than this one.
    pub before: Option<CallId>,
}

/// A page of the log, the newest first: ids come in the order of time.
pub async fn page(c: &mut Conn, wanted: &Wanted, most: i64) -> sqlx::Result<Vec<Logged>> {
    let kinds = if wanted.visits { "l.kind = 'visit'" } else { "l.kind <> 'visit'" };
    let narrowed = [
        wanted.from.map(|_| " AND l.started_at >= $3"),
        wanted.to.map(|_| " AND l.started_at < $4"),
        wanted.outcome.map(|_| " AND l.outcome = $5"),
        wanted.before.map(|_| " AND l.id < $6"),
    ];
    let narrowed: String = narrowed.into_iter().flatten().collect();
    let sql = format!(
        "SELECT l.id, l.kind, l.started_at, l.seconds, l.outcome, o.display_name AS operator,
                CASE WHEN k.lane <> 'safeguarding' THEN k.number END AS case_number
         FROM calls l JOIN staff o ON o.id = l.operator_id
              LEFT JOIN submissions s ON s.id = l.submission_id LEFT JOIN cases k ON k.id = s.case_id
         WHERE l.organization_id = $1 AND {kinds}
               AND (k.id IS NULL OR (k.lane <> 'safeguarding' OR l.operator_id = $2)
                    AND NOT EXISTS (SELECT 1 FROM recusals r WHERE r.case_id = k.id AND r.state <> 'lifted' AND r.staff_id = $2))
               {narrowed}
         ORDER BY l.id DESC LIMIT $7"
    );
    db_all!(
        c,
        Logged,
        AssertSqlSafe(sql.as_str()),
        wanted.organization,
        wanted.reader,
        wanted.from,
        wanted.to,
        wanted.outcome.map(CallOutcome::code),
        wanted.before,
        most
    )
}
