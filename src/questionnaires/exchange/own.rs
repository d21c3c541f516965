//! Our own JSON: a name, a version, the definition. What is exported comes back exactly.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    forms::{
        model::{Choice, Definition, Text},
        problems::is_key,
    },
    kernel::text::normalize_text,
    questionnaires::exchange::{Format, Imported, Loss, finish},
};

/// The name inside the file.
const NAME: &str = "huiyin-questionnaire";
/// The version that is written, and the newest that is read.
const VERSION: u64 = 1;

#[derive(Serialize)]
struct File<'a> {
    format: &'static str,
    version: u64,
    definition: &'a Definition,
}

/// Whether it says that it is ours.
pub fn is_own(value: &Value) -> bool {
    value.get("format").and_then(Value::as_str) == Some(NAME)
}

/// Writes a questionnaire.
pub fn write(definition: &Definition) -> String {
    // Strings, numbers and lists alone: there is nothing that could not be written.
    serde_json::to_string_pretty(&File { format: NAME, version: VERSION, definition }).unwrap_or_default()
}

/// Reads what [`write`] wrote.
///
/// # Errors
/// The key of a sentence that says why it is refused.
pub fn read(mut value: Value) -> Result<Imported, &'static str> {
    match value.get("version").and_then(Value::as_u64) {
        Some(VERSION) => {}
        Some(newer) if newer > VERSION => return Err("exchange.error.newer"),
        _ => return Err("exchange.error.json"),
    }
    let inner = value.get_mut("definition").map(Value::take).ok_or("exchange.error.json")?;
    let mut definition = Definition::deserialize(&inner).map_err(|_| "exchange.error.json")?;
    finish::bounded(&definition)?;
    if !is_sound(&definition) {
        return Err("exchange.error.keys");
    }
    let mut losses = Vec::new();
    if serde_json::to_value(&definition).is_ok_and(|read| read != inner) {
        losses.push(Loss::new("", "exchange.loss.unknown_parts", ""));
    }
    for text in finish::texts(&mut definition) {
        clean(&mut text.zh);
        clean(&mut text.en);
    }
    Ok(Imported { format: Format::Own, definition, losses })
}

/// Signs that no page shows, and no database takes, are gone; everything else stays as it is.
fn clean(text: &mut String) {
    let hidden = |c: char| {
        (c.is_control() && c != '\n' && c != '\t') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    if text.contains(hidden) {
        *text = normalize_text(text);
    }
}

/// Whether keys and codes are such that they can stand in names of fields, each once.
fn is_sound(definition: &Definition) -> bool {
    let mut keys = HashSet::new();
    let mut all = definition.sections.iter().map(|s| &s.key).chain(definition.questions().map(|q| &q.key));
    let codes = |list: &[Choice]| {
        let mut seen = HashSet::new();
        list.iter().all(|c| is_key(&c.code) && seen.insert(c.code.as_str()))
    };
    all.all(|key| is_key(key) && keys.insert(key.as_str()))
        && definition.questions().all(|q| codes(&q.choices) && codes(&q.rows))
}

/// A text that says the same in both languages says it once.
pub fn once(text: Text) -> Text {
    if text.zh == text.en { Text { en: String::new(), ..text } } else { text }
}

#[cfg(test)]
#[path = "own_tests.rs"]
mod tests;
