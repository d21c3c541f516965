//! The database: SQLite (embedded, the default) or PostgreSQL, behind one type.
//!
//! - [`Db`] is the pool, [`Conn`] a connection, [`Tx`] a transaction for writing. Store functions take `&mut Conn`, so
//!   that the caller decides about the transaction.
//! - A statement is one text for both; [`crate::db_query!`] runs it on whichever it is. What differs stands in
//!   [`dialect`], and nowhere else.
//! - SQLite has one writer connection (`BEGIN IMMEDIATE`, WAL, `synchronous=FULL`) and a pool of `query_only` readers.

mod connect;
pub mod copy;
pub mod dialect;
mod error;
mod scrub;

pub use connect::{NEWEST_SCHEMA, connect};
pub use error::{constraint, is_busy};

use sqlx::{PgConnection, PgPool, Postgres, Sqlite, SqliteConnection, SqlitePool, Transaction, pool::PoolConnection};

/// The database's pools.
#[derive(Clone, Debug)]
pub enum Db {
    /// One file: a single writer, several readers.
    Sqlite {
        /// The one connection that writes.
        writer: SqlitePool,
        /// Connections that can't write.
        readers: SqlitePool,
    },
    /// A PostgreSQL server.
    Postgres(PgPool),
}

/// A connection; inside a transaction when it belongs to a [`Tx`].
#[derive(Debug)]
pub enum Conn {
    /// A SQLite reader.
    Sqlite(PoolConnection<Sqlite>),
    /// The SQLite writer in a transaction.
    SqliteTx(Transaction<'static, Sqlite>),
    /// A PostgreSQL connection.
    Postgres(PoolConnection<Postgres>),
    /// A PostgreSQL connection in a transaction.
    PostgresTx(Transaction<'static, Postgres>),
}

/// The driver's own connection, as [`crate::db_query!`] needs it.
pub enum Raw<'a> {
    /// SQLite.
    Sqlite(&'a mut SqliteConnection),
    /// PostgreSQL.
    Postgres(&'a mut PgConnection),
}

impl Conn {
    /// The driver's connection.
    pub fn raw(&mut self) -> Raw<'_> {
        match self {
            Self::Sqlite(c) => Raw::Sqlite(c),
            Self::SqliteTx(c) => Raw::Sqlite(c),
            Self::Postgres(c) => Raw::Postgres(c),
            Self::PostgresTx(c) => Raw::Postgres(c),
        }
    }
}

/// A transaction for writing. Dropped without [`Tx::commit`], it is rolled back.
#[derive(Debug)]
pub struct Tx(Conn);

impl std::ops::Deref for Tx {
    type Target = Conn;
    fn deref(&self) -> &Conn {
        &self.0
    }
}

impl std::ops::DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut Conn {
        &mut self.0
    }
}

impl Tx {
    /// Makes the changes durable: when this returns `Ok`, they survive a power cut.
    ///
    /// # Errors
    /// The database's error; nothing was changed then.
    pub async fn commit(self) -> Result<(), sqlx::Error> {
        match self.0 {
            Conn::SqliteTx(tx) => tx.commit().await,
            Conn::PostgresTx(tx) => tx.commit().await,
            Conn::Sqlite(_) | Conn::Postgres(_) => Ok(()),
        }
    }
}

impl Db {
    /// A connection for reading.
    ///
    /// # Errors
    /// When none comes free in time.
    pub async fn read(&self) -> Result<Conn, sqlx::Error> {
        Ok(match self {
            Self::Sqlite { readers, .. } => Conn::Sqlite(readers.acquire().await?),
            Self::Postgres(pool) => Conn::Postgres(pool.acquire().await?),
        })
    }

    /// A transaction for writing.
    ///
    /// # Errors
    /// When the writer does not come free in time.
    pub async fn write(&self) -> Result<Tx, sqlx::Error> {
        Ok(Tx(match self {
            Self::Sqlite { writer, .. } => Conn::SqliteTx(writer.begin_with("BEGIN IMMEDIATE").await?),
            Self::Postgres(pool) => Conn::PostgresTx(pool.begin().await?),
        }))
    }

    /// Closes every connection; SQLite folds its WAL into the file.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { writer, readers } => {
                readers.close().await;
                writer.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

/// Runs one expression on whichever driver the connection has:
/// `db_query!(conn, |c| sqlx::query("…").bind(x).execute(c).await)`.
#[macro_export]
macro_rules! db_query {
    ($conn:expr, |$c:ident| $body:expr) => {
        match $conn.raw() {
            $crate::db::Raw::Sqlite($c) => $body,
            $crate::db::Raw::Postgres($c) => $body,
        }
    };
}

/// A statement that changes rows; gives the number of rows it changed.
#[macro_export]
macro_rules! db_execute {
    ($conn:expr, $sql:expr $(, $bind:expr)* $(,)?) => {
        $crate::db_query!($conn, |c| sqlx::query($sql)$(.bind($bind))*.execute(c).await.map(|done| done.rows_affected()))
    };
}

/// A statement that reads all rows as `$row`.
#[macro_export]
macro_rules! db_all {
    ($conn:expr, $row:ty, $sql:expr $(, $bind:expr)* $(,)?) => {
        $crate::db_query!($conn, |c| sqlx::query_as::<_, $row>($sql)$(.bind($bind))*.fetch_all(c).await)
    };
}

/// A statement that reads at most one row as `$row`.
#[macro_export]
macro_rules! db_optional {
    ($conn:expr, $row:ty, $sql:expr $(, $bind:expr)* $(,)?) => {
        $crate::db_query!($conn, |c| sqlx::query_as::<_, $row>($sql)$(.bind($bind))*.fetch_optional(c).await)
    };
}

/// A statement that reads exactly one row as `$row`.
#[macro_export]
macro_rules! db_one {
    ($conn:expr, $row:ty, $sql:expr $(, $bind:expr)* $(,)?) => {
        $crate::db_query!($conn, |c| sqlx::query_as::<_, $row>($sql)$(.bind($bind))*.fetch_one(c).await)
    };
}
