use super::*;
use crate::questionnaires::exchange::expression::{Dialect, parse};

fn names(name: &str) -> Option<Target> {
    let codes = |list: &[(&str, &str)]| list.iter().map(|(a, b)| ((*a).to_string(), (*b).to_string())).collect();
    Some(match name {
        "food" => Target::Answer {
            name: "q1".into(),
            codes: codes(&[("Good", "good"), ("Bad", "bad"), ("Old", "old")]),
            several: true,
            whole: false,
        },
        "grade" => Target::Answer {
            name: "q2".into(),
            codes: codes(&[("1", "c1"), ("2", "c2"), ("3", "c3")]),
            several: false,
            whole: false,
        },
        "age" => Target::free("q3", true),
        "day" => Target::free("q4", false),
        "m_a" => Target::Tick { key: "q5".into(), code: "a".into(), of: 2 },
        "m_b" => Target::Tick { key: "q5".into(), code: "b".into(), of: 2 },
        _ => return None,
    })
}

fn said(text: &str) -> Option<String> {
    let read = condition(&parse(text, Dialect::Braces)?, &names)?;
    write(&read, &|t| Some(format!("{} {} {}", t.question, t.op, t.value).trim_end().to_string()))
}

#[test]
fn answers_are_compared_by_our_codes() {
    assert_eq!(said("{food} contains 'Good'").as_deref(), Some("q1 is good"));
    assert_eq!(said("{food} notcontains 'bad'").as_deref(), Some("q1 is_not bad"));
    assert_eq!(said("{food} = ['Good']").as_deref(), Some("q1 is good and q1 is_not bad and q1 is_not old"));
    assert_eq!(said("{food} anyof ['Good', 'Bad']").as_deref(), Some("q1 is good or q1 is bad"));
    assert_eq!(said("{food} = 'Else'"), None);
    assert_eq!(said("{grade} > 1").as_deref(), Some("q2 is c2 or q2 is c3"));
    assert_eq!(said("{grade} > 5"), None);
    assert_eq!(said("2 = {grade}").as_deref(), Some("q2 is c2"));
    assert_eq!(said("{grade} <> ''").as_deref(), Some("q2 answered"));
}

#[test]
fn more_than_is_at_least_one_more_only_for_whole_numbers() {
    assert_eq!(said("{age} > 12").as_deref(), Some("q3 at_least 13"));
    assert_eq!(said("{age} > 12.5").as_deref(), Some("q3 answered and !(q3 at_most 12.5)"));
    assert_eq!(said("12 >= {age}").as_deref(), Some("q3 at_most 12"));
    assert_eq!(said("{day} < '2026-09-01'").as_deref(), Some("q4 answered and !(q4 at_least 2026-09-01)"));
}

#[test]
fn boxes_are_ticked_or_not_and_counted() {
    assert_eq!(said("{m_a} = 'Y'").as_deref(), Some("q5 is a"));
    assert_eq!(said("{m_a} = ''").as_deref(), Some("q5 is_not a"));
    assert_eq!(said("count({m_a}, {m_b}) > 0").as_deref(), Some("q5 answered"));
    assert_eq!(said("count({m_a}) > 0").as_deref(), Some("q5 is a"));
    assert_eq!(said("count({m_a}, {m_b}) > 1"), None);
    assert_eq!(said("!is_empty({age})").as_deref(), Some("q3 answered"));
}

#[test]
fn what_can_not_be_said_is_not_half_said() {
    for text in [
        "{age} = {grade}",
        "{unknown} = 1",
        "{age} = 1 and iif({age}, 1, 2) = 1",
        "today() > {day}",
        "{day} contains 'x'",
    ] {
        assert_eq!(said(text), None, "{text}");
    }
    assert_eq!(said("1 = 1 and '' notempty"), None);
    assert_eq!(said("1 = 1").as_deref(), Some("1 == 1"));
}
