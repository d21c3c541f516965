//! SQL of the daily notice.

use chrono::{DateTime, Utc};

use crate::{
    db::Conn,
    db_execute,
    kernel::ids::{OrganizationId, OutboxId, StaffId},
};

/// Adds the notice of a day, once for each person: 0 when they have it already.
pub async fn tell(
    c: &mut Conn,
    id: OutboxId,
    org: OrganizationId,
    staff: StaffId,
    kind: &str,
    at: DateTime<Utc>,
) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO outbox (id, organization_id, staff_id, kind, case_id, created_at)
         SELECT $1, s.organization_id, s.id, $4, NULL, $5 FROM staff s
         WHERE s.organization_id = $2 AND s.id = $3 AND s.disabled_at IS NULL
               AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.staff_id = $3 AND o.kind = $4 AND o.created_at = $5)",
        id,
        org,
        staff,
        kind,
        at
    )
}
