//! SQL of orders to departments 交办: one in the lead 主办, others that assist 协办, each with its own limit.

use chrono::{DateTime, Utc};

use crate::{
    db::Conn,
    db_all, db_execute, db_optional,
    kernel::ids::{AssignmentId, CaseId, ContributionId, DepartmentId, OrganizationId, StaffId},
};

/// A new order.
#[derive(Clone, Debug)]
pub struct NewAssignment<'a> {
    /// The id.
    pub id: AssignmentId,
    /// The case.
    pub case_id: CaseId,
    /// The department.
    pub department_id: DepartmentId,
    /// In the lead, or assisting.
    pub kind: Kind,
    /// Who gave it.
    pub assigned_by: StaffId,
    /// When.
    pub assigned_at: DateTime<Utc>,
    /// When its draft, or its contribution, is due.
    pub due_at: DateTime<Utc>,
    /// How many working days an assisting department has; `None` where a day was named.
    pub working_days: Option<i64>,
    /// What to look at; may be empty.
    pub instruction: &'a str,
}

crate::code_enum! {
    /// What a department is asked for.
    pub enum Kind {
        /// 主办: it answers for all.
        Lead = "lead",
        /// 协办: it contributes.
        Assist = "assist",
    }
}

/// Adds an order.
pub async fn insert(c: &mut Conn, new: &NewAssignment<'_>) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO assignments (id, case_id, department_id, kind, assigned_by, assigned_at, due_at, working_days,
                instruction)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        new.id,
        new.case_id,
        new.department_id,
        new.kind,
        new.assigned_by,
        new.assigned_at,
        new.due_at,
        new.working_days,
        new.instruction
    )
}

/// Ends the orders of a case that run.
pub async fn end(c: &mut Conn, case: CaseId, at: DateTime<Utc>, why: &str) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "UPDATE assignments SET ended_at = $2, end_reason = $3 WHERE case_id = $1 AND ended_at IS NULL",
        case,
        at,
        why
    )
}

/// Ends the running order of the department in the lead.
pub async fn end_lead(c: &mut Conn, case: CaseId, at: DateTime<Utc>, why: &str) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "UPDATE assignments SET ended_at = $2, end_reason = $3
         WHERE case_id = $1 AND ended_at IS NULL AND kind = 'lead'",
        case,
        at,
        why
    )
}

/// Ends the running order by which a department assists; 0 when there is none.
pub async fn end_assist(
    c: &mut Conn,
    case: CaseId,
    department: DepartmentId,
    at: DateTime<Utc>,
    why: &str,
) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "UPDATE assignments SET ended_at = $3, end_reason = $4
         WHERE case_id = $1 AND department_id = $2 AND ended_at IS NULL AND kind = 'assist'",
        case,
        department,
        at,
        why
    )
}

/// When the running order of the department in the lead was given.
pub async fn running_since(c: &mut Conn, case: CaseId) -> sqlx::Result<Option<DateTime<Utc>>> {
    let row = db_optional!(
        c,
        (DateTime<Utc>,),
        "SELECT assigned_at FROM assignments WHERE case_id = $1 AND kind = 'lead' AND ended_at IS NULL
         ORDER BY assigned_at DESC LIMIT 1",
        case
    )?;
    Ok(row.map(|r| r.0))
}

/// Gives the running order of the department in the lead another limit; those that assist keep theirs.
pub async fn extend(c: &mut Conn, case: CaseId, due_at: DateTime<Utc>) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "UPDATE assignments SET due_at = $2 WHERE case_id = $1 AND ended_at IS NULL AND kind = 'lead'",
        case,
        due_at
    )
}

/// What the running order of the department in the lead says to look at.
pub async fn running_instruction(c: &mut Conn, case: CaseId) -> sqlx::Result<Option<String>> {
    let row = db_optional!(
        c,
        (String,),
        "SELECT instruction FROM assignments WHERE case_id = $1 AND kind = 'lead' AND ended_at IS NULL
         ORDER BY assigned_at DESC LIMIT 1",
        case
    )?;
    Ok(row.map(|r| r.0))
}

/// The running order by which a department assists in a case.
pub async fn assisting(c: &mut Conn, case: CaseId, department: DepartmentId) -> sqlx::Result<Option<AssignmentId>> {
    let row = db_optional!(
        c,
        (AssignmentId,),
        "SELECT id FROM assignments WHERE case_id = $1 AND department_id = $2 AND kind = 'assist' AND ended_at IS NULL",
        case,
        department
    )?;
    Ok(row.map(|r| r.0))
}

/// The departments that assist in a case now.
pub async fn assisting_departments(c: &mut Conn, case: CaseId) -> sqlx::Result<Vec<(DepartmentId,)>> {
    db_all!(
        c,
        (DepartmentId,),
        "SELECT department_id FROM assignments WHERE case_id = $1 AND kind = 'assist' AND ended_at IS NULL",
        case
    )
}

/// An order by which a department assists, or assisted.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct AssistRow {
    /// The id.
    pub id: AssignmentId,
    /// The department.
    pub department_id: DepartmentId,
    /// Its name.
    pub department_name: String,
    /// When it was asked.
    pub assigned_at: DateTime<Utc>,
    /// When its contribution is due.
    pub due_at: DateTime<Utc>,
    /// What it was asked; may be empty.
    pub instruction: String,
    /// When it contributed first.
    pub done_at: Option<DateTime<Utc>>,
    /// When it ended.
    pub ended_at: Option<DateTime<Utc>>,
}

/// The assisting orders of a case, those that ended too, oldest first.
pub async fn assists_of_case(c: &mut Conn, case: CaseId) -> sqlx::Result<Vec<AssistRow>> {
    db_all!(
        c,
        AssistRow,
        "SELECT a.id, a.department_id, d.name AS department_name, a.assigned_at, a.due_at, a.instruction, a.done_at, a.ended_at
         FROM assignments a JOIN departments d ON d.id = a.department_id
         WHERE a.case_id = $1 AND a.kind = 'assist' ORDER BY a.assigned_at, a.id",
        case
    )
}

/// What an assisting department contributed.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Contribution {
    /// The order.
    pub assignment_id: AssignmentId,
    /// The name of who wrote it.
    pub author_name: String,
    /// The text.
    pub body: String,
    /// When.
    pub created_at: DateTime<Utc>,
}

/// What was contributed to a case, oldest first.
pub async fn contributions(c: &mut Conn, case: CaseId) -> sqlx::Result<Vec<Contribution>> {
    db_all!(
        c,
        Contribution,
        "SELECT k.assignment_id, s.display_name AS author_name, k.body, k.created_at
         FROM contributions k JOIN staff s ON s.id = k.author_id WHERE k.case_id = $1 ORDER BY k.created_at, k.id",
        case
    )
}

/// Adds a contribution to an order, which is done by it when it was not.
pub async fn contribute(
    c: &mut Conn,
    id: ContributionId,
    case: CaseId,
    order: AssignmentId,
    author: StaffId,
    body: &str,
    at: DateTime<Utc>,
) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO contributions (id, case_id, assignment_id, author_id, body, created_at) VALUES ($1, $2, $3, $4, $5, $6)",
        id,
        case,
        order,
        author,
        body,
        at
    )?;
    db_execute!(c, "UPDATE assignments SET done_at = $2 WHERE id = $1 AND done_at IS NULL", order, at)
}

/// An assisting order that nobody has contributed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Waiting {
    /// The order.
    pub id: AssignmentId,
    /// The case.
    pub case_id: CaseId,
    /// The department.
    pub department_id: DepartmentId,
    /// When it is due.
    pub due_at: DateTime<Utc>,
    /// Whether it was warned of already.
    pub warned: bool,
}

/// Assisting orders of open cases that are due before a moment, and not all of their notices were given.
pub async fn waiting(c: &mut Conn, org: OrganizationId, before: DateTime<Utc>) -> sqlx::Result<Vec<Waiting>> {
    db_all!(
        c,
        Waiting,
        "SELECT a.id, a.case_id, a.department_id, a.due_at, (a.warned_at IS NOT NULL) AS warned
         FROM assignments a JOIN cases c ON c.id = a.case_id
         WHERE c.organization_id = $1 AND a.kind = 'assist' AND a.ended_at IS NULL AND a.done_at IS NULL
           AND a.flagged_at IS NULL AND a.due_at < $2 AND c.lane = 'ordinary' AND c.paused_until IS NULL
           AND c.state IN ('received', 'assigned', 'in_progress', 'returned', 'review', 'reopened')
         ORDER BY a.due_at, a.id",
        org,
        before
    )
}

/// An assisting order that runs, with what its limit is counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Running {
    /// The order.
    pub id: AssignmentId,
    /// The case.
    pub case_id: CaseId,
    /// When it was given.
    pub assigned_at: DateTime<Utc>,
    /// When its contribution is due.
    pub due_at: DateTime<Utc>,
    /// How many working days it has; `None` where a day was named.
    pub working_days: Option<i64>,
    /// The limit of the lead.
    pub lead_due_at: DateTime<Utc>,
}

/// Assisting orders of open cases that wait for a contribution and are not late.
pub async fn running_assists(c: &mut Conn, org: OrganizationId, now: DateTime<Utc>) -> sqlx::Result<Vec<Running>> {
    db_all!(
        c,
        Running,
        "SELECT a.id, a.case_id, a.assigned_at, a.due_at, a.working_days, c.due_at AS lead_due_at
         FROM assignments a JOIN cases c ON c.id = a.case_id
         WHERE c.organization_id = $1 AND a.kind = 'assist' AND a.ended_at IS NULL AND a.done_at IS NULL AND a.due_at > $2
           AND c.state IN ('received', 'assigned', 'in_progress', 'returned', 'review', 'reopened')
         ORDER BY a.id",
        org,
        now
    )
}

/// Moves the limit of an assisting order.
pub async fn move_assist(c: &mut Conn, id: AssignmentId, to: DateTime<Utc>) -> sqlx::Result<u64> {
    db_execute!(c, "UPDATE assignments SET due_at = $2 WHERE id = $1 AND ended_at IS NULL AND done_at IS NULL", id, to)
}

/// Notes that a department was warned; 0 when it was before, or the order is done.
pub async fn warned(c: &mut Conn, id: AssignmentId, at: DateTime<Utc>) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "UPDATE assignments SET warned_at = $2
         WHERE id = $1 AND warned_at IS NULL AND done_at IS NULL AND ended_at IS NULL",
        id,
        at
    )
}

/// Notes that its time has passed; 0 when that was noted before, or the order is done.
pub async fn flagged(c: &mut Conn, id: AssignmentId, at: DateTime<Utc>) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "UPDATE assignments SET flagged_at = $2
         WHERE id = $1 AND flagged_at IS NULL AND done_at IS NULL AND ended_at IS NULL",
        id,
        at
    )
}
