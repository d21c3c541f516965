//! SQL of what colleagues are to do about a case.

use chrono::{DateTime, Utc};
use sqlx::AssertSqlSafe;

use crate::{
    cases::visibility::Scope,
    db::Conn,
    db_all, db_execute, db_one, db_optional,
    kernel::ids::{CaseId, CaseTaskId, OrganizationId, StaffId},
};

/// Something to do, with the names that it speaks of.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Task {
    /// The id.
    pub id: CaseTaskId,
    /// The case.
    pub case_id: CaseId,
    /// Its number.
    pub number: String,
    /// Who is to do it.
    pub person_id: StaffId,
    /// Their name.
    pub person_name: String,
    /// What.
    pub words: String,
    /// Until when.
    pub due_at: DateTime<Utc>,
    /// Who gave it.
    pub given_by: StaffId,
    /// Their name.
    pub giver_name: String,
    /// When it was done.
    pub done_at: Option<DateTime<Utc>>,
}

/// A new one.
#[derive(Clone, Copy, Debug)]
pub struct NewTask<'a> {
    /// The id.
    pub id: CaseTaskId,
    /// The case.
    pub case_id: CaseId,
    /// Who is to do it.
    pub person: StaffId,
    /// What.
    pub words: &'a str,
    /// Until when.
    pub due_at: DateTime<Utc>,
    /// Who gives it.
    pub by: StaffId,
    /// When.
    pub at: DateTime<Utc>,
}

/// Adds one.
pub async fn insert(c: &mut Conn, new: &NewTask<'_>) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO case_tasks (id, case_id, person_id, words, due_at, given_by, given_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        new.id,
        new.case_id,
        new.person,
        new.words,
        new.due_at,
        new.by,
        new.at
    )
}

const COLUMNS: &str =
    "k.id, k.case_id, c.number, k.person_id, p.display_name AS person_name, k.words, k.due_at, k.given_by,
    g.display_name AS giver_name, k.done_at";
const TABLES: &str = "case_tasks k JOIN cases c ON c.id = k.case_id JOIN staff p ON p.id = k.person_id
    JOIN staff g ON g.id = k.given_by";

/// What is to do about a case; what is done comes last.
pub async fn of_case(c: &mut Conn, case: CaseId) -> sqlx::Result<Vec<Task>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM {TABLES} WHERE k.case_id = $1
         ORDER BY CASE WHEN k.done_at IS NULL THEN 0 ELSE 1 END, k.due_at, k.id"
    );
    db_all!(c, Task, AssertSqlSafe(sql.as_str()), case)
}

/// What a person is to do, or gave others to do, about cases that they may see: what is open, and what was done since.
pub async fn of_person(c: &mut Conn, scope: &Scope, since: DateTime<Utc>, most: i64) -> sqlx::Result<Vec<Task>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM {TABLES}
         WHERE (k.person_id = $2 OR k.given_by = $2) AND (k.done_at IS NULL OR k.done_at >= $4) AND {}
         ORDER BY CASE WHEN k.done_at IS NULL THEN 0 ELSE 1 END, k.due_at, k.id LIMIT $5",
        scope.condition()
    );
    db_all!(c, Task, AssertSqlSafe(sql.as_str()), scope.organization, scope.staff, scope.department, since, most)
}

/// One, of a case that the person may see.
pub async fn by_id(c: &mut Conn, scope: &Scope, id: CaseTaskId) -> sqlx::Result<Option<Task>> {
    let sql = format!("SELECT {COLUMNS} FROM {TABLES} WHERE k.id = $4 AND {}", scope.condition());
    db_optional!(c, Task, AssertSqlSafe(sql.as_str()), scope.organization, scope.staff, scope.department, id)
}

/// It is done; 0 when it was already.
pub async fn done(c: &mut Conn, id: CaseTaskId, by: StaffId, at: DateTime<Utc>) -> sqlx::Result<u64> {
    db_execute!(c, "UPDATE case_tasks SET done_by = $2, done_at = $3 WHERE id = $1 AND done_at IS NULL", id, by, at)
}

/// A task whose day has passed, and nobody was told yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Late {
    /// The id.
    pub id: CaseTaskId,
    /// The case.
    pub case_id: CaseId,
    /// Who is to do it.
    pub person_id: StaffId,
}

/// The tasks of an organisation whose day has passed and nobody was told yet.
pub async fn late(c: &mut Conn, org: OrganizationId, now: DateTime<Utc>) -> sqlx::Result<Vec<Late>> {
    db_all!(
        c,
        Late,
        "SELECT k.id, k.case_id, k.person_id FROM case_tasks k JOIN cases c ON c.id = k.case_id
         WHERE c.organization_id = $1 AND k.done_at IS NULL AND k.flagged_at IS NULL AND k.due_at < $2
         ORDER BY k.due_at, k.id",
        org,
        now
    )
}

/// Notes that it was told; 0 when it was before, or is done.
pub async fn flagged(c: &mut Conn, id: CaseTaskId, at: DateTime<Utc>) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "UPDATE case_tasks SET flagged_at = $2 WHERE id = $1 AND flagged_at IS NULL AND done_at IS NULL",
        id,
        at
    )
}

/// How much a person has to do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Load {
    /// All of it.
    pub open: i64,
    /// What should have been done already.
    pub late: i64,
}

/// How much a person has to do about cases that they may see.
pub async fn load(c: &mut Conn, scope: &Scope, now: DateTime<Utc>) -> sqlx::Result<Load> {
    let sql = format!(
        "SELECT COUNT(*) AS open, COUNT(CASE WHEN k.due_at < $4 THEN 1 END) AS late
         FROM case_tasks k JOIN cases c ON c.id = k.case_id
         WHERE k.person_id = $2 AND k.done_at IS NULL AND {}",
        scope.condition()
    );
    db_one!(c, Load, AssertSqlSafe(sql.as_str()), scope.organization, scope.staff, scope.department, now)
}
