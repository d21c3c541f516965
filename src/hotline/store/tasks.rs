//! SQL of call-backs.

use chrono::{DateTime, Utc};

use crate::{
    db::Conn,
    db_all, db_execute, db_optional,
    hotline::model::{Readers, Task, TaskState},
    kernel::ids::{CallId, OrganizationId, StaffId, TaskId},
};

/// A call-back to be added.
pub struct NewRow<'a> {
    pub id: TaskId,
    pub organization_id: OrganizationId,
    pub call_id: CallId,
    pub promised_by: StaffId,
    pub readers: Readers,
    pub due_at: DateTime<Utc>,
    pub number_sealed: &'a [u8],
}

/// Adds a call-back.
pub async fn insert(c: &mut Conn, row: &NewRow<'_>) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO call_tasks (id, organization_id, call_id, promised_by, readers, state, due_at, number_sealed, tries, note)
         VALUES ($1, $2, $3, $4, $5, 'open', $6, $7, 0, '')",
        row.id,
        row.organization_id,
        row.call_id,
        row.promised_by,
        row.readers,
        row.due_at,
        row.number_sealed
    )
}

/// Call-backs that are still to be done and that a person may read, the most pressing first.
pub async fn open(c: &mut Conn, org: OrganizationId, reader: StaffId, most: i64) -> sqlx::Result<Vec<Task>> {
    db_all!(
        c,
        Task,
        "SELECT t.id, t.promised_by, p.display_name AS promiser, t.due_at, t.number_sealed, t.tries, t.note, l.kind,
                CASE WHEN k.lane <> 'safeguarding' THEN k.number END AS case_number
         FROM call_tasks t JOIN calls l ON l.id = t.call_id JOIN staff p ON p.id = t.promised_by
              LEFT JOIN submissions s ON s.id = l.submission_id LEFT JOIN cases k ON k.id = s.case_id
         WHERE t.organization_id = $1 AND t.state = 'open' AND (t.readers = 'all' OR t.promised_by = $2)
               AND NOT EXISTS (SELECT 1 FROM recusals r WHERE r.case_id = k.id AND r.state <> 'lifted' AND r.staff_id = $2)
         ORDER BY t.due_at, t.id LIMIT $3",
        org,
        reader,
        most
    )
}

/// One of them.
pub async fn one(c: &mut Conn, org: OrganizationId, reader: StaffId, id: TaskId) -> sqlx::Result<Option<Task>> {
    db_optional!(
        c,
        Task,
        "SELECT t.id, t.promised_by, p.display_name AS promiser, t.due_at, t.number_sealed, t.tries, t.note, l.kind,
                CASE WHEN k.lane <> 'safeguarding' THEN k.number END AS case_number
         FROM call_tasks t JOIN calls l ON l.id = t.call_id JOIN staff p ON p.id = t.promised_by
              LEFT JOIN submissions s ON s.id = l.submission_id LEFT JOIN cases k ON k.id = s.case_id
         WHERE t.organization_id = $1 AND t.id = $3 AND t.state = 'open' AND (t.readers = 'all' OR t.promised_by = $2)
               AND NOT EXISTS (SELECT 1 FROM recusals r WHERE r.case_id = k.id AND r.state <> 'lifted' AND r.staff_id = $2)",
        org,
        reader,
        id
    )
}

/// Puts a call-back off to another time; 0 when somebody else tried meanwhile.
pub async fn put_off(c: &mut Conn, task: &Task, due_at: DateTime<Utc>, note: &str) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "UPDATE call_tasks SET due_at = $3, note = $4, tries = tries + 1 WHERE id = $1 AND tries = $2 AND state = 'open'",
        task.id,
        task.tries,
        due_at,
        note
    )
}

/// Ends a call-back and forgets its number; 0 when somebody else tried meanwhile.
pub async fn end(c: &mut Conn, task: &Task, state: TaskState, note: &str, at: DateTime<Utc>) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "UPDATE call_tasks SET state = $3, note = $4, tries = tries + 1, ended_at = $5, number_sealed = NULL
         WHERE id = $1 AND tries = $2 AND state = 'open'",
        task.id,
        task.tries,
        state,
        note,
        at
    )
}
