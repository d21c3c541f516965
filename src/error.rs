//! The two kinds of errors: [`Error`] answers a request and tells nothing internal; [`StartError`] is a sentence for the
//! operator that says what to do.

use std::fmt::Display;

/// Why a request can't be done. `http::respond` turns it into a page or JSON in the reader's language.
#[derive(Debug)]
pub enum Error {
    /// There is no such thing, or this person may not know of it: both look the same (promise 13).
    NotFound,
    /// Nobody is signed in.
    SignIn,
    /// The organisation requires the second step of signing in, and the person has not set it up yet.
    SecondStep,
    /// Somebody else changed it first (promise 7).
    Conflict,
    /// The request makes no sense; the key of the sentence that says so.
    Bad(&'static str),
    /// The form was sent from somewhere else (promise 16).
    CrossSite,
    /// The body is larger than allowed.
    TooLarge,
    /// Too many tries; seconds to wait.
    TooMany(u64),
    /// It can't be stored right now; nothing was lost on the sender's side (promise 4).
    Unavailable,
    /// Our fault. The text goes to the log under a random id, never to the reader.
    Internal(String),
}

/// The result of an action or a page.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// Our fault, with what is known about it; no content, names or codes (promise 25).
    pub fn internal(what: impl Display) -> Self {
        Self::Internal(what.to_string())
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        if crate::db::is_busy(&error) {
            tracing::error!(name: "database.unavailable", kind = %short(&error));
            Self::Unavailable
        } else {
            Self::Internal(short(&error))
        }
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        use std::io::ErrorKind::{QuotaExceeded, ReadOnlyFilesystem, StorageFull};
        match error.kind() {
            StorageFull | QuotaExceeded | ReadOnlyFilesystem => Self::Unavailable,
            kind => Self::Internal(format!("file: {kind}")),
        }
    }
}

/// A database error without the values that some of them quote.
fn short(error: &sqlx::Error) -> String {
    match error {
        sqlx::Error::Database(db) => {
            format!(
                "database: code {} constraint {}",
                db.code().unwrap_or_default(),
                crate::db::constraint(error).unwrap_or_default()
            ) + if cfg!(debug_assertions) { db.message() } else { "" }
        }
        sqlx::Error::ColumnDecode { index, .. } => format!("database: column {index} can't be decoded"),
        other => format!("database: {}", other.to_string().chars().take(160).collect::<String>()),
    }
}

/// Why the program can't start, or a command can't be done.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct StartError(String);

impl StartError {
    /// The sentence for the operator.
    pub fn new(sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }

    /// The database refused something at the start.
    #[expect(clippy::needless_pass_by_value, reason = "used as map_err's function")]
    pub fn database(error: sqlx::Error) -> Self {
        Self(format!("The database does not answer: {error}."))
    }
}

impl From<Error> for StartError {
    fn from(error: Error) -> Self {
        Self(match error {
            Error::Internal(what) => format!("It failed inside: {what}."),
            other => format!("It could not be done: {other:?}."),
        })
    }
}

impl From<sqlx::Error> for StartError {
    fn from(error: sqlx::Error) -> Self {
        Self::database(error)
    }
}
