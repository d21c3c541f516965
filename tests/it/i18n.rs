//! The messages: complete in both languages, each one used, each use defined, and in our tone.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

/// `key: { zh-CN: "…", en: "…" }` of every slice.
fn messages() -> BTreeMap<String, (String, String)> {
    let mut all = BTreeMap::new();
    for entry in std::fs::read_dir("src/i18n").unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|e| e != "yml") {
            continue;
        }
        for line in std::fs::read_to_string(&path).unwrap().lines() {
            if line.trim().is_empty() || line.starts_with('#') || line.starts_with("_version") {
                continue;
            }
            let where_ = format!("{}: {line}", path.display());
            let (key, rest) = line.split_once(": {").unwrap_or_else(|| panic!("{where_}"));
            let value = |lang: &str| {
                let start = rest.find(&format!("{lang}: \"")).unwrap_or_else(|| panic!("no {lang} in {where_}"));
                let text = &rest[start + lang.len() + 3..];
                let mut end = 0;
                let bytes = text.as_bytes();
                while bytes[end] != b'"' || (end > 0 && bytes[end - 1] == b'\\') {
                    end += 1;
                }
                text[..end].to_string()
            };
            let earlier = all.insert(key.trim_matches('"').to_string(), (value("zh-CN"), value("en")));
            assert!(earlier.is_none(), "twice: {where_}");
        }
    }
    all
}

fn source(folder: &Path, text: &mut String) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            source(&path, text);
        } else if path.extension().is_some_and(|e| e == "rs") {
            text.push_str(&std::fs::read_to_string(path).unwrap());
        }
    }
}

/// Every string literal of the source that looks like a key, and the prefixes of `word("prefix", code)`.
fn literals() -> BTreeSet<String> {
    let mut text = String::new();
    source(Path::new("src"), &mut text);
    let is_key = |s: &str| {
        !s.is_empty() && s.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '.' | '-'))
    };
    text.split('"').filter(|s| is_key(s)).map(str::to_string).collect()
}

/// The prefixes by which `cx.word` finds the word of a code.
fn prefixes() -> BTreeSet<String> {
    let mut text = String::new();
    source(Path::new("src"), &mut text);
    let calls = text.match_indices("word(").filter_map(|(at, call)| {
        let rest = text[at + call.len()..].trim_start();
        rest.strip_prefix('"').and_then(|r| r.split('"').next()).map(str::to_string)
    });
    calls.collect()
}

fn placeholders(text: &str) -> BTreeSet<String> {
    text.split("%{").skip(1).map(|rest| rest.split('}').next().unwrap().to_string()).collect()
}

#[test]
fn both_languages_say_everything_with_the_same_placeholders() {
    let messages = messages();
    assert!(messages.len() > 400, "only {} messages were read", messages.len());
    for (key, (zh, en)) in &messages {
        assert!(!zh.is_empty() && !en.is_empty(), "{key} is empty");
        assert_eq!(placeholders(zh), placeholders(en), "{key}");
        assert!(!zh.contains(['!', '！']) && !en.contains(['!', '！']), "{key} shouts");
    }
}

#[test]
fn english_is_english() {
    let chinese = |c: char| ('\u{4E00}'..='\u{9FFF}').contains(&c);
    for (key, (_, en)) in messages() {
        // Names of things that have no English name stand beside their English.
        let only_chinese = en.chars().any(chinese) && !en.chars().any(|c| c.is_ascii_alphabetic());
        assert!(!only_chinese || key == "ui.product", "{key}: {en}");
    }
}

#[test]
fn no_message_is_unused() {
    let (literals, prefixes) = (literals(), prefixes());
    let unused: Vec<String> = messages()
        .into_keys()
        .filter(|key| {
            let by_word = key.match_indices('.').any(|(at, _)| {
                let (prefix, code) = (&key[..at], &key[at + 1..]);
                let is_prefix = prefixes.contains(prefix) || literals.contains(prefix);
                // A code word, or a number such as a weekday's.
                is_prefix && (literals.contains(code) || code.parse::<u8>().is_ok())
            });
            !literals.contains(key) && !by_word
        })
        .collect();
    assert_eq!(unused, Vec::<String>::new());
}

#[test]
fn no_message_is_missing() {
    let messages = messages();
    let slices: BTreeSet<&str> = messages.keys().filter_map(|k| k.split('.').next()).collect();
    let mut text = String::new();
    source(Path::new("src"), &mut text);
    let mut missing = BTreeSet::new();
    for call in ["cx.t(\"", "cx.tf(\"", ".t(\"", ".tf(\"", "Error::Bad(\""] {
        for (at, found) in text.match_indices(call) {
            let key = text[at + found.len()..].split('"').next().unwrap();
            if !messages.contains_key(key) {
                missing.insert(key.to_string());
            }
        }
    }
    // Keys that are handed on: errors of fields, labels of forms.
    for literal in literals() {
        let known = literal.split('.').next().is_some_and(|first| slices.contains(first));
        let looks_like_one = literal.contains(".error.") && known;
        if looks_like_one && !messages.contains_key(&literal) {
            missing.insert(literal);
        }
    }
    assert_eq!(missing, BTreeSet::new());
}
