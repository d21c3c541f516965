//! A checklist as the office writes it: one item a line.
//!
//! `# 卫生 | Hygiene` begins a part; a line is a yes-or-no item; a line that begins with `*` is a score from 1 to 5. Behind a
//! `|` stands the English, which may be missing.

use crate::{
    forms::model::{Definition, QuestionKind, Section, Text},
    kernel::text::{char_count, normalize_line},
    visits::{
        model::VisitKind,
        rules,
        templates::{Item, questions_of},
    },
};

/// Most items of a checklist: more is not walked through.
pub const MOST_ITEMS: usize = 40;
/// Most characters of an item.
pub const MOST_CHARS: usize = 80;

/// The lines of a checklist.
pub fn show(definition: &Definition) -> String {
    let both = |text: &Text| match text.en.as_str() {
        "" => text.zh.clone(),
        en => format!("{} | {en}", text.zh),
    };
    let mut lines = Vec::new();
    for section in &definition.sections {
        lines.push(format!("# {}", both(&section.title)));
        for item in section.questions.iter().filter(|q| rules::is_item(q)) {
            let star = if item.kind == QuestionKind::Scale { "* " } else { "" };
            lines.push(format!("{star}{}", both(&item.label)));
        }
    }
    lines.join("\n")
}

/// Reads the lines. An item that `before` had already keeps its key, so that what is seen again and again is still counted
/// together.
///
/// # Errors
/// The key of a sentence that says what is wrong.
pub fn read(title: Text, kind: VisitKind, lines: &str, before: &Definition) -> Result<Definition, &'static str> {
    let mut definition = Definition { title, ..Definition::default() };
    let mut next =
        rules::items(before).filter_map(|q| q.key.strip_prefix('a')?.parse::<usize>().ok()).max().unwrap_or(0);
    let mut seen: Vec<String> = Vec::new();
    for line in lines.lines().map(normalize_line).filter(|line| !line.is_empty()) {
        if let Some(title) = line.strip_prefix('#') {
            let (zh, en) = halves(title);
            definition.sections.push(Section { title: Text::new(zh, en), ..Section::default() });
            continue;
        }
        let (is_score, words) = line.strip_prefix(['*', '＊']).map_or((false, line.as_str()), |rest| (true, rest));
        let (zh, en) = halves(words);
        if zh.is_empty() || char_count(zh) > MOST_CHARS || char_count(en) > 2 * MOST_CHARS {
            return Err("visits.error.item");
        }
        if seen.iter().any(|s| s == zh) {
            return Err("visits.error.item_twice");
        }
        seen.push(zh.to_string());
        let item = if is_score { Item::Score(zh, en) } else { Item::Check(zh, en) };
        let known = rules::items(before).find(|q| q.label.zh == zh).map(|q| q.key.clone());
        let key = known.unwrap_or_else(|| {
            next += 1;
            format!("a{next}")
        });
        if definition.sections.is_empty() {
            definition.sections.push(Section::default());
        }
        if let Some(section) = definition.sections.last_mut() {
            section.questions.extend(questions_of(&key, item, kind));
        }
    }
    definition.sections.retain(|s| !s.questions.is_empty());
    for (number, section) in (1..).zip(&mut definition.sections) {
        section.key = format!("s{number}");
    }
    match seen.len() {
        0 => Err("visits.error.items_none"),
        n if n > MOST_ITEMS => Err("visits.error.items_many"),
        _ => Ok(definition),
    }
}

fn halves(words: &str) -> (&str, &str) {
    let (zh, en) = words.split_once('|').unwrap_or((words, ""));
    (zh.trim(), en.trim())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::visits::templates;

    #[test]
    fn every_shipped_checklist_reads_back_as_it_is_shown() {
        for template in templates::all() {
            let definition = template.definition();
            let again = read(definition.title.clone(), template.kind, &show(&definition), &definition).unwrap();
            assert_eq!(again, definition, "{:?}", template.title);
        }
    }

    #[test]
    fn an_item_that_stays_keeps_its_key_and_a_new_one_gets_a_new_one() {
        let title = || Text::new("操场", "");
        let kind = VisitKind::Patrol;
        let first = read(title(), kind, "# 卫生\n甲\n*乙\n丙", &Definition::default()).unwrap();
        let second = read(title(), kind, "丁\n＊乙 | B\n丙", &first).unwrap();
        let keys: Vec<(&str, &str)> = rules::items(&second).map(|q| (q.key.as_str(), q.label.zh.as_str())).collect();
        assert_eq!(keys, [("a4", "丁"), ("a2", "乙"), ("a3", "丙")]);
    }

    #[test]
    fn what_can_not_be_a_checklist_is_refused() {
        let read = |lines: &str| read(Text::new("甲", ""), VisitKind::Patrol, lines, &Definition::default()).err();
        assert_eq!(read("# 只有标题"), Some("visits.error.items_none"));
        assert_eq!(read("甲\n甲"), Some("visits.error.item_twice"));
        assert_eq!(read(&"长".repeat(81)), Some("visits.error.item"));
        let many: Vec<String> = (0..41).map(|n| format!("第{n}项")).collect();
        assert_eq!(read(&many.join("\n")), Some("visits.error.items_many"));
    }
}
