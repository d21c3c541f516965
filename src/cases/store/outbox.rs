//! SQL of notices to people of the staff.

use chrono::{DateTime, Utc};

use crate::{
    cases::visibility::Scope,
    db::Conn,
    db_all, db_execute, db_one,
    kernel::ids::{CaseId, OrganizationId, OutboxId, StaffId},
};
use sqlx::AssertSqlSafe;

/// A notice as its reader sees it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Notice {
    /// What happened.
    pub kind: String,
    /// When.
    pub created_at: DateTime<Utc>,
    /// When it was read.
    pub read_at: Option<DateTime<Utc>>,
    /// The number of the case; `None` for summaries, which are about no case.
    pub number: Option<String>,
    /// The place of the case.
    pub place: Option<String>,
    /// Its topic.
    pub topic: Option<String>,
}

/// The newest notices of a person about cases that the person may see now.
pub async fn newest(c: &mut Conn, scope: &Scope, most: i64) -> sqlx::Result<Vec<Notice>> {
    let sql = format!(
        "SELECT o.kind, o.created_at, o.read_at, c.number, c.place, t.name AS topic
         FROM outbox o LEFT JOIN cases c ON c.id = o.case_id LEFT JOIN topics t ON t.id = c.topic_id
         WHERE o.staff_id = $2 AND (o.case_id IS NULL OR ({})) ORDER BY o.created_at DESC, o.id DESC LIMIT $4",
        scope.condition()
    );
    db_all!(c, Notice, AssertSqlSafe(sql.as_str()), scope.organization, scope.staff, scope.department, most)
}

/// How many of them were not read; counting ends at `most`.
pub async fn unread(c: &mut Conn, scope: &Scope, most: i64) -> sqlx::Result<i64> {
    let sql = format!(
        "SELECT COUNT(*) FROM (
            SELECT 1 AS one FROM outbox o LEFT JOIN cases c ON c.id = o.case_id
            WHERE o.staff_id = $2 AND o.read_at IS NULL AND (o.case_id IS NULL OR ({})) LIMIT $4) x",
        scope.condition()
    );
    let row = db_one!(c, (i64,), AssertSqlSafe(sql.as_str()), scope.organization, scope.staff, scope.department, most)?;
    Ok(row.0)
}

/// Everything was read.
pub async fn mark_read(c: &mut Conn, staff: StaffId, at: DateTime<Utc>) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "UPDATE outbox SET read_at = $2 WHERE staff_id = $1 AND read_at IS NULL AND created_at <= $2",
        staff,
        at
    )
}

/// Adds a notice, unless the same of the same moment waits already: who watches a case may be told of it anyway.
pub async fn insert(
    c: &mut Conn,
    id: OutboxId,
    org: OrganizationId,
    staff: StaffId,
    kind: &str,
    case: CaseId,
    at: DateTime<Utc>,
) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO outbox (id, organization_id, staff_id, kind, case_id, created_at)
         SELECT $1, o.id, s.id, $4, c.id, $6 FROM organizations o, staff s, cases c
         WHERE o.id = $2 AND s.id = $3 AND c.id = $5 AND NOT EXISTS (SELECT 1 FROM outbox n
            WHERE n.staff_id = $3 AND n.case_id = $5 AND n.kind = $4 AND n.created_at = $6 AND n.read_at IS NULL
              AND n.mailed = 0 AND n.posted = 0)",
        id,
        org,
        staff,
        kind,
        case,
        at
    )
}
