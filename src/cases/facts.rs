//! What reports read of cases: no word of anybody, only what can be counted.

use chrono::{DateTime, Utc};

use crate::{
    accounts::model::Actor,
    cases::{model::Outcome, store, visibility::Scope},
    db::Conn,
    error::Result,
};

pub use store::facts::{AnswerRow, FactRow, HappenedRow};

/// The cases that came in a time and that a person may see.
///
/// # Errors
/// The database's.
pub async fn received_between(
    c: &mut Conn,
    actor: &Actor,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> Result<Vec<FactRow>> {
    Ok(store::facts::received_between(c, &Scope::of(actor), from, to).await?)
}

/// What happened to these cases, as far as something is counted of it.
///
/// # Errors
/// The database's.
pub async fn happened_between(
    c: &mut Conn,
    actor: &Actor,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> Result<Vec<HappenedRow>> {
    Ok(store::facts::happened_between(c, &Scope::of(actor), from, to).await?)
}

/// Answers that went out since a time, of cases that a person may see: for whether an answer was given before.
///
/// # Errors
/// The database's.
pub async fn answers_since(c: &mut Conn, actor: &Actor, since: DateTime<Utc>) -> Result<Vec<AnswerRow>> {
    Ok(store::facts::answers_since(c, &Scope::of(actor), since).await?)
}

/// What became of suggestions, in answers to the cases that came in a time.
///
/// # Errors
/// The database's.
pub async fn outcomes_between(
    c: &mut Conn,
    actor: &Actor,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> Result<Vec<Outcome>> {
    Ok(store::facts::outcomes_between(c, &Scope::of(actor), from, to).await?)
}
