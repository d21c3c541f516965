//! Attacks on small worlds: from the tables of a stage, no number from 0 to 4 that is about answers can be worked out.

use std::collections::{BTreeSet, HashMap};

use super::*;
use crate::{
    forms::{
        model::{Answers, Choice, Condition, Definition, FormVersion, Op, Text},
        responses::counted::given,
    },
    kernel::ids::{FormId, FormVersionId},
    questionnaires::results::{fields::By, tally::Counter},
};

fn question(key: &str, kind: QuestionKind, choices: &[&str]) -> Question {
    let choice = |code: &&str| Choice { code: (*code).to_string(), label: Text::default() };
    Question {
        choices: choices.iter().map(choice).collect(),
        required: true,
        ..Question::new(key, kind, Text::default())
    }
}

fn outline(questions: Vec<Question>) -> Outline {
    let nil = uuid::Uuid::nil();
    let definition = Definition::of(Text::default(), questions);
    Outline::of(&[FormVersion { id: FormVersionId(nil), form_id: FormId(nil), number: 1, definition }])
}

/// Every way in which `people` fall into `kinds`.
fn worlds(people: u64, kinds: usize) -> Vec<Vec<u64>> {
    if kinds == 1 {
        return vec![vec![people]];
    }
    let with = |n: u64| {
        worlds(people - n, kinds - 1).into_iter().map(move |mut rest| {
            rest.push(n);
            rest
        })
    };
    (0..=people).flat_map(with).collect()
}

/// What is told of a world in which so many people gave each set of answers.
fn look(outline: &Outline, by: &By, kinds: &[Answers], world: &[u64]) -> Stage {
    let mut counter = Counter::new(outline, by);
    for (answers, n) in kinds.iter().zip(world) {
        let stored = serde_json::to_string(answers).unwrap();
        let given = given(&stored).unwrap();
        (0..*n).for_each(|_| counter.add(ResponseId(uuid::Uuid::nil()), "", &given, |_| [0; 16]));
    }
    publish(outline, by, &counter.finish())
}

/// For every union of kinds of people: among all worlds that look alike, its number is not known when it is below five.
fn attack(outline: &Outline, by: &By, kinds: &[Answers], people: u64) -> usize {
    let mut seen: HashMap<String, Vec<Vec<u64>>> = HashMap::new();
    for world in worlds(people, kinds.len()) {
        let told = look(outline, by, kinds, &world);
        let look = format!("{:?} {:?}", told.fields, told.ranks);
        seen.entry(look).or_default().push(world);
    }
    for (look, alike) in &seen {
        for part in 1..(1usize << kinds.len()) - 1 {
            let value =
                |w: &Vec<u64>| w.iter().enumerate().filter(|(i, _)| part >> i & 1 == 1).map(|(_, n)| n).sum::<u64>();
            let values: BTreeSet<u64> = alike.iter().map(value).collect();
            let found = values.len() == 1 && values.first() < Some(&SMALLEST);
            assert!(!found, "{values:?} people of {part:b} in {look}\n{:?}", alike.first());
        }
    }
    seen.len()
}

fn answers(pairs: &[(&str, &str)]) -> Answers {
    pairs.iter().copied().collect()
}

#[test]
fn who_chose_what_of_a_multiple_choice_stays_hidden() {
    let kinds: Vec<Answers> =
        (1..8usize).map(|p| (0..3).filter(|i| p >> i & 1 == 1).map(|i| ("q", ["a", "b", "c"][i])).collect()).collect();
    for (most, required) in [(None, true), (Some(2), true), (None, false)] {
        let mut q = question("q", QuestionKind::Multiple, &["a", "b", "c"]);
        (q.max, q.required) = (most, required);
        let mut kinds: Vec<Answers> =
            kinds.iter().filter(|k| most.is_none() || k.get("q").len() < 3).cloned().collect();
        if !required {
            kinds.retain(|k| k.get("q").len() < 3);
            kinds.push(Answers::default());
        }
        for people in [11, 13] {
            assert!(attack(&outline(vec![q.clone()]), &By::Nothing, &kinds, people) > 1);
        }
    }
    // With two choices the sum is everything.
    let q = question("q", QuestionKind::Multiple, &["a", "b"]);
    let kinds = [answers(&[("q", "a")]), answers(&[("q", "b")]), answers(&[("q", "a"), ("q", "b")])];
    for people in 10..40 {
        attack(&outline(vec![q.clone()]), &By::Nothing, &kinds, people);
    }
}

#[test]
fn what_is_asked_of_some_gives_nobody_away() {
    let q1 = question("q1", QuestionKind::Single, &["a", "b", "c"]);
    for (op, asked) in [(Op::Is, &["b"][..]), (Op::IsNot, &["a", "c"])] {
        let mut q2 = question("q2", QuestionKind::Single, &["x", "y"]);
        q2.required = false;
        q2.show_if = Some(Condition::test("q1", op, "b"));
        let mut kinds = Vec::new();
        for first in ["a", "b", "c"] {
            kinds.push(answers(&[("q1", first)]));
            if asked.contains(&first) {
                kinds.push(answers(&[("q1", first), ("q2", "x")]));
                kinds.push(answers(&[("q1", first), ("q2", "y")]));
            }
        }
        for people in [10, 12, 15] {
            assert!(attack(&outline(vec![q1.clone(), q2.clone()]), &By::Nothing, &kinds, people) > 1);
        }
    }
}

#[test]
fn two_questions_and_a_breakdown_give_no_combination_away() {
    let (q1, q2) =
        (question("q1", QuestionKind::Single, &["a", "b"]), question("q2", QuestionKind::Single, &["x", "y"]));
    let q3 = question("q3", QuestionKind::Single, &["u", "v"]);
    let kind =
        |n: usize| answers(&[("q1", ["a", "b"][n & 1]), ("q2", ["x", "y"][n >> 1 & 1]), ("q3", ["u", "v"][n >> 2])]);
    let kinds: Vec<Answers> = (0..4).map(kind).collect();
    let both = outline(vec![q1.clone(), q2.clone()]);
    for people in [10, 16, 24] {
        assert!(attack(&both, &By::Answer("q1".into()), &kinds, people) > 1);
        attack(&both, &By::Nothing, &kinds, people);
    }
    let kinds: Vec<Answers> = (0..8).map(kind).collect();
    attack(&outline(vec![q1, q2, q3]), &By::Answer("q1".into()), &kinds, 11);
}

#[test]
fn ranks_of_three_give_no_order_away() {
    let q = question("q", QuestionKind::Ranking, &["a", "b", "c"]);
    let orders = [["a", "b", "c"], ["a", "c", "b"], ["b", "a", "c"], ["b", "c", "a"], ["c", "a", "b"], ["c", "b", "a"]];
    let kinds: Vec<Answers> = orders.iter().map(|o| o.iter().map(|code| ("q", *code)).collect()).collect();
    assert!(attack(&outline(vec![q]), &By::Nothing, &kinds, 16) > 1);
}

#[test]
fn usual_answers_are_simply_told() {
    let outline = outline(vec![question("q", QuestionKind::Single, &["a", "b", "c"])]);
    let kinds = [answers(&[("q", "a")]), answers(&[("q", "b")]), answers(&[("q", "c")])];
    let told = look(&outline, &By::Nothing, &kinds, &[12, 9, 30]).fields[0].clone().unwrap();
    let groups: Vec<(String, u64)> = told.groups.into_iter().map(|g| (g.cells.concat(), g.n)).collect();
    assert_eq!(groups, [("a".into(), 12), ("b".into(), 9), ("c".into(), 30)]);
}

#[test]
fn texts_are_told_where_five_wrote_and_who_wrote_none_is_not_counted() {
    let told = |wrote: u64, silent: u64| {
        let mut q = question("x", QuestionKind::LongText, &[]);
        q.required = false;
        let outline = outline(vec![q]);
        let mut counter = Counter::new(&outline, &By::Nothing);
        for n in 0..wrote + silent {
            let stored = if n < wrote { r#"[{"key":"x","values":["饭菜饭菜凉了"]}]"# } else { "[]" };
            let mut token = [0; 16];
            token[0] = u8::try_from(n).unwrap();
            let id = ResponseId(uuid::Uuid::from_u128(n.into()));
            counter.add(id, "", &given(stored).unwrap(), |_| token);
        }
        publish(&outline, &By::Nothing, &counter.finish()).texts.remove("x").map(|t| (t.texts.len(), t.words.len()))
    };
    assert_eq!(told(4, 16), None);
    assert_eq!(told(6, 14), Some((6, 4)), "a word counts once in a text");
    assert_eq!(told(20, 0), Some((15, 0)));
    assert_eq!(told(18, 2), Some((15, 0)));
    assert_eq!(told(8, 1), None);
}
