//! SQL of what climbs the ladder of time.

use chrono::{DateTime, Utc};

use crate::{
    db::Conn,
    db_all,
    kernel::ids::{CaseId, OrganizationId},
};

/// An open case and its present limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct OnTime {
    /// The case.
    pub id: CaseId,
    /// Since when the limit runs: the order to the department, or the case itself.
    pub since: DateTime<Utc>,
    /// The limit.
    pub due_at: DateTime<Utc>,
}

/// Open cases of the ordinary lane after a place in the order in which they came.
pub async fn open_cases(c: &mut Conn, org: OrganizationId, after: i64, most: i64) -> sqlx::Result<Vec<OnTime>> {
    db_all!(
        c,
        OnTime,
        "SELECT c.id, COALESCE((SELECT MAX(a.assigned_at) FROM assignments a WHERE a.case_id = c.id AND a.kind = 'lead'
                 AND a.ended_at IS NULL),
                c.received_at) AS since, c.due_at
         FROM cases c
         WHERE c.organization_id = $1 AND c.arrival > $2 AND c.lane = 'ordinary' AND c.paused_until IS NULL
            AND c.state IN ('received', 'assigned', 'in_progress', 'returned', 'review', 'reopened')
         ORDER BY c.arrival LIMIT $3",
        org,
        after,
        most
    )
}
