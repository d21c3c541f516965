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

/// Puts a case into the index again, after its submitter wrote more, or others were merged into it.
pub(super) async fn index_again(c: &mut Conn, case: &Case) -> Result<()> {
    let merged = store::merges::members(c, case.id).await?;
    let mut written = Vec::new();
    for id in std::iter::once(case.id).chain(merged.iter().map(|m| m.id)) {
        written.extend(intake::actions::bodies_of_case(c, case.organization_id, id).await?);
        let messages = store::messages::of_case(c, id).await?;
        written.extend(messages.into_iter().filter(|m| m.author_id.is_none()).map(|m| m.body));
    }
    // A part is found by what the office wrote of it.
    written.extend(store::splits::of_part(c, case.id).await?.map(|split| split.matter));
    // The lead of merged cases is found by their numbers too.
    written.extend(merged.into_iter().map(|m| m.number));
    index(c, case, &written.iter().map(String::as_str).collect::<Vec<_>>()).await
}
