//! SQL of jobs.

use chrono::{DateTime, Utc};

use crate::{
    db::{Conn, dialect},
    db_execute, db_one, db_optional,
    jobs::JobKind,
    kernel::ids::JobId,
};

/// A claimed job.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Job {
    /// The id.
    pub id: JobId,
    /// What to do.
    pub kind: String,
    /// How often it was tried before.
    pub attempts: i64,
}

/// Adds a job; 0 when one of this key was added before.
pub async fn insert(
    c: &mut Conn,
    id: JobId,
    kind: JobKind,
    run_at: DateTime<Utc>,
    once_key: &str,
) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO jobs (id, kind, payload, run_at, attempts, error, once_key) VALUES ($1, $2, '', $3, 0, '', $4)
         ON CONFLICT (once_key) DO NOTHING",
        id,
        kind,
        run_at,
        once_key
    )
}

/// The next job that is due and that nobody works on.
pub async fn next_due(c: &mut Conn, now: DateTime<Utc>) -> sqlx::Result<Option<Job>> {
    let sql = format!(
        "SELECT id, kind, attempts FROM jobs
         WHERE done_at IS NULL AND failed_at IS NULL AND run_at <= $1 AND (locked_until IS NULL OR locked_until <= $1)
         ORDER BY run_at, id LIMIT 1{}",
        dialect::skip_locked(c)
    );
    db_optional!(c, Job, sqlx::AssertSqlSafe(sql.clone()), now)
}

/// Claims a job until a time, and counts the try.
pub async fn claim(c: &mut Conn, id: JobId, until: DateTime<Utc>) -> sqlx::Result<u64> {
    db_execute!(c, "UPDATE jobs SET locked_until = $2, attempts = attempts + 1 WHERE id = $1", id, until)
}

/// Marks a job as done.
pub async fn finish(c: &mut Conn, id: JobId, now: DateTime<Utc>) -> sqlx::Result<u64> {
    db_execute!(c, "UPDATE jobs SET done_at = $2, locked_until = NULL, error = '' WHERE id = $1", id, now)
}

/// Puts a job back, to be tried again.
pub async fn put_back(c: &mut Conn, id: JobId, run_at: DateTime<Utc>, error: &str) -> sqlx::Result<u64> {
    db_execute!(c, "UPDATE jobs SET run_at = $2, locked_until = NULL, error = $3 WHERE id = $1", id, run_at, error)
}

/// Gives a job up.
pub async fn give_up(c: &mut Conn, id: JobId, now: DateTime<Utc>, error: &str) -> sqlx::Result<u64> {
    db_execute!(c, "UPDATE jobs SET failed_at = $2, locked_until = NULL, error = $3 WHERE id = $1", id, now, error)
}

/// Forgets jobs that were done before a time.
pub async fn delete_done(c: &mut Conn, before: DateTime<Utc>) -> sqlx::Result<u64> {
    db_execute!(c, "DELETE FROM jobs WHERE done_at < $1", before)
}

/// How many jobs were given up.
pub async fn count_dead(c: &mut Conn) -> sqlx::Result<i64> {
    db_one!(c, (i64,), "SELECT COUNT(*) FROM jobs WHERE failed_at IS NOT NULL").map(|row| row.0)
}
