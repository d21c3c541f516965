//! Looking at a database without changing it, and copying it whole: for backup, restore and `huiyin doctor`. No
//! migration is applied here, so that a backup before an upgrade is one of the old schema.

use std::path::{Path, PathBuf};

use sqlx::{
    ConnectOptions, Connection, Row,
    sqlite::{SqliteConnectOptions, SqlitePoolOptions},
};

use crate::{
    db::{Conn, Db, Raw, connect},
    db_one,
    error::StartError,
};

/// The file of a SQLite database; `None` for PostgreSQL.
///
/// # Errors
/// When the address can't be read.
pub fn sqlite_file(url: &str) -> Result<Option<PathBuf>, StartError> {
    if !url.starts_with("sqlite:") {
        return Ok(None);
    }
    Ok(Some(connect::sqlite_options(url)?.get_filename().to_path_buf()))
}

/// Opens a database that exists, to read it as it is.
///
/// # Errors
/// A sentence for the operator.
pub async fn open_to_read(url: &str) -> Result<Db, StartError> {
    match sqlite_file(url)? {
        Some(file) if !file.exists() => {
            Err(StartError::new(format!("There is no database {}. Check HUIYIN_DATABASE_URL.", file.display())))
        }
        Some(_) => reader(connect::sqlite_options(url)?.pragma("query_only", "ON")).await,
        None => connect::open_postgres(url).await,
    }
}

/// Opens a copy that nobody else uses; not a byte of it changes.
///
/// # Errors
/// A sentence for the operator.
pub async fn open_copy(file: &Path) -> Result<Db, StartError> {
    reader(SqliteConnectOptions::new().filename(file).read_only(true).immutable(true)).await
}

async fn reader(options: SqliteConnectOptions) -> Result<Db, StartError> {
    let options = options.disable_statement_logging();
    let pool = SqlitePoolOptions::new().max_connections(1).connect_with(options).await?;
    Ok(Db::Sqlite { writer: pool.clone(), readers: pool })
}

/// Writes a whole, consistent copy of a SQLite database into an empty file, while others read and write it.
///
/// # Errors
/// The database's, or the disk's.
pub async fn vacuum_into(url: &str, target: &Path) -> Result<(), StartError> {
    let target =
        target.to_str().ok_or_else(|| StartError::new("The name of the file must be readable text (UTF-8)."))?;
    let mut source = connect::sqlite_options(url)?.connect().await?;
    sqlx::query("VACUUM INTO $1").bind(target).execute(&mut source).await?;
    source.close().await?;
    Ok(())
}

/// What SQLite finds wrong with its file; empty when it is whole. PostgreSQL checks itself.
///
/// # Errors
/// The database's.
pub async fn faults(c: &mut Conn) -> Result<Vec<String>, sqlx::Error> {
    let Raw::Sqlite(c) = c.raw() else { return Ok(Vec::new()) };
    let mut faults = Vec::new();
    for row in sqlx::query("PRAGMA integrity_check").fetch_all(&mut *c).await? {
        let line: String = row.try_get(0)?;
        if line != "ok" {
            faults.push(line);
        }
    }
    for row in sqlx::query("PRAGMA foreign_key_check").fetch_all(&mut *c).await? {
        let table: String = row.try_get(0)?;
        faults.push(format!("a row of {table} points at nothing"));
    }
    Ok(faults)
}

/// The schema of a database: the number of its newest migration; 0 for an empty one.
pub async fn schema(c: &mut Conn) -> i64 {
    let newest = db_one!(c, (Option<i64>,), "SELECT MAX(version) FROM _sqlx_migrations WHERE success");
    newest.ok().and_then(|row| row.0).unwrap_or(0)
}

/// What the database calls itself.
///
/// # Errors
/// The database's.
pub async fn version(c: &mut Conn) -> Result<String, sqlx::Error> {
    match c.raw() {
        Raw::Sqlite(c) => {
            let version: String = sqlx::query("SELECT sqlite_version()").fetch_one(c).await?.try_get(0)?;
            Ok(format!("SQLite {version}"))
        }
        Raw::Postgres(c) => {
            let version: String = sqlx::query("SHOW server_version").fetch_one(c).await?.try_get(0)?;
            Ok(format!("PostgreSQL {version}"))
        }
    }
}
