//! SurveyJS: pages of elements as JSON.
//!
//! A page is a section. A panel is a section of its own when it has a title, and the rest of its page follows in another.
//! `visibleIf` becomes "show if". Elements that ask for what we don't have are left out and listed; settings that change
//! what is asked are listed, settings of looks are not.

mod dynamic;
mod element;
mod pages;
mod props;
mod single;
mod words;
mod write;

pub use write::write;

use serde_json::Value;

use crate::questionnaires::exchange::{Imported, surveyjs::pages::Reader};

/// Reads a questionnaire.
///
/// # Errors
/// The key of a sentence that says why it is refused.
pub fn read(root: &Value) -> Result<Imported, &'static str> {
    let has_pages = ["pages", "elements", "questions"].iter().any(|key| root.get(*key).is_some_and(Value::is_array));
    if !has_pages {
        return Err("exchange.error.unknown_json");
    }
    Reader::new(root).read(root)
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
