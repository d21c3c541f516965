//! SQL of what happened to cases. Nothing is changed or taken away.

use chrono::{DateTime, Utc};

use crate::{
    cases::model::EventKind,
    db::Conn,
    db_all, db_execute, db_optional,
    kernel::ids::{CaseId, DepartmentId, EventId, StaffId},
};

/// A new event.
#[derive(Clone, Debug)]
pub struct NewEvent {
    /// The id.
    pub id: EventId,
    /// The case.
    pub case_id: CaseId,
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    pub kind: EventKind,
    /// Who; `None` for the submitter and the program.
    pub actor_id: Option<StaffId>,
    /// The department it concerns.
    pub department_id: Option<DepartmentId>,
    /// Why, in words.
    pub reason: String,
    /// The limit that it set.
    pub due_at: Option<DateTime<Utc>>,
    /// Whether the submitter sees it.
    pub visible: bool,
}

/// An event with the names that it speaks of.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Event {
    /// Its place in the life of the case, from 1.
    pub seq: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    pub kind: EventKind,
    /// The name of who did it.
    pub actor_name: Option<String>,
    /// The name of the department it concerns.
    pub department_name: Option<String>,
    /// Why.
    pub reason: String,
    /// The limit that it set.
    pub due_at: Option<DateTime<Utc>>,
    /// Whether the submitter sees it.
    pub visible: bool,
}

/// Appends an event. The caller holds the row of the case, so the next number is free.
pub async fn append(c: &mut Conn, event: &NewEvent) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO case_events (id, case_id, seq, at, kind, actor_id, department_id, reason, due_at, visible)
         VALUES ($1, $2, (SELECT COALESCE(MAX(seq), 0) + 1 FROM case_events WHERE case_id = $2), $3, $4, $5, $6, $7, $8, $9)",
        event.id,
        event.case_id,
        event.at,
        event.kind,
        event.actor_id,
        event.department_id,
        &event.reason,
        event.due_at,
        event.visible
    )
}

/// The place and the time of an event of a case, when it has one of this id.
pub async fn place_of(c: &mut Conn, case: CaseId, id: EventId) -> sqlx::Result<Option<(i64, DateTime<Utc>)>> {
    db_optional!(c, (i64, DateTime<Utc>), "SELECT seq, at FROM case_events WHERE case_id = $1 AND id = $2", case, id)
}

/// The events of a case, in their order.
pub async fn of_case(c: &mut Conn, case: CaseId) -> sqlx::Result<Vec<Event>> {
    db_all!(
        c,
        Event,
        "SELECT e.seq, e.at, e.kind, s.display_name AS actor_name, d.name AS department_name, e.reason, e.due_at, e.visible
         FROM case_events e LEFT JOIN staff s ON s.id = e.actor_id LEFT JOIN departments d ON d.id = e.department_id
         WHERE e.case_id = $1 ORDER BY e.seq",
        case
    )
}
