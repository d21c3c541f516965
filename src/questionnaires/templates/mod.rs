//! Templates 模板: questionnaires that ship, each a file of our own format with a few words about when to use it. Whoever
//! begins with one gets a copy, to change as they like.

pub mod pages;

use std::sync::LazyLock;

use serde::Deserialize;

use crate::forms::model::{Definition, Text};

/// A questionnaire to begin with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// What is sent for it.
    pub code: &'static str,
    /// Its title.
    pub title: Text,
    /// When to use it, and how long it takes.
    pub about: Text,
    /// The questionnaire.
    pub definition: Definition,
}

/// The files, in the order in which they are offered.
const FILES: [(&str, &str); 8] = [
    ("satisfaction", include_str!("satisfaction.json")),
    ("canteen", include_str!("canteen.json")),
    ("homework", include_str!("homework.json")),
    ("transport", include_str!("transport.json")),
    ("conduct", include_str!("conduct.json")),
    ("bullying", include_str!("bullying.json")),
    ("lesson", include_str!("lesson.json")),
    ("event", include_str!("event.json")),
];

#[derive(Deserialize)]
struct File {
    about: Text,
    definition: Definition,
}

/// Every template.
pub fn all() -> &'static [Template] {
    static ALL: LazyLock<Vec<Template>> = LazyLock::new(|| {
        // Every file can be read: a test says so.
        let read = FILES.iter().filter_map(|(code, text)| Some((*code, serde_json::from_str::<File>(text).ok()?)));
        read.map(|(code, File { about, definition })| Template {
            code,
            title: definition.title.clone(),
            about,
            definition,
        })
        .collect()
    });
    &ALL
}

/// The template of a code.
pub fn by_code(code: &str) -> Option<&'static Template> {
    all().iter().find(|t| t.code == code)
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
