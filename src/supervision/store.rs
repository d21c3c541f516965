//! SQL of orders, of the agenda, and of rungs that have fired.

use chrono::{DateTime, Utc};
use sqlx::AssertSqlSafe;

use crate::{
    accounts::model::Actor,
    db::Conn,
    db_all, db_execute, db_one, db_optional,
    kernel::ids::{AgendaItemId, CaseId, DepartmentId, OrganizationId, StaffId, SupervisionOrderId},
    supervision::{
        SUPERVISORS,
        model::{AgendaItem, Level, Order, OrderState, OrderedCase, Rung},
    },
};

/// An order to be added.
pub struct NewRow<'a> {
    pub id: SupervisionOrderId,
    pub organization_id: OrganizationId,
    pub year: i64,
    pub number: i64,
    pub level: Level,
    pub department_id: DepartmentId,
    pub issuer_id: Option<StaffId>,
    pub basis: &'a str,
    pub demand: &'a str,
    pub due_at: DateTime<Utc>,
    pub issued_at: DateTime<Utc>,
}

/// The next number of a year. The caller holds a lock of the organisation.
pub async fn next_number(c: &mut Conn, org: OrganizationId, year: i64) -> sqlx::Result<i64> {
    let row = db_one!(
        c,
        (i64,),
        "SELECT COALESCE(MAX(number), 0) + 1 FROM supervision_orders WHERE organization_id = $1 AND year = $2",
        org,
        year
    )?;
    Ok(row.0)
}

/// Adds an order.
pub async fn insert(c: &mut Conn, row: &NewRow<'_>) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO supervision_orders (id, organization_id, year, number, level, department_id, issuer_id, basis, demand,
                due_at, issued_at, state, reply, verdict)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'open', '', '')",
        row.id,
        row.organization_id,
        row.year,
        row.number,
        row.level,
        row.department_id,
        row.issuer_id,
        row.basis,
        row.demand,
        row.due_at,
        row.issued_at
    )
}

/// Puts a case under an order.
pub async fn insert_case(c: &mut Conn, order: SupervisionOrderId, case: CaseId) -> sqlx::Result<u64> {
    db_execute!(c, "INSERT INTO supervision_cases (order_id, case_id) VALUES ($1, $2)", order, case)
}

/// "The order `o` is visible", with `$1` the organisation, `$2` the person, `$3` the department: whoever is recused from
/// one of its cases knows nothing of it (promise 12).
fn visible(actor: &Actor) -> String {
    let side = if SUPERVISORS.contains(&actor.role) { "1 = 1" } else { "o.department_id = $3" };
    format!(
        "o.organization_id = $1 AND {side} AND NOT EXISTS (SELECT 1 FROM supervision_cases s JOIN recusals r ON r.case_id = s.case_id
            WHERE s.order_id = o.id AND r.state <> 'lifted' AND (r.staff_id = $2 OR r.department_id = $3))"
    )
}

const COLUMNS: &str = "o.id, o.year, o.number, o.level, o.department_id, d.name AS department_name, i.display_name AS issuer_name, o.basis, o.demand,
    o.due_at, o.issued_at, o.state, o.reply, p.display_name AS replier_name, o.replied_at, o.verdict, o.judged_at";
const TABLES: &str =
    "supervision_orders o JOIN departments d ON d.id = o.department_id LEFT JOIN staff i ON i.id = o.issuer_id
    LEFT JOIN staff p ON p.id = o.replied_by";

/// The newest orders that a person may see.
pub async fn list(c: &mut Conn, actor: &Actor, most: i64) -> sqlx::Result<Vec<Order>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM {TABLES} WHERE {} ORDER BY o.issued_at DESC, o.id DESC LIMIT $4",
        visible(actor)
    );
    db_all!(c, Order, AssertSqlSafe(sql.as_str()), actor.organization_id, actor.staff_id, actor.department_id, most)
}

/// The levels of the orders that a person may see and that were issued from `from` until `to`.
pub async fn levels_between(
    c: &mut Conn,
    actor: &Actor,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> sqlx::Result<Vec<(Level,)>> {
    let sql = format!(
        "SELECT o.level FROM supervision_orders o WHERE {} AND o.issued_at >= $4 AND o.issued_at < $5",
        visible(actor)
    );
    let (org, staff, department) = (actor.organization_id, actor.staff_id, actor.department_id);
    db_all!(c, (Level,), AssertSqlSafe(sql.as_str()), org, staff, department, from, to)
}

/// An order that a person may see.
pub async fn by_id(c: &mut Conn, actor: &Actor, id: SupervisionOrderId) -> sqlx::Result<Option<Order>> {
    let sql = format!("SELECT {COLUMNS} FROM {TABLES} WHERE {} AND o.id = $4", visible(actor));
    db_optional!(c, Order, AssertSqlSafe(sql.as_str()), actor.organization_id, actor.staff_id, actor.department_id, id)
}

/// The orders over a case that a person may see.
pub async fn of_case(c: &mut Conn, actor: &Actor, case: CaseId) -> sqlx::Result<Vec<Order>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM {TABLES} JOIN supervision_cases k ON k.order_id = o.id
         WHERE {} AND k.case_id = $4 ORDER BY o.issued_at, o.id",
        visible(actor)
    );
    db_all!(c, Order, AssertSqlSafe(sql.as_str()), actor.organization_id, actor.staff_id, actor.department_id, case)
}

/// The cases of an order.
pub async fn cases(c: &mut Conn, id: SupervisionOrderId) -> sqlx::Result<Vec<OrderedCase>> {
    db_all!(
        c,
        OrderedCase,
        "SELECT c.id, c.number, c.excerpt FROM supervision_cases s JOIN cases c ON c.id = s.case_id
         WHERE s.order_id = $1 ORDER BY c.arrival",
        id
    )
}

/// Writes the department's reply; 0 when the order is not open any more.
pub async fn reply(
    c: &mut Conn,
    id: SupervisionOrderId,
    words: &str,
    by: StaffId,
    at: DateTime<Utc>,
) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "UPDATE supervision_orders SET state = 'replied', reply = $2, replied_by = $3, replied_at = $4
         WHERE id = $1 AND state = 'open'",
        id,
        words,
        by,
        at
    )
}

/// Judges the reply; 0 when there is none to judge.
pub async fn judge(
    c: &mut Conn,
    id: SupervisionOrderId,
    state: OrderState,
    words: &str,
    by: StaffId,
    at: DateTime<Utc>,
) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "UPDATE supervision_orders SET state = $2, verdict = $3, judged_by = $4, judged_at = $5
         WHERE id = $1 AND state = 'replied'",
        id,
        state,
        words,
        by,
        at
    )
}

/// Marks a rung of a case's limit as fired; 0 when it was.
pub async fn fire(
    c: &mut Conn,
    case: CaseId,
    due_at: DateTime<Utc>,
    rung: Rung,
    now: DateTime<Utc>,
) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO ladder_rungs (case_id, due_at, rung, fired_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (case_id, due_at, rung) DO NOTHING",
        case,
        due_at,
        rung,
        now
    )
}

/// The rungs of a case's limit that have fired.
pub async fn fired(c: &mut Conn, case: CaseId, due_at: DateTime<Utc>) -> sqlx::Result<Vec<Rung>> {
    let rows = db_all!(c, (Rung,), "SELECT rung FROM ladder_rungs WHERE case_id = $1 AND due_at = $2", case, due_at)?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// Puts a case on the agenda of the next meeting.
pub async fn insert_agenda(
    c: &mut Conn,
    id: AgendaItemId,
    org: OrganizationId,
    case: CaseId,
    at: DateTime<Utc>,
) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO agenda_items (id, organization_id, case_id, added_at) VALUES ($1, $2, $3, $4)",
        id,
        org,
        case,
        at
    )
}

/// What waits for the next meeting, as this person may see it.
pub async fn agenda(c: &mut Conn, actor: &Actor) -> sqlx::Result<Vec<AgendaItem>> {
    db_all!(
        c,
        AgendaItem,
        "SELECT a.id, c.number, c.excerpt, d.name AS department_name, c.due_at
         FROM agenda_items a JOIN cases c ON c.id = a.case_id LEFT JOIN departments d ON d.id = c.department_id
         WHERE a.organization_id = $1 AND a.done_at IS NULL AND NOT EXISTS (SELECT 1 FROM recusals r
            WHERE r.case_id = c.id AND r.state <> 'lifted' AND (r.staff_id = $2 OR r.department_id = $3))
         ORDER BY a.added_at, a.id",
        actor.organization_id,
        actor.staff_id,
        actor.department_id
    )
}

/// An item was dealt with; 0 when it was already.
pub async fn close_agenda(c: &mut Conn, org: OrganizationId, id: AgendaItemId, at: DateTime<Utc>) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "UPDATE agenda_items SET done_at = $3 WHERE organization_id = $1 AND id = $2 AND done_at IS NULL",
        org,
        id,
        at
    )
}
