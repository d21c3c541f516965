//! SQL of internal notes 内部备注: they never leave the staff side.

use chrono::{DateTime, Utc};

use crate::{
    db::Conn,
    db_all, db_execute,
    kernel::ids::{CaseId, NoteId, StaffId},
};

/// A note.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Note {
    /// The name of who wrote it.
    pub author_name: String,
    /// The text.
    pub body: String,
    /// When.
    pub created_at: DateTime<Utc>,
}

/// Adds a note.
pub async fn insert(
    c: &mut Conn,
    id: NoteId,
    case: CaseId,
    author: StaffId,
    body: &str,
    at: DateTime<Utc>,
) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO notes (id, case_id, author_id, body, created_at) VALUES ($1, $2, $3, $4, $5)",
        id,
        case,
        author,
        body,
        at
    )
}

/// The notes of a case, oldest first.
pub async fn of_case(c: &mut Conn, case: CaseId) -> sqlx::Result<Vec<Note>> {
    db_all!(
        c,
        Note,
        "SELECT s.display_name AS author_name, n.body, n.created_at FROM notes n JOIN staff s ON s.id = n.author_id
         WHERE n.case_id = $1 ORDER BY n.created_at, n.id",
        case
    )
}
