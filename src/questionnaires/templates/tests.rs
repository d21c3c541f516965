use std::collections::HashSet;

use proptest::prelude::*;

use super::*;
use crate::{
    forms::{
        check,
        logic::reach,
        model::{Answers, OTHER, Op, Question, QuestionKind, Test},
        problems::problems,
    },
    questionnaires::exchange::{self, Format},
};

#[test]
fn all_eight_can_be_read_and_published() {
    assert_eq!(all().len(), FILES.len());
    for t in all() {
        assert_eq!(problems(&t.definition), [], "{}", t.code);
        assert!((12..=35).contains(&t.definition.questions().count()), "{}", t.code);
        assert!(t.definition.sections.len() >= 3, "{}", t.code);
    }
}

#[test]
fn every_text_is_there_in_both_languages_and_does_not_shout() {
    for t in all() {
        let mut copy = t.clone();
        let mut texts = exchange_texts(&mut copy);
        texts.push(copy.about.clone());
        for text in texts.into_iter().filter(|text| !text.is_empty()) {
            assert!(!text.zh.is_empty() && !text.en.is_empty(), "{}: {text:?}", t.code);
            assert!(!text.zh.contains(['!', '！']) && !text.en.contains('!'), "{}: {text:?}", t.code);
            assert!(!text.en.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)), "{}: {text:?}", t.code);
        }
    }
}

fn exchange_texts(t: &mut Template) -> Vec<Text> {
    let definition = &t.definition;
    let mut out = vec![definition.title.clone(), definition.intro.clone(), definition.thanks.clone()];
    for s in &definition.sections {
        out.extend([s.title.clone(), s.text.clone()]);
        for q in &s.questions {
            out.extend([q.label.clone(), q.hint.clone(), q.low.clone(), q.high.clone()]);
            out.extend(q.choices.iter().chain(&q.rows).map(|c| c.label.clone()));
        }
    }
    out
}

/// Whether a test can ever be true with an answer of its question.
fn can_hold(q: &Question, test: &Test) -> bool {
    let codes: HashSet<&str> = q.choices.iter().map(|c| c.code.as_str()).chain(q.other.then_some(OTHER)).collect();
    match (q.kind, test.op) {
        (_, Op::Answered | Op::Unanswered) => true,
        (QuestionKind::Scale | QuestionKind::Rating, _) => {
            let (low, high) = q.range();
            test.value.parse::<i64>().is_ok_and(|v| (low..=high).contains(&v))
        }
        (QuestionKind::Single | QuestionKind::Multiple | QuestionKind::Matrix, _) => {
            codes.contains(test.value.as_str())
        }
        _ => true,
    }
}

#[test]
fn conditions_name_choices_that_exist() {
    for t in all() {
        let d = &t.definition;
        let of_sections =
            d.sections.iter().flat_map(|s| s.show_if.iter().chain(s.jumps.iter().filter_map(|j| j.when.as_ref())));
        for condition in of_sections.chain(d.questions().filter_map(|q| q.show_if.as_ref())) {
            for test in condition.tests() {
                let q = d.question_of(&test.question).unwrap();
                assert!(can_hold(q, test), "{}: {test:?}", t.code);
                let row = test.question.strip_prefix(&format!("{}.", q.key));
                assert!(row.is_none_or(|r| q.rows.iter().any(|row| row.code == r)), "{}: {test:?}", t.code);
            }
        }
    }
}

/// Some answer to a question.
fn answer(q: &Question, pick: usize, given: &mut Answers) {
    match q.kind {
        QuestionKind::Single | QuestionKind::Multiple if !q.choices.is_empty() => {
            given.add(&q.key, &q.choices[pick % q.choices.len()].code);
        }
        QuestionKind::Matrix => {
            for row in &q.rows {
                given.add(&format!("{}.{}", q.key, row.code), &q.choices[pick % q.choices.len()].code);
            }
        }
        QuestionKind::Scale | QuestionKind::Rating => {
            let (low, high) = q.range();
            given.add(&q.key, &(low + (pick as i64) % (high - low + 1)).to_string());
        }
        QuestionKind::Ranking => {
            let most = q.max.map_or(q.choices.len(), |m| m as usize);
            q.choices.iter().cycle().skip(pick % q.choices.len()).take(most).for_each(|c| given.add(&q.key, &c.code));
        }
        QuestionKind::Number => given.add(&q.key, &q.min.unwrap_or(0).to_string()),
        QuestionKind::Date => given.add(&q.key, "2026-11-24"),
        QuestionKind::Time => given.add(&q.key, "21:30"),
        QuestionKind::Consent => given.add(&q.key, "1"),
        QuestionKind::ShortText | QuestionKind::LongText => given.add(&q.key, "一句话"),
        _ => {}
    }
}

proptest! {
    #[test]
    fn whoever_answers_what_is_asked_can_send(which in 0..8usize, picks in prop::collection::vec(0..50usize, 40)) {
        let d = &all()[which].definition;
        let mut given = Answers::default();
        for (q, pick) in d.questions().zip(picks.iter().cycle()) {
            answer(q, *pick, &mut given);
        }
        let (_, wrong) = check::check_all(d, &given);
        prop_assert_eq!(wrong, vec![]);
    }
}

#[test]
fn every_question_is_reached_by_somebody() {
    for t in all() {
        let d = &t.definition;
        let mut reached = vec![false; d.questions().count()];
        // Deterministic picks, many of them: conditions are about few questions.
        let mut state = 7usize;
        for _ in 0..3_000 {
            let mut given = Answers::default();
            for q in d.questions() {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                answer(q, state >> 33, &mut given);
            }
            for (seen, now) in reached.iter_mut().zip(reach(d, &given).questions) {
                *seen = *seen || now;
            }
        }
        let never: Vec<&str> = d.questions().zip(&reached).filter(|(_, r)| !**r).map(|(q, _)| q.key.as_str()).collect();
        assert_eq!(never, Vec::<&str>::new(), "{}", t.code);
    }
}

#[test]
fn templates_travel_through_every_format() {
    for t in all() {
        let own = exchange::read(exchange::write(Format::Own, &t.definition).text.as_bytes()).unwrap();
        assert_eq!((own.definition, own.losses), (t.definition.clone(), vec![]));
        for format in [Format::SurveyJs, Format::LimeSurvey] {
            let read = exchange::read(exchange::write(format, &t.definition).text.as_bytes()).unwrap();
            assert_eq!(read.losses, [], "{} {format}", t.code);
            assert_eq!(read.definition.questions().count(), t.definition.questions().count());
        }
    }
}

#[test]
fn the_bullying_survey_asks_for_no_name_and_tells_whom_to_call() {
    let d = &by_code("bullying").unwrap().definition;
    let notices: Vec<&Question> = d.questions().filter(|q| q.kind == QuestionKind::Notice).collect();
    let first = d.sections.first().unwrap().questions.first().unwrap();
    let last = d.sections.last().unwrap().questions.last().unwrap();
    for q in [first, last] {
        assert_eq!(q.kind, QuestionKind::Notice);
        for number in ["110", "120", "12355"] {
            assert!(q.label.zh.contains(number) && q.label.en.contains(number), "{number}");
        }
        assert!(q.show_if.is_none());
    }
    assert!(notices.len() >= 2);
    // The last words reach everybody, whatever they answered.
    let last_section = d.sections.last().unwrap();
    assert!(last_section.show_if.is_none());
    assert!(d.sections.iter().flat_map(|s| &s.jumps).all(|j| j.to != "end"));
    assert!(d.questions().all(|q| q.kind != QuestionKind::Photo));
}
