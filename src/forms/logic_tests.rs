use super::*;
use crate::forms::model::{Choice, Jump, Question, QuestionKind, Section, Text};
use proptest::prelude::*;

fn question(key: &str, show_if: Option<Condition>) -> Question {
    let mut q = Question::new(key, QuestionKind::Single, Text::default());
    q.choices = ["a", "b"].iter().map(|c| Choice { code: (*c).to_string(), label: Text::default() }).collect();
    q.show_if = show_if;
    q
}

fn section(key: &str, questions: Vec<Question>) -> Section {
    Section { key: key.to_string(), questions, ..Section::default() }
}

fn form(sections: Vec<Section>) -> Definition {
    Definition { sections, ..Definition::default() }
}

fn is(question: &str, value: &str) -> Condition {
    Condition::test(question, Op::Is, value)
}

fn given(pairs: &[(&str, &str)]) -> Answers {
    pairs.iter().copied().collect()
}

#[test]
fn a_question_shows_when_its_condition_holds() {
    let f = form(vec![section("s1", vec![question("q1", None), question("q2", Some(is("q1", "a")))])]);
    assert_eq!(reach(&f, &given(&[])).questions, [true, false]);
    assert_eq!(reach(&f, &given(&[("q1", "a")])).questions, [true, true]);
    assert_eq!(reach(&f, &given(&[("q1", "b"), ("q2", "a")])).answers, given(&[("q1", "b")]));
}

#[test]
fn an_answer_that_is_not_reached_holds_nothing_open() {
    let chain = vec![question("q1", None), question("q2", Some(is("q1", "a"))), question("q3", Some(is("q2", "a")))];
    let f = form(vec![section("s1", chain)]);
    let stale = given(&[("q1", "b"), ("q2", "a"), ("q3", "a")]);
    assert_eq!(reach(&f, &stale).questions, [true, false, false]);
}

#[test]
fn a_section_jumps_ahead_or_to_the_end() {
    let mut first = section("s1", vec![question("q1", None)]);
    first.jumps = vec![
        Jump { when: Some(is("q1", "a")), to: "s3".to_string() },
        Jump { when: Some(is("q1", "b")), to: END.to_string() },
    ];
    let f = form(vec![first, section("s2", vec![question("q2", None)]), section("s3", vec![question("q3", None)])]);
    assert_eq!(reach(&f, &given(&[])).sections, [true, true, true]);
    assert_eq!(reach(&f, &given(&[("q1", "a")])).sections, [true, false, true]);
    assert_eq!(reach(&f, &given(&[("q1", "b")])).sections, [true, false, false]);
}

#[test]
fn a_jump_back_or_to_nowhere_is_none() {
    for to in ["s1", "s2", "gone"] {
        let mut second = section("s2", vec![question("q2", None)]);
        second.jumps = vec![Jump { when: None, to: to.to_string() }];
        let f =
            form(vec![section("s1", vec![question("q1", None)]), second, section("s3", vec![question("q3", None)])]);
        assert_eq!(reach(&f, &given(&[])).sections, [true, true, true], "{to}");
    }
}

#[test]
fn numbers_days_and_times_are_compared_as_such() {
    for (value, op, with, expected) in [
        ("9", Op::AtLeast, "10", false),
        ("10.0", Op::Is, "10", true),
        ("１２", Op::AtLeast, "10", true),
        ("2026-03-09", Op::AtMost, "2026-03-10", true),
        ("08:30", Op::AtLeast, "09:00", false),
        ("a", Op::IsNot, "b", true),
    ] {
        assert_eq!(holds(&Condition::test("q", op, with), &given(&[("q", value)])), expected, "{value} {op} {with}");
    }
    assert!(holds(&Condition::test("q", Op::IsNot, "b"), &given(&[])));
    assert!(!holds(&Condition::test("q", Op::AtMost, "5"), &given(&[])));
}

#[test]
fn rows_of_a_matrix_and_words_of_other_belong_to_their_question() {
    let f = form(vec![section("s1", vec![question("q1", None), question("q10", Some(is("q1.food", "bad")))])]);
    let answers = given(&[("q1.food", "bad"), ("q1.other", "x"), ("q10", "a"), ("q100", "never asked")]);
    let reached = reach(&f, &answers);
    assert_eq!(reached.questions, [true, true]);
    assert_eq!(reached.answers, given(&[("q1.food", "bad"), ("q1.other", "x"), ("q10", "a")]));
}

/// A condition over the questions before number `before`, as deep as `depth`.
fn condition(before: usize, depth: u32) -> BoxedStrategy<Condition> {
    let leaf = (0..before.max(1), prop_oneof![Just("a"), Just("b")], 0..4usize).prop_map(|(q, value, op)| {
        Condition::test(&format!("q{q}"), [Op::Is, Op::IsNot, Op::Answered, Op::Unanswered][op], value)
    });
    if depth == 0 {
        return leaf.boxed();
    }
    let inner = condition(before, depth - 1);
    prop_oneof![
        leaf,
        prop::collection::vec(inner.clone(), 0..3).prop_map(Condition::All),
        prop::collection::vec(inner.clone(), 0..3).prop_map(Condition::Any),
        inner.prop_map(|c| Condition::Not(Box::new(c))),
    ]
    .boxed()
}

proptest! {
    /// What counts is only what is reached, and walking again with only that reaches the same.
    #[test]
    fn walking_again_changes_nothing(
        conditions in prop::collection::vec(prop::option::of(condition(6, 2)), 12),
        answers in prop::collection::vec(0..3usize, 12),
        jump in 0..4usize,
    ) {
        let questions: Vec<Question> =
            conditions.into_iter().enumerate().map(|(i, c)| question(&format!("q{i}"), c)).collect();
        let mut sections: Vec<Section> =
            questions.chunks(3).enumerate().map(|(i, q)| section(&format!("s{i}"), q.to_vec())).collect();
        sections[0].jumps = vec![Jump { when: Some(is("q0", "a")), to: format!("s{jump}") }];
        let f = form(sections);
        let pairs = answers.iter().enumerate().filter(|(_, a)| **a > 0).map(|(i, a)| (format!("q{i}"), ["", "a", "b"][*a]));
        let all: Answers = pairs.collect();
        let once = reach(&f, &all);
        let twice = reach(&f, &once.answers);
        prop_assert_eq!(&once, &twice);
        for (q, asked) in f.questions().zip(&once.questions) {
            prop_assert!(*asked || once.answers.get(&q.key).is_empty());
        }
    }
}
