//! Taking away what a database keeps of deleted rows (promise 24).
//!
//! SQLite overwrites deleted content with zeros (`secure_delete`, set for the writer), but the full-text index only marks
//! entries as gone, moved rows can leave a copy between the rows of a page, and the WAL holds earlier pages. So the index is
//! merged anew, the file rebuilt, and the WAL folded in and cut to nothing. PostgreSQL keeps old rows until a vacuum, which
//! frees their place without overwriting it: so the tables are written anew, a little later, by a job ([`Db::rewrite`]). Its
//! own WAL and archives are the server's, and their life is set there.

use sqlx::{AssertSqlSafe, Connection};

use crate::db::Db;

/// How long a table is waited for before it is written anew: whoever uses it goes first, and the job tries again.
const WAIT: &str = "SET lock_timeout = '5s'";

/// Tables that hold what people wrote.
const TABLES: [&str; 43] = [
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
    "rectification_photos",
    "contributions",
    "case_tasks",
    "case_watchers",
    "case_tags",
    "case_transfers",
    "case_splits",
    "case_pauses",
    "callback_tries",
    "callback_handovers",
    "call_tasks",
    "routing_decisions",
    "identity_requests",
    "glass_breaks",
    "lane_guests",
    "rechecks",
    "legal_holds",
    "findings",
    "responses",
    "response_files",
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

    /// Writes the tables of PostgreSQL anew, each locked meanwhile; on SQLite [`Db::scrub`] has done all there is to do.
    ///
    /// # Errors
    /// The database's, also when a table is in use for long; doing it again is fine.
    pub async fn rewrite(&self) -> Result<(), sqlx::Error> {
        let Self::Postgres(pool) = self else { return Ok(()) };
        // A connection of its own: the setting goes with it.
        let mut c = pool.acquire().await?.detach();
        sqlx::query(WAIT).execute(&mut c).await?;
        for table in TABLES {
            sqlx::query(AssertSqlSafe(format!("VACUUM (FULL, ANALYZE) {table}"))).execute(&mut c).await?;
        }
        c.close().await
    }
}
