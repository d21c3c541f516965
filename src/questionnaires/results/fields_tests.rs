use super::*;
use crate::{
    forms::model::{Choice, Condition, Jump, Section, Text},
    kernel::ids::{FormId, FormVersionId},
};

fn question(key: &str, kind: QuestionKind, choices: &[&str]) -> Question {
    let choice = |code: &&str| Choice { code: (*code).to_string(), label: Text::new(code, "") };
    Question { choices: choices.iter().map(choice).collect(), ..Question::new(key, kind, Text::new(key, "")) }
}

fn version(definition: Definition) -> FormVersion {
    let nil = uuid::Uuid::nil();
    FormVersion { id: FormVersionId(nil), form_id: FormId(nil), number: 1, definition }
}

fn outline(questions: Vec<Question>) -> Outline {
    Outline::of(&[version(Definition::of(Text::new("t", ""), questions))])
}

#[test]
fn each_kind_has_its_fields_and_cells() {
    let mut number = question("n", QuestionKind::Number, &[]);
    (number.min, number.max) = (Some(0), Some(99));
    let outline = outline(vec![
        question("s", QuestionKind::Single, &["a", "b"]),
        question("m", QuestionKind::Multiple, &["a", "b"]),
        question("r", QuestionKind::Rating, &[]),
        number,
        question("d", QuestionKind::Date, &[]),
        question("t", QuestionKind::Time, &[]),
        question("x", QuestionKind::LongText, &[]),
    ]);
    let answers: Answers =
        [("s", "b"), ("m", "b"), ("r", "5"), ("n", "37"), ("d", "2026-03-10"), ("t", "07:45")].into_iter().collect();
    let told: Vec<(String, String)> =
        outline.fields.iter().map(|f| (f.name.clone(), f.cells[f.cell(answers.get(&f.name))].clone())).collect();
    let told: Vec<(&str, &str)> = told.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    assert_eq!(told, [("s", "b"), ("m", ""), ("m", "1"), ("r", "5"), ("n", "30"), ("d", "2"), ("t", "7"), ("x", "")]);
}

#[test]
fn who_is_asked_is_read_off_the_conditions() {
    let asked = |show_if: Condition| {
        let mut second = question("q2", QuestionKind::Single, &["x", "y"]);
        second.show_if = Some(show_if);
        let first = question("q1", QuestionKind::Single, &["a", "b"]);
        let third = question("q3", QuestionKind::Multiple, &["a", "b"]);
        outline(vec![first, third, second]).fields.pop().unwrap().gate
    };
    assert_eq!(asked(Condition::test("q1", Op::Is, "a")), Gate::When { field: 0, asks: vec![true, false, false] });
    assert_eq!(asked(Condition::test("q1", Op::IsNot, "a")), Gate::When { field: 0, asks: vec![false, true, true] });
    assert_eq!(asked(Condition::test("q3", Op::Is, "b")), Gate::When { field: 2, asks: vec![true, false] });
    let two = vec![Condition::test("q1", Op::Is, "a"), Condition::test("q3", Op::Is, "b")];
    assert_eq!(asked(Condition::Any(two)), Gate::Tangled);
}

#[test]
fn a_jump_is_a_condition_of_what_it_passes_over() {
    let section = |key: &str, questions: Vec<Question>| Section { key: key.into(), questions, ..Section::default() };
    let jump = Jump { when: Some(Condition::test("q1", Op::Is, "a")), to: "s3".into() };
    let definition = Definition {
        sections: vec![
            Section { jumps: vec![jump], ..section("s1", vec![question("q1", QuestionKind::Single, &["a", "b"])]) },
            section("s2", vec![question("q2", QuestionKind::Single, &["x", "y"])]),
            section("s3", vec![question("q3", QuestionKind::Single, &["x", "y"])]),
        ],
        ..Definition::default()
    };
    let gates: Vec<Gate> = Outline::of(&[version(definition)]).fields.into_iter().map(|f| f.gate).collect();
    assert_eq!(gates[0], Gate::All);
    assert_eq!(gates[1], Gate::When { field: 0, asks: vec![false, true, true] });
    assert_eq!(gates[2], Gate::When { field: 0, asks: vec![true; 3] });
}

#[test]
fn a_question_of_two_versions_is_one_when_key_and_kind_are_the_same() {
    let first = Definition::of(Text::default(), vec![question("q1", QuestionKind::Single, &["a", "b"])]);
    let second = Definition::of(
        Text::default(),
        vec![question("q1", QuestionKind::Single, &["b", "c"]), question("q2", QuestionKind::ShortText, &[])],
    );
    let outline = Outline::of(&[version(first), version(second)]);
    assert_eq!(outline.questions.len(), 2);
    assert_eq!(outline.fields[0].cells, ["b", "c", "a", ""]);
}
