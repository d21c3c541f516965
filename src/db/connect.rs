//! Opening the database and bringing its schema up to date.

use std::{str::FromStr, time::Duration};

use sqlx::{
    PgPool, SqlitePool,
    migrate::{Migrate, Migrator},
    postgres::PgPoolOptions,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use crate::{
    db::{Db, dialect},
    error::StartError,
};

static SQLITE: Migrator = sqlx::migrate!("src/db/migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("src/db/migrations/postgres");

/// The schema that this program works with: the number of its newest migration.
pub const NEWEST_SCHEMA: i64 = 43;

/// Readers see the file through the system's own memory, up to so many bytes: what a connection has read it forgets at
/// every change that somebody else makes, and would read it again.
const MAPPED: &str = "1073741824";

/// How long a request waits for a connection before it answers "try again later".
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(8);

/// Opens the database at `url`, creates it when it is a SQLite file that does not exist, and applies migrations.
///
/// # Errors
/// A sentence for the operator: unreachable, too old a SQLite, a schema from a newer program.
pub async fn connect(url: &str) -> Result<Db, StartError> {
    let db = if url.starts_with("sqlite:") {
        open_sqlite(url).await?
    } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
        open_postgres(url).await?
    } else {
        return Err(StartError::new(format!(
            "HUIYIN_DATABASE_URL must start with sqlite: or postgres:, and it is {url:?}."
        )));
    };
    check_sqlite_version(&db).await?;
    migrate(&db).await?;
    Ok(db)
}

/// Reads where a SQLite database lies.
pub(super) fn sqlite_options(url: &str) -> Result<SqliteConnectOptions, StartError> {
    SqliteConnectOptions::from_str(url).map_err(|e| StartError::new(format!("HUIYIN_DATABASE_URL can't be read: {e}.")))
}

async fn open_sqlite(url: &str) -> Result<Db, StartError> {
    let options = sqlite_options(url)?
        .create_if_missing(true)
        .foreign_keys(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        // What is deleted is overwritten (promise 24).
        .pragma("secure_delete", "ON")
        .busy_timeout(Duration::from_secs(5));
    if let Some(folder) = options.get_filename().parent().filter(|f| !f.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(|e| {
            StartError::new(format!("The folder {} of the database can't be made: {e}.", folder.display()))
        })?;
    }
    private(options.get_filename());
    let explain = |e: sqlx::Error| StartError::new(format!("The database {url} can't be opened: {e}."));
    let writer: SqlitePool = SqlitePoolOptions::new()
        .max_connections(1)
        .min_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .connect_with(options.clone())
        .await
        .map_err(explain)?;
    let readers = SqlitePoolOptions::new().max_connections(8).acquire_timeout(ACQUIRE_TIMEOUT).connect_lazy_with(
        options.pragma("query_only", "ON").pragma("mmap_size", MAPPED).optimize_on_close(false, None),
    );
    Ok(Db::Sqlite { writer, readers })
}

/// A new database file is nobody's but the program's; what SQLite puts beside it follows. Where it can't be made here,
/// opening it says why.
fn private(file: &std::path::Path) {
    let mut how = std::fs::OpenOptions::new();
    how.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut how, 0o600);
    drop(how.open(file));
}

pub(super) async fn open_postgres(url: &str) -> Result<Db, StartError> {
    let pool: PgPool = PgPoolOptions::new()
        .max_connections(16)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .connect(url)
        .await
        .map_err(|e| StartError::new(format!("PostgreSQL can't be reached: {e}. Check HUIYIN_DATABASE_URL.")))?;
    Ok(Db::Postgres(pool))
}

/// SQLite before 3.51.3 can lose committed transactions in WAL mode (its WAL-reset race).
async fn check_sqlite_version(db: &Db) -> Result<(), StartError> {
    let mut conn = db.read().await.map_err(StartError::database)?;
    let version = dialect::sqlite_version(&mut conn).await.map_err(StartError::database)?;
    match version {
        Some(found) if found < (3, 51, 3) => Err(StartError::new(format!(
            "SQLite {}.{}.{} can lose data in WAL mode; this program needs 3.51.3 or newer. Build it with its bundled SQLite.",
            found.0, found.1, found.2
        ))),
        _ => Ok(()),
    }
}

async fn migrate(db: &Db) -> Result<(), StartError> {
    let newest = match db {
        Db::Sqlite { writer, .. } => {
            let mut conn = writer.acquire().await.map_err(StartError::database)?;
            newest_applied(&mut *conn).await?
        }
        Db::Postgres(pool) => {
            let mut conn = pool.acquire().await.map_err(StartError::database)?;
            newest_applied(&mut *conn).await?
        }
    };
    if newest > NEWEST_SCHEMA {
        return Err(StartError::new(format!(
            "The database has schema {newest}, made by a newer Huiyin; this program knows {NEWEST_SCHEMA}. Start the newer program, or restore the backup made before its upgrade."
        )));
    }
    let done = match db {
        Db::Sqlite { writer, .. } => SQLITE.run(writer).await,
        Db::Postgres(pool) => POSTGRES.run(pool).await,
    };
    done.map_err(|e| StartError::new(format!("The database's schema can't be brought up to date: {e}.")))
}

async fn newest_applied<C: Migrate>(conn: &mut C) -> Result<i64, StartError> {
    let explain = |e| StartError::new(format!("The database's schema can't be read: {e}."));
    conn.ensure_migrations_table(&SQLITE.table_name).await.map_err(explain)?;
    let applied = conn.list_applied_migrations(&SQLITE.table_name).await.map_err(explain)?;
    Ok(applied.iter().map(|m| m.version).max().unwrap_or(0))
}
