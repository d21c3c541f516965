//! The rules of `src/lib.rs`, read off the source: who may call whom, where SQL stands, how long a file may be.

use std::path::{Path, PathBuf};

/// A source file: its path below `src`, and its text without test modules and comments.
struct Source {
    path: String,
    text: String,
    lines: usize,
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

fn sources() -> Vec<Source> {
    let mut paths = Vec::new();
    walk(Path::new("src"), &mut paths);
    paths.sort();
    let read = |path: PathBuf| {
        let whole = std::fs::read_to_string(&path).unwrap();
        let code = whole.split("#[cfg(test)]\nmod tests {").next().unwrap();
        let text = code.lines().filter(|l| !l.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
        let path = path.strip_prefix("src").unwrap().to_string_lossy().into_owned();
        Source { path, text, lines: whole.lines().count() }
    };
    paths.into_iter().map(read).collect()
}

impl Source {
    /// The slice or module it belongs to: the first folder, or the file.
    fn slice(&self) -> &str {
        self.path.split('/').next().unwrap().trim_end_matches(".rs")
    }

    fn is(&self, layer: &str) -> bool {
        self.path.split('/').any(|part| part.trim_end_matches(".rs") == layer)
    }

    fn is_test(&self) -> bool {
        self.path.contains("tests") || self.path.contains("_tests") || self.path.contains("samples")
    }

    /// The paths below `crate` that it names, with groups spelled out.
    fn uses(&self) -> Vec<String> {
        let mut found = Vec::new();
        let mut rest = self.text.as_str();
        while let Some(at) = rest.find("crate::") {
            rest = &rest[at + "crate::".len()..];
            spell_out(rest, "", &mut found);
        }
        found
    }
}

/// Reads one path from the start of a text: `a::b`, or `{a, b::{c, d}}`; gives how far it read.
fn spell_out(text: &str, before: &str, found: &mut Vec<String>) -> usize {
    let mut at = 0;
    let bytes = text.as_bytes();
    let mut path = before.to_string();
    while at < bytes.len() {
        match bytes[at] {
            b'{' => {
                at += 1;
                loop {
                    while at < bytes.len() && (bytes[at].is_ascii_whitespace() || bytes[at] == b',') {
                        at += 1;
                    }
                    if at >= bytes.len() || bytes[at] == b'}' {
                        return at + 1;
                    }
                    let read = spell_out(&text[at..], &path, found);
                    if read == 0 {
                        return at;
                    }
                    at += read;
                }
            }
            c if c.is_ascii_alphanumeric() || c == b'_' || c == b':' => {
                path.push(char::from(c));
                at += 1;
            }
            _ => break,
        }
    }
    if path != before {
        found.push(path);
    }
    at
}

/// Folders of `src` that are slices: nouns of the domain with stores of their own.
const SLICES: &[&str] = &[
    "access_points",
    "accounts",
    "attachments",
    "board",
    "boxes",
    "callbacks",
    "cases",
    "forms",
    "hotline",
    "intake",
    "letters",
    "notify",
    "organizations",
    "patrols",
    "personal_data",
    "questionnaires",
    "rectifications",
    "reports",
    "representatives",
    "routing",
    "supervision",
    "templates",
    "visits",
];

#[test]
fn a_slice_never_calls_another_ones_store() {
    let mut wrong = Vec::new();
    for source in sources().iter().filter(|s| !s.is_test()) {
        for used in source.uses() {
            let mut parts = used.split("::");
            let (slice, rest) = (parts.next().unwrap_or_default(), used.split("::").skip(1).any(|p| p == "store"));
            if SLICES.contains(&slice) && rest && slice != source.slice() {
                wrong.push(format!("{} uses {used}", source.path));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn pages_and_forms_never_speak_to_stores() {
    let mut wrong = Vec::new();
    for source in sources().iter().filter(|s| (s.is("pages") || s.is("form")) && !s.is_test()) {
        // Types of a row may be shown; functions of a store may not be called.
        for line in source.text.lines().filter(|l| l.contains("store::") && l.contains(".await")) {
            wrong.push(format!("{}: {}", source.path, line.trim()));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn models_know_the_kernel_and_each_other_only() {
    let mut wrong = Vec::new();
    for source in sources().iter().filter(|s| s.is("model") && SLICES.contains(&s.slice())) {
        for used in source.uses() {
            let first = used.split("::").next().unwrap_or_default();
            let allowed = first == "kernel"
                || first == source.slice()
                // What a language is, which every text with two of them needs; how macros of ours are called.
                || ["i18n", "code_enum", "id_type"].contains(&first)
                // Why a change is refused: the key of a sentence beside a field.
                || used == "ui::field::FieldError"
                || (SLICES.contains(&first) && used.contains("model"));
            if !allowed {
                wrong.push(format!("{} uses {used}", source.path));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn the_kernel_knows_nothing_else() {
    let mut wrong = Vec::new();
    for source in sources().iter().filter(|s| s.slice() == "kernel") {
        for used in source.uses() {
            if !["kernel", "code_enum", "id_type", "sql_text"].contains(&used.split("::").next().unwrap_or_default()) {
                wrong.push(format!("{} uses {used}", source.path));
            }
        }
        for io in ["std::fs", "std::net::Tcp", "tokio::"] {
            if source.text.contains(io) {
                wrong.push(format!("{} does {io}", source.path));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn sql_stands_in_stores_alone() {
    let mut wrong = Vec::new();
    for source in sources().iter().filter(|s| !s.is("store") && s.slice() != "db" && !s.is_test()) {
        for sql in ["sqlx::query", "db_execute!", "db_all!", "db_one!", "db_optional!", "db_query!"] {
            if source.text.contains(sql) {
                wrong.push(format!("{} has {sql}", source.path));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn files_are_short_and_nothing_is_silenced() {
    let mut wrong = Vec::new();
    for source in sources() {
        if source.lines > 400 {
            wrong.push(format!("{} has {} lines", source.path, source.lines));
        }
        for bad in ["#[allow", "#![allow", "todo!(", "unimplemented!(", "inner_html", "dbg!("] {
            if source.text.contains(bad) {
                wrong.push(format!("{} has {bad}", source.path));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn grouped_uses_are_read() {
    let mut found = Vec::new();
    spell_out("{a::b, c::{d, e::f},\n g}; rest", "", &mut found);
    assert_eq!(found, ["a::b", "c::d", "c::e::f", "g"]);
}
