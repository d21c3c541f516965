//! SQL of notices to people of the staff.

use chrono::{DateTime, Utc};

use crate::{
    db::Conn,
    db_execute,
    kernel::ids::{CaseId, OrganizationId, OutboxId, StaffId},
};

/// Adds a notice.
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
        "INSERT INTO outbox (id, organization_id, staff_id, kind, case_id, created_at) VALUES ($1, $2, $3, $4, $5, $6)",
        id,
        org,
        staff,
        kind,
        case,
        at
    )
}
