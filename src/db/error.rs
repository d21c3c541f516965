//! What a database error means to a caller.

/// The name of the constraint that a write broke: as declared in the schema on PostgreSQL; on SQLite, which tells only
/// the columns, `table.column`.
pub fn constraint(error: &sqlx::Error) -> Option<String> {
    let db = error.as_database_error()?;
    if let Some(name) = db.constraint() {
        return Some(name.to_string());
    }
    let columns = db.message().strip_prefix("UNIQUE constraint failed: ")?;
    Some(columns.to_string())
}

/// Whether the database can't take the work right now (busy, full, gone): the answer is "try again later".
pub fn is_busy(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Io(_) | sqlx::Error::WorkerCrashed => true,
        sqlx::Error::Database(db) => match db.code().as_deref() {
            // SQLite: BUSY, LOCKED, READONLY, IOERR, FULL, CANTOPEN (primary codes; extended ones have them in the low byte).
            Some(code) if code.len() <= 4 => {
                code.parse::<u32>().is_ok_and(|c| matches!(c & 0xff, 5 | 6 | 8 | 10 | 13 | 14))
            }
            // PostgreSQL: class 53 (resources), 57 (operator intervention), 08 (connection), 40 (serialization, deadlock), 55P03.
            Some(code) => ["53", "57", "08", "40"].iter().any(|class| code.starts_with(class)) || code == "55P03",
            None => false,
        },
        _ => false,
    }
}
