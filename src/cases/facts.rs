//! What reports read of cases: no word of anybody, only what can be counted.

use chrono::{DateTime, Utc};

use crate::{
    accounts::model::Actor,
    cases::{store, visibility::Scope},
    db::Conn,
    error::Result,
};

pub use store::facts::FactRow;

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
