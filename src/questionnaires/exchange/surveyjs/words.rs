//! Texts: a string, or one for each language.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::{
    forms::model::Text,
    questionnaires::exchange::{own, plain},
};

/// How texts of a file are read.
#[derive(Debug)]
pub struct Words {
    /// Whether its first language is Chinese.
    chinese: bool,
    /// Languages that we have no place for.
    pub others: BTreeSet<String>,
    /// Whether pictures or links were left out of the last text.
    pub lost: bool,
    /// Whether the last text has a piece that would be replaced.
    pub piece: bool,
    /// Whether the text is marked up, whatever it looks like.
    html: bool,
}

impl Words {
    /// By the language that the file names, or that it is written in.
    pub fn new(root: &Value) -> Self {
        let named = root.get("locale").and_then(Value::as_str).unwrap_or_default().to_ascii_lowercase();
        let chinese = if named.is_empty() { has_chinese(root) } else { named.starts_with("zh") };
        let mut others = BTreeSet::new();
        if !named.is_empty() && !chinese && !named.starts_with("en") && named != "default" {
            others.insert(named);
        }
        Self { chinese, others, lost: false, piece: false, html: false }
    }

    /// Words in the language of the file.
    pub fn of_file(&self, words: &str) -> Text {
        if self.chinese { Text::new(words, "") } else { Text::new("", words) }
    }

    /// A marked-up text; empty when there is none.
    pub fn read_html(&mut self, value: Option<&Value>) -> Text {
        self.html = true;
        let text = self.read(value);
        self.html = false;
        text
    }

    /// A text; empty when there is none.
    pub fn read(&mut self, value: Option<&Value>) -> Text {
        (self.lost, self.piece) = (false, false);
        let mut text = Text::default();
        match value {
            Some(Value::Object(map)) => {
                let mut first = None;
                for (language, words) in map {
                    let words = self.one(words);
                    let language = language.to_ascii_lowercase();
                    match language.as_str() {
                        "default" => first = Some(words),
                        l if l.starts_with("zh") => {
                            // Simplified before traditional.
                            if text.zh.is_empty() || l != "zh-tw" {
                                text.zh = words;
                            }
                        }
                        l if l.starts_with("en") => text.en = words,
                        _ if words.is_empty() => {}
                        _ => {
                            self.others.insert(language);
                        }
                    }
                }
                let place = if self.chinese { &mut text.zh } else { &mut text.en };
                if let Some(first) = first
                    && place.is_empty()
                {
                    *place = first;
                }
            }
            Some(value) => {
                let words = self.one(value);
                text = self.of_file(&words);
            }
            None => {}
        }
        own::once(text)
    }

    fn one(&mut self, value: &Value) -> String {
        let words = match value {
            Value::String(s) => s.clone(),
            Value::Number(n) => n.to_string(),
            Value::Bool(b) => b.to_string(),
            _ => return String::new(),
        };
        self.piece = self.piece || plain::has_piece(&words);
        if self.html || plain::is_marked_up(&words) {
            let read = plain::plain(&words);
            self.lost = self.lost || read.lost;
            return read.text;
        }
        words
    }
}

/// Whether any text of a file is Chinese.
fn has_chinese(value: &Value) -> bool {
    match value {
        Value::String(s) => s.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)),
        Value::Array(list) => list.iter().any(has_chinese),
        Value::Object(map) => map.values().any(has_chinese),
        _ => false,
    }
}
