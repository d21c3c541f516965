//! SQL of the safeguarding lane: its queue, the mandatory reports, who else may look.

use chrono::{DateTime, Utc};
use sqlx::AssertSqlSafe;

use crate::{
    cases::{
        model::{EventKind, State},
        visibility::Scope,
    },
    db::Conn,
    db_all, db_execute,
    kernel::ids::{CaseId, MandatoryReportId, StaffId},
};

/// A case of the lane as its queue shows it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct QueueItem {
    /// The number of the case.
    pub number: String,
    /// Where it stands.
    pub state: State,
    /// The place.
    pub place: String,
    /// The beginning of the text.
    pub excerpt: String,
    /// When it came.
    pub received_at: DateTime<Utc>,
    /// When the next step is due.
    pub due_at: DateTime<Utc>,
    /// When it was first reported to an authority.
    pub reported_at: Option<DateTime<Utc>>,
    /// When it was decided, without a record of the report: that one was made, or that none is due.
    pub decided_at: Option<DateTime<Utc>>,
}

/// The cases of the lane that a person may see: open ones first, the oldest first.
pub async fn queue(c: &mut Conn, scope: &Scope, most: i64) -> sqlx::Result<Vec<QueueItem>> {
    let sql = format!(
        "SELECT c.number, c.state, c.place, c.excerpt, c.received_at, c.due_at,
                (SELECT r.reported_at FROM mandatory_reports r WHERE r.case_id = c.id
                 ORDER BY r.reported_at LIMIT 1) AS reported_at,
                (SELECT e.at FROM case_events e WHERE e.case_id = c.id AND e.kind IN ($5, $6)
                 ORDER BY e.seq LIMIT 1) AS decided_at
         FROM cases c WHERE {} AND c.lane = 'safeguarding'
         ORDER BY CASE WHEN c.closed_at IS NULL AND c.answered_at IS NULL THEN 0 ELSE 1 END, c.received_at, c.id LIMIT $4",
        scope.condition()
    );
    db_all!(
        c,
        QueueItem,
        AssertSqlSafe(sql.as_str()),
        scope.organization,
        scope.staff,
        scope.department,
        most,
        EventKind::ReportMade,
        EventKind::ReportNotNeeded
    )
}

/// A mandatory report 强制报告 that was made.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct MandatoryReport {
    /// To whom.
    pub recipient: String,
    /// By whom.
    pub reporter: String,
    /// When.
    pub reported_at: DateTime<Utc>,
    /// The number that the authority gave; may be empty.
    pub receipt: String,
    /// What was said; may be empty.
    pub words: String,
    /// The name of who wrote it down.
    pub writer_name: String,
    /// When it was written down.
    pub written_at: DateTime<Utc>,
}

/// A report to write down.
#[derive(Clone, Debug)]
pub struct NewReport<'a> {
    /// The id.
    pub id: MandatoryReportId,
    /// The case.
    pub case_id: CaseId,
    /// To whom.
    pub recipient: &'a str,
    /// By whom.
    pub reporter: &'a str,
    /// When.
    pub reported_at: DateTime<Utc>,
    /// The number that the authority gave.
    pub receipt: &'a str,
    /// What was said.
    pub words: &'a str,
    /// Who writes it down.
    pub written_by: StaffId,
    /// When.
    pub written_at: DateTime<Utc>,
}

/// Adds a report.
pub async fn insert_report(c: &mut Conn, new: &NewReport<'_>) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO mandatory_reports (id, case_id, recipient, reporter, reported_at, receipt, words, written_by, written_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        new.id,
        new.case_id,
        new.recipient,
        new.reporter,
        new.reported_at,
        new.receipt,
        new.words,
        new.written_by,
        new.written_at
    )
}

/// The reports of a case, oldest first.
pub async fn reports_of(c: &mut Conn, case: CaseId) -> sqlx::Result<Vec<MandatoryReport>> {
    db_all!(
        c,
        MandatoryReport,
        "SELECT r.recipient, r.reporter, r.reported_at, r.receipt, r.words, w.display_name AS writer_name, r.written_at
         FROM mandatory_reports r JOIN staff w ON w.id = r.written_by
         WHERE r.case_id = $1 ORDER BY r.reported_at, r.id",
        case
    )
}

/// Somebody who may look at one case of the lane.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Guest {
    /// The person.
    pub staff_id: StaffId,
    /// Their name.
    pub name: String,
    /// Why.
    pub reason: String,
    /// The name of who let them.
    pub added_name: String,
    /// Since when.
    pub added_at: DateTime<Utc>,
}

/// Who may look at a case, by name.
pub async fn guests_of(c: &mut Conn, case: CaseId) -> sqlx::Result<Vec<Guest>> {
    db_all!(
        c,
        Guest,
        "SELECT g.staff_id, p.display_name AS name, g.reason, a.display_name AS added_name, g.added_at
         FROM lane_guests g JOIN staff p ON p.id = g.staff_id JOIN staff a ON a.id = g.added_by
         WHERE g.case_id = $1 AND g.ended_at IS NULL ORDER BY p.display_name, p.id",
        case
    )
}

/// Lets somebody look; 0 when they may already.
pub async fn add_guest(
    c: &mut Conn,
    case: CaseId,
    staff: StaffId,
    by: StaffId,
    at: DateTime<Utc>,
    reason: &str,
) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO lane_guests (case_id, staff_id, added_by, added_at, reason, ended_at)
         VALUES ($1, $2, $3, $4, $5, NULL)
         ON CONFLICT (case_id, staff_id) DO UPDATE SET added_by = excluded.added_by, added_at = excluded.added_at,
             reason = excluded.reason, ended_at = NULL
         WHERE lane_guests.ended_at IS NOT NULL",
        case,
        staff,
        by,
        at,
        reason
    )
}

/// Ends it; 0 when they may not look any more.
pub async fn end_guest(c: &mut Conn, case: CaseId, staff: StaffId, at: DateTime<Utc>) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "UPDATE lane_guests SET ended_at = $3 WHERE case_id = $1 AND staff_id = $2 AND ended_at IS NULL",
        case,
        staff,
        at
    )
}
