//! Changes of a draft's structure: each is one press of a button, and pure. Keys are made here; people never type them.

use std::collections::HashSet;

use crate::forms::model::{Choice, Definition, Question, QuestionKind, Section, Text};

/// Keys that are in use or were published once: a new question never gets the answers of an old one.
#[derive(Clone, Debug, Default)]
pub struct Taken(HashSet<String>);

impl Taken {
    /// The keys of these definitions; of choices and rows, `question.code`.
    pub fn of<'a>(definitions: impl IntoIterator<Item = &'a Definition>) -> Self {
        let mut taken = HashSet::new();
        for definition in definitions {
            taken.extend(definition.sections.iter().map(|s| s.key.clone()));
            for q in definition.questions() {
                taken.insert(q.key.clone());
                taken.extend(q.choices.iter().chain(&q.rows).map(|c| format!("{}.{}", q.key, c.code)));
            }
        }
        Self(taken)
    }

    /// A new key: the prefix and the number after the highest one.
    pub fn next(&mut self, prefix: &str) -> String {
        let number = |key: &String| key.strip_prefix(prefix)?.parse::<u32>().ok();
        let highest = self.0.iter().filter_map(number).max().unwrap_or(0);
        let key = format!("{prefix}{}", highest.saturating_add(1));
        self.0.insert(key.clone());
        key
    }

    /// A new code of a choice or a row.
    pub fn next_code(&mut self, question: &str, letter: &str) -> String {
        let before = format!("{question}.");
        self.next(&format!("{before}{letter}")).split_off(before.len())
    }
}

/// A change of the structure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A section at the end.
    AddSection,
    /// A question at the end of a section.
    Add(String, QuestionKind),
    /// A question or a section one place up.
    Up(String),
    /// One place down.
    Down(String),
    /// The same question once more, behind it.
    Copy(String),
    /// Away with a question, or with a section and its questions.
    Delete(String),
}

impl Step {
    /// Reads the value of a button: `up q3`, `add s1 single`.
    pub fn parse(text: &str) -> Option<Self> {
        let mut words = text.split(' ');
        let (verb, key) = (words.next()?, words.next().unwrap_or_default().to_string());
        Some(match verb {
            "section" => Self::AddSection,
            "add" => Self::Add(key, QuestionKind::parse(words.next()?)?),
            "up" => Self::Up(key),
            "down" => Self::Down(key),
            "copy" => Self::Copy(key),
            "delete" => Self::Delete(key),
            _ => return None,
        })
    }

    /// Makes the change; gives the key of what to look at afterwards. `None` when there is no such question or section, or
    /// nothing to change.
    pub fn apply(&self, draft: &mut Definition, taken: &mut Taken) -> Option<String> {
        match self {
            Self::AddSection => {
                let key = taken.next("s");
                draft.sections.push(Section { key: key.clone(), ..Section::default() });
                Some(key)
            }
            Self::Add(section, kind) => {
                let section = draft.sections.iter_mut().find(|s| s.key == *section)?;
                let question = blank(*kind, taken);
                let key = question.key.clone();
                section.questions.push(question);
                Some(key)
            }
            Self::Up(key) => shift(draft, key, false),
            Self::Down(key) => shift(draft, key, true),
            Self::Copy(key) => {
                let (s, q) = place(draft, key)?;
                let questions = &mut draft.sections[s].questions;
                let new = taken.next("q");
                questions.insert(q + 1, Question { key: new.clone(), ..questions[q].clone() });
                Some(new)
            }
            Self::Delete(key) => delete(draft, key, taken),
        }
    }
}

/// A question as it begins: enough to be seen in the preview. Its choices have no English words: who writes over them does
/// not see that others stand in the English page.
fn blank(kind: QuestionKind, taken: &mut Taken) -> Question {
    let mut question = Question::new(&taken.next("q"), kind, Text::default());
    if kind.has_choices() {
        let labels = match kind {
            QuestionKind::Matrix => ["满意", "一般", "不满意"].as_slice(),
            QuestionKind::Ranking => &["第一项", "第二项"],
            _ => &["是", "否"],
        };
        question.choices = choices(&question.key, "c", labels, taken);
    }
    if kind == QuestionKind::Matrix {
        question.rows = choices(&question.key, "r", &["第一行"], taken);
    }
    question
}

fn choices(question: &str, letter: &str, labels: &[&str], taken: &mut Taken) -> Vec<Choice> {
    labels.iter().map(|zh| Choice { code: taken.next_code(question, letter), label: Text::new(zh, "") }).collect()
}

/// Where a question stands: its section and its place in it.
pub fn place(draft: &Definition, key: &str) -> Option<(usize, usize)> {
    draft
        .sections
        .iter()
        .enumerate()
        .find_map(|(s, section)| Some((s, section.questions.iter().position(|q| q.key == key)?)))
}

/// Moves a section, or a question: over the edge of its section into the next one.
fn shift(draft: &mut Definition, key: &str, down: bool) -> Option<String> {
    if let Some(at) = draft.sections.iter().position(|s| s.key == key) {
        let to = if down { at + 1 } else { at.checked_sub(1)? };
        if to >= draft.sections.len() {
            return None;
        }
        draft.sections.swap(at, to);
        return Some(key.to_string());
    }
    let (s, q) = place(draft, key)?;
    let count = draft.sections[s].questions.len();
    match (down, q) {
        (true, q) if q + 1 < count => draft.sections[s].questions.swap(q, q + 1),
        (false, q) if q > 0 => draft.sections[s].questions.swap(q, q - 1),
        (true, _) if s + 1 < draft.sections.len() => {
            let question = draft.sections[s].questions.remove(q);
            draft.sections[s + 1].questions.insert(0, question);
        }
        (false, _) if s > 0 => {
            let question = draft.sections[s].questions.remove(q);
            draft.sections[s - 1].questions.push(question);
        }
        _ => return None,
    }
    Some(key.to_string())
}

fn delete(draft: &mut Definition, key: &str, taken: &mut Taken) -> Option<String> {
    if let Some(at) = draft.sections.iter().position(|s| s.key == key) {
        draft.sections.remove(at);
        if draft.sections.is_empty() {
            draft.sections.push(Section { key: taken.next("s"), ..Section::default() });
        }
        return draft.sections.get(at.saturating_sub(1)).map(|s| s.key.clone());
    }
    let (s, q) = place(draft, key)?;
    let section = &mut draft.sections[s];
    section.questions.remove(q);
    let neighbour = section.questions.get(q.saturating_sub(1)).map(|q| &q.key);
    Some(neighbour.unwrap_or(&section.key).clone())
}

/// The draft of an empty questionnaire.
pub fn empty(title: &str) -> Definition {
    Definition::of(Text::new(title, ""), Vec::new())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn keys(draft: &Definition) -> Vec<Vec<&str>> {
        draft.sections.iter().map(|s| s.questions.iter().map(|q| q.key.as_str()).collect()).collect()
    }

    fn apply(draft: &mut Definition, step: &str) -> Option<String> {
        let mut taken = Taken::of([&*draft]);
        Step::parse(step).unwrap().apply(draft, &mut taken)
    }

    #[test]
    fn questions_move_over_the_edge_of_their_section() {
        let mut draft = empty("问卷");
        for step in ["add s1 single", "add s1 scale", "section", "add s2 short_text"] {
            assert!(apply(&mut draft, step).is_some(), "{step}");
        }
        assert_eq!(keys(&draft), [vec!["q1", "q2"], vec!["q3"]]);
        apply(&mut draft, "down q2");
        assert_eq!(keys(&draft), [vec!["q1"], vec!["q2", "q3"]]);
        apply(&mut draft, "up q2");
        apply(&mut draft, "up q2");
        assert_eq!(keys(&draft), [vec!["q2", "q1"], vec!["q3"]]);
        assert_eq!(apply(&mut draft, "up q2"), None);
        assert_eq!(apply(&mut draft, "down q9"), None);
        apply(&mut draft, "down s1");
        assert_eq!(keys(&draft), [vec!["q3"], vec!["q2", "q1"]]);
    }

    #[test]
    fn a_copy_has_a_key_of_its_own_and_the_codes_of_its_choices() {
        let mut draft = empty("问卷");
        apply(&mut draft, "add s1 multiple");
        assert_eq!(apply(&mut draft, "copy q1").as_deref(), Some("q2"));
        assert_eq!(draft.question("q2").unwrap().choices, draft.question("q1").unwrap().choices);
    }

    #[test]
    fn a_key_that_was_published_is_never_given_again() {
        let mut draft = empty("问卷");
        apply(&mut draft, "add s1 single");
        let published = draft.clone();
        assert_eq!(apply(&mut draft, "delete q1").as_deref(), Some("s1"));
        let mut taken = Taken::of([&draft, &published]);
        let key = Step::Add("s1".into(), QuestionKind::Scale).apply(&mut draft, &mut taken);
        assert_eq!(key.as_deref(), Some("q2"));
        assert_eq!(taken.next_code("q1", "c"), "c3");
    }

    #[test]
    fn the_last_section_leaves_an_empty_one() {
        let mut draft = empty("问卷");
        apply(&mut draft, "add s1 single");
        assert_eq!(apply(&mut draft, "delete s1").as_deref(), Some("s2"));
        assert_eq!(keys(&draft), [Vec::<&str>::new()]);
    }

    proptest! {
        #[test]
        fn whatever_is_pressed_keys_stay_single_and_no_question_is_lost(
            presses in prop::collection::vec((0..6usize, 1..6usize, 0..QuestionKind::ALL.len()), 0..40),
        ) {
            let mut draft = empty("问卷");
            let mut expected = 0usize;
            for (verb, n, kind) in presses {
                let step = match verb {
                    0 => Step::AddSection,
                    1 => Step::Add(format!("s{}", n.min(3)), QuestionKind::ALL[kind]),
                    2 => Step::Up(format!("q{n}")),
                    3 => Step::Down(format!("q{n}")),
                    4 => Step::Copy(format!("q{n}")),
                    _ => Step::Delete(format!("q{n}")),
                };
                let mut taken = Taken::of([&draft]);
                if step.apply(&mut draft, &mut taken).is_some() {
                    match step {
                        Step::Add(..) | Step::Copy(_) => expected += 1,
                        Step::Delete(_) => expected -= 1,
                        _ => {}
                    }
                }
                let all: HashSet<&str> = draft.questions().map(|q| q.key.as_str()).collect();
                prop_assert_eq!(all.len(), expected);
                prop_assert_eq!(draft.questions().count(), expected);
            }
        }
    }
}
