use proptest::prelude::*;

use super::*;
use crate::visits::{
    model::VisitKind,
    templates::{self, Item},
};

fn checklist() -> Definition {
    templates::definition(
        crate::forms::model::Text::new("食堂", "Canteen"),
        VisitKind::Representative,
        &[(("卫生", "Hygiene"), &[Item::Check("餐具消毒有记录", "Dishes"), Item::Score("地面", "Floor")])],
    )
}

fn answers(first: &str, second: &str) -> Answers {
    [("a1", first), ("a1_why", "没有记录"), ("a2", second), ("a2_why", "有积水")].into_iter().collect()
}

#[test]
fn a_no_and_a_low_score_are_findings_with_their_words() {
    let found = |a: &str, b: &str| -> Vec<String> {
        found(&checklist(), &answers(a, b)).into_iter().map(|f| format!("{} {}", f.item, f.comment)).collect()
    };
    assert_eq!(found("no", "2"), ["a1 没有记录", "a2 有积水"]);
    assert_eq!(found("yes", "3"), Vec::<String>::new());
    assert_eq!(found("na", "1"), ["a2 有积水"]);
    assert_eq!(found("", ""), Vec::<String>::new());
}

#[test]
fn what_does_not_apply_counts_neither_for_nor_against() {
    let marks = |a: &str, b: &str| -> Vec<(i64, i64)> {
        marks(&checklist(), &answers(a, b)).into_iter().map(|m| (m.mark, m.most)).collect()
    };
    assert_eq!(marks("yes", "4"), [(1, 1), (4, 5)]);
    assert_eq!(marks("no", "5"), [(0, 1), (5, 5)]);
    assert_eq!(marks("na", ""), []);
}

#[test]
fn comments_and_photos_are_no_items() {
    let keys: Vec<String> = items(&checklist()).map(|q| q.key.clone()).collect();
    assert_eq!(keys, ["a1", "a2"]);
}

proptest! {
    #[test]
    fn every_finding_has_a_mark_below_the_most(a in "yes|no|na|", b in "[1-5]?") {
        let answers = answers(&a, &b);
        let marks = marks(&checklist(), &answers);
        for f in found(&checklist(), &answers) {
            let mark = marks.iter().find(|m| m.item == f.item).unwrap();
            prop_assert!(mark.mark < mark.most);
        }
    }
}
