//! SQL of the table of cases: one row at a time. Lists stand elsewhere.

use crate::{
    cases::model::Case,
    db::{Conn, dialect},
    db_execute, db_optional,
    kernel::ids::{CaseId, OrganizationId},
};

/// Adds a case; 0 when the organisation has its number already, or another case its place in the order.
pub async fn insert(c: &mut Conn, case: &Case) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO cases (id, organization_id, number, state, lane, channel, identity, person, topic_id,
                access_point_id, place, excerpt, department_id, handler_id, due_at, promised_at, received_at,
                answered_at, closed_at, urged_at, reopened, version, arrival)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)
         ON CONFLICT DO NOTHING",
        case.id,
        case.organization_id,
        &case.number,
        case.state,
        case.lane,
        case.channel,
        case.identity,
        case.person,
        case.topic_id,
        case.access_point_id,
        &case.place,
        &case.excerpt,
        case.department_id,
        case.handler_id,
        case.due_at,
        case.promised_at,
        case.received_at,
        case.answered_at,
        case.closed_at,
        case.urged_at,
        case.reopened,
        case.version,
        case.id.arrival()
    )
}

/// Writes what can change of a case, when it is still the version that was read; 0 when somebody was faster.
pub async fn update(c: &mut Conn, case: &Case) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "UPDATE cases SET state = $3, lane = $4, department_id = $5, handler_id = $6, due_at = $7, promised_at = $8,
                answered_at = $9, closed_at = $10, urged_at = $11, reopened = $12, lead_id = $13, version = version + 1
         WHERE id = $1 AND version = $2",
        case.id,
        case.version,
        case.state,
        case.lane,
        case.department_id,
        case.handler_id,
        case.due_at,
        case.promised_at,
        case.answered_at,
        case.closed_at,
        case.urged_at,
        case.reopened,
        case.lead_id
    )
}

/// The case of an id.
pub async fn by_id(c: &mut Conn, id: CaseId) -> sqlx::Result<Option<Case>> {
    db_optional!(c, Case, "SELECT * FROM cases WHERE id = $1", id)
}

/// The case of an id, locked until the transaction ends.
pub async fn lock(c: &mut Conn, id: CaseId) -> sqlx::Result<Option<Case>> {
    match dialect::for_update(c) {
        "" => db_optional!(c, Case, "SELECT * FROM cases WHERE id = $1", id),
        _ => db_optional!(c, Case, "SELECT * FROM cases WHERE id = $1 FOR UPDATE", id),
    }
}

/// The case of a number.
pub async fn by_number(c: &mut Conn, org: OrganizationId, number: &str) -> sqlx::Result<Option<Case>> {
    db_optional!(c, Case, "SELECT * FROM cases WHERE organization_id = $1 AND number = $2", org, number)
}
