//! Taking away what a database keeps of deleted rows (promise 24).
//!
//! SQLite overwrites deleted content with zeros (`secure_delete`, set for the writer), but the full-text index only marks
//! entries as gone, moved rows can leave a copy between the rows of a page, and the WAL holds earlier pages. So the index is
//! merged anew, the file rebuilt, and the WAL folded in and cut to nothing. PostgreSQL keeps old rows until a vacuum; its own
//! WAL and archives are the server's, and their life is set there.

use sqlx::AssertSqlSafe;

use crate::db::Db;

/// Tables that hold what people wrote.
const TABLES: [&str; 23] = [
    "cases",
    "submissions",
    "identities",
    "messages",
    "attachments",
    "staged_files",
    "case_events",
    "assignments",
    "replies",
    "notes",
    "callbacks",
    "recusals",
    "objections",
    "extensions",
    "outbox",
    "submitter_mails",
    "case_search",
    "supervision_orders",
    "erasure_requests",
    "mandatory_reports",
    "bulk_runs",
    "rectifications",
    "rectification_steps",
];

/// How often the WAL is tried to be cut: a reader in the middle of something keeps it.
const TRIES: u32 = 20;

impl Db {
    /// Makes what was deleted unreadable in the files of the database. Done after the transaction that deleted it.
    ///
    /// # Errors
    /// The database's; doing it again is fine.
    pub async fn scrub(&self) -> Result<(), sqlx::Error> {
        match self {
            Self::Sqlite { writer, .. } => {
                let mut c = writer.acquire().await?;
                sqlx::query("INSERT INTO case_search (case_search) VALUES ('optimize')").execute(&mut *c).await?;
                sqlx::query("VACUUM").execute(&mut *c).await?;
                for _ in 0..TRIES {
                    let (busy, _, _): (i64, i64, i64) =
                        sqlx::query_as("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(&mut *c).await?;
                    if busy == 0 {
                        return Ok(());
                    }
                    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
                }
                Err(sqlx::Error::PoolTimedOut)
            }
            Self::Postgres(pool) => {
                let mut c = pool.acquire().await?;
                for table in TABLES {
                    sqlx::query(AssertSqlSafe(format!("VACUUM {table}"))).execute(&mut *c).await?;
                }
                Ok(())
            }
        }
    }
}
