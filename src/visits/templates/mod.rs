//! The checklists that ship: one for each area and each kind of walker, as somebody would write them who walks there.

mod patrol;
mod representative;

use crate::{
    forms::model::{Choice, Condition, Definition, Op, Question, QuestionKind, Section, Text},
    visits::{
        model::{Area, VisitKind},
        rules::{LOW_SCORE, NO, NOT_APPLICABLE, YES, comment_key, photo_key},
    },
};

/// An item of a template, in Chinese and English.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item<'a> {
    /// Yes, no, or does not apply.
    Check(&'a str, &'a str),
    /// A score from 1 to 5.
    Score(&'a str, &'a str),
}

/// A part of a template: its title in both languages, and its items.
pub type Part<'a> = ((&'a str, &'a str), &'a [Item<'a>]);

/// A checklist that ships.
#[derive(Clone, Copy, Debug)]
pub struct Template {
    /// Who walks by it.
    pub kind: VisitKind,
    /// What it is about.
    pub area: Area,
    /// Its title in Chinese and English.
    pub title: (&'static str, &'static str),
    /// Its parts: one a screen.
    pub parts: &'static [Part<'static>],
}

/// Every checklist that ships.
pub fn all() -> impl Iterator<Item = &'static Template> {
    representative::ALL.iter().chain(patrol::ALL)
}

/// The one of a kind and an area.
pub fn of(kind: VisitKind, area: Area) -> Option<&'static Template> {
    all().find(|t| t.kind == kind && t.area == area)
}

impl Template {
    /// What its form holds.
    pub fn definition(&self) -> Definition {
        definition(Text::new(self.title.0, self.title.1), self.kind, self.parts)
    }
}

/// A form of these items: under each one a comment and a photo, asked for when it is not in order.
pub fn definition(title: Text, kind: VisitKind, parts: &[Part<'_>]) -> Definition {
    let mut sections = Vec::new();
    let mut number = 0;
    for (s, ((zh, en), items)) in (1..).zip(parts) {
        let mut questions = Vec::new();
        for item in *items {
            number += 1;
            questions.extend(questions_of(&format!("a{number}"), *item, kind));
        }
        sections.push(Section { key: format!("s{s}"), title: Text::new(zh, en), questions, ..Section::default() });
    }
    Definition { title, sections, ..Definition::default() }
}

/// An item with its comment and its photo.
pub(super) fn questions_of(key: &str, item: Item<'_>, kind: VisitKind) -> [Question; 3] {
    let (judged, not_in_order) = match item {
        Item::Check(zh, en) => {
            let choice = |code: &str, zh, en| Choice { code: code.to_string(), label: Text::new(zh, en) };
            let choices = vec![
                choice(YES, "是", "Yes"),
                choice(NO, "否", "No"),
                choice(NOT_APPLICABLE, "不适用", "Not applicable"),
            ];
            let q = Question::new(key, QuestionKind::Single, Text::new(zh, en));
            (Question { choices, required: true, ..q }, Condition::test(key, Op::Is, NO))
        }
        Item::Score(zh, en) => {
            let q = Question::new(key, QuestionKind::Scale, Text::new(zh, en));
            let ends = (Text::new("很差", "Very poor"), Text::new("很好", "Very good"));
            let low = Condition::test(key, Op::AtMost, &LOW_SCORE.to_string());
            (Question { required: true, low: ends.0, high: ends.1, ..q }, low)
        }
    };
    let why = Question {
        required: true,
        max: Some(500),
        show_if: Some(not_in_order.clone()),
        hint: match kind {
            VisitKind::Representative => Text::new("写看到的情况，不用写原因。", "What you see; no need to say why."),
            VisitKind::Patrol => {
                Text::new("只写事，不写人：不写姓名、学号。", "Things, not people: no names, no numbers.")
            }
        },
        ..Question::new(&comment_key(key), QuestionKind::LongText, Text::new("看到了什么", "What did you see"))
    };
    let photo = Question {
        max: Some(1),
        show_if: Some(not_in_order),
        hint: Text::new("拍问题本身，别拍到人脸。", "The problem itself, without faces."),
        ..Question::new(&photo_key(key), QuestionKind::Photo, Text::new("拍一张", "A photo"))
    };
    [judged, why, photo]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{forms::problems::problems, visits::rules::items};

    #[test]
    fn every_area_has_a_checklist_of_each_kind_that_can_be_published() {
        for kind in VisitKind::ALL {
            for area in Area::ALL {
                let template = of(*kind, *area).unwrap();
                let definition = template.definition();
                assert_eq!(problems(&definition), [], "{kind} {area}");
                let count = items(&definition).count();
                assert!((8..=15).contains(&count), "{kind} {area} has {count} items");
                assert!(definition.sections.iter().all(|s| s.questions.len() <= 18), "{kind} {area}: a long screen");
            }
        }
        assert_eq!(all().count(), VisitKind::ALL.len() * Area::ALL.len());
    }

    #[test]
    fn everything_is_said_in_both_languages_and_once() {
        for template in all() {
            let definition = template.definition();
            let mut labels: Vec<&str> = items(&definition).map(|q| q.label.zh.as_str()).collect();
            assert!(items(&definition).all(|q| !q.label.zh.is_empty() && !q.label.en.is_empty()));
            let count = labels.len();
            labels.sort_unstable();
            labels.dedup();
            assert_eq!(labels.len(), count, "{:?}", template.title);
        }
    }
}
