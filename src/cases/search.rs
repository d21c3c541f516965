//! What the search finds a case by: its number, its place, and everything that its submitters wrote.

use crate::{
    cases::{model::Case, store},
    db::{Conn, dialect},
    error::Result,
    intake,
    kernel::text::search_tokens,
};

/// Puts a case into the index, with what its submitters wrote. What stood there of it before is replaced.
pub(super) async fn index(c: &mut Conn, case: &Case, written: &[&str]) -> Result<()> {
    let mut tokens = search_tokens(&case.number);
    for text in [case.place.as_str()].iter().chain(written) {
        tokens.extend(search_tokens(text));
    }
    dialect::index_case(c, case.id, &tokens).await?;
    Ok(())
}

/// Puts a case into the index again, after its submitter wrote more.
pub(super) async fn index_again(c: &mut Conn, case: &Case) -> Result<()> {
    let bodies = intake::actions::bodies_of_case(c, case.organization_id, case.id).await?;
    let messages = store::messages::of_case(c, case.id).await?;
    let of_submitter = messages.iter().filter(|m| m.author_id.is_none()).map(|m| m.body.as_str());
    let written: Vec<&str> = bodies.iter().map(String::as_str).chain(of_submitter).collect();
    index(c, case, &written).await
}
