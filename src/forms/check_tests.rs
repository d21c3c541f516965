use super::*;
use crate::forms::model::{Choice, Text};
use proptest::prelude::*;

fn coded(codes: &[&str]) -> Vec<Choice> {
    codes.iter().map(|c| Choice { code: (*c).to_string(), label: Text::default() }).collect()
}

fn question(kind: QuestionKind) -> Question {
    let mut q = Question::new("q", kind, Text::default());
    if kind.has_choices() {
        q.choices = coded(&["a", "b", "c"]);
    }
    q
}

fn checked(q: &Question, pairs: &[(&str, &str)]) -> Result<Answers, Reason> {
    check(q, &pairs.iter().copied().collect()).map(Answers).map_err(|p| p.reason)
}

fn stored(pairs: &[(&str, &str)]) -> Result<Answers, Reason> {
    Ok(pairs.iter().copied().collect())
}

#[test]
fn what_must_be_answered_and_is_not_is_refused_and_the_rest_may_stay_empty() {
    for kind in QuestionKind::ALL {
        let mut q = question(*kind);
        q.rows = coded(&["r1"]);
        assert_eq!(checked(&q, &[]), stored(&[]), "{kind}");
        q.required = true;
        let expected = match kind {
            QuestionKind::Notice => stored(&[]),
            QuestionKind::Consent => Err(Reason::NotAgreed),
            QuestionKind::Matrix => Err(Reason::RowsMissing),
            _ => Err(Reason::Required),
        };
        assert_eq!(checked(&q, &[("q", "  ")]), expected, "{kind}");
    }
}

#[test]
fn choices_are_those_of_the_form_in_its_order() {
    let mut q = question(QuestionKind::Multiple);
    assert_eq!(checked(&q, &[("q", "c"), ("q", "a"), ("q", "c")]), stored(&[("q", "a"), ("q", "c")]));
    assert_eq!(checked(&q, &[("q", "d")]), Err(Reason::Unknown));
    (q.min, q.max) = (Some(2), Some(2));
    assert_eq!(checked(&q, &[("q", "a")]), Err(Reason::TooFew));
    assert_eq!(checked(&q, &[("q", "a"), ("q", "b"), ("q", "c")]), Err(Reason::TooMany));
    assert_eq!(checked(&q, &[]), stored(&[]));
    let single = question(QuestionKind::Single);
    assert_eq!(checked(&single, &[("q", "b"), ("q", "a")]), stored(&[("q", "b")]));
}

#[test]
fn other_needs_its_words_and_only_then_keeps_them() {
    let mut q = question(QuestionKind::Single);
    assert_eq!(checked(&q, &[("q", "other")]), Err(Reason::Unknown));
    q.other = true;
    assert_eq!(checked(&q, &[("q", "other"), ("q.other", " \u{200B} ")]), Err(Reason::OtherEmpty));
    assert_eq!(checked(&q, &[("q", "other"), ("q.other", " 校车 ")]), stored(&[("q", "other"), ("q.other", "校车")]));
    assert_eq!(checked(&q, &[("q", "a"), ("q.other", "校车")]), stored(&[("q", "a")]));
}

#[test]
fn numbers_keep_to_their_limits() {
    let mut q = question(QuestionKind::Number);
    (q.min, q.max, q.decimals) = (Some(0), Some(24), 1);
    assert_eq!(checked(&q, &[("q", "１．５０")]), stored(&[("q", "1.5")]));
    assert_eq!(checked(&q, &[("q", "24.0")]), stored(&[("q", "24")]));
    for (typed, reason) in [
        ("24.1", Reason::TooLarge),
        ("-1", Reason::TooSmall),
        ("1.25", Reason::TooFine),
        ("两个小时", Reason::NoNumber),
    ] {
        assert_eq!(checked(&q, &[("q", typed)]), Err(reason), "{typed}");
    }
}

#[test]
fn a_scale_takes_its_own_numbers_alone() {
    let q = question(QuestionKind::Scale);
    assert_eq!(checked(&q, &[("q", "5")]), stored(&[("q", "5")]));
    for wrong in ["0", "6", "2.5", "a"] {
        assert_eq!(checked(&q, &[("q", wrong)]), Err(Reason::Unknown), "{wrong}");
    }
    let mut stars = question(QuestionKind::Rating);
    stars.max = Some(10);
    assert_eq!(checked(&stars, &[("q", "10")]), stored(&[("q", "10")]));
}

#[test]
fn days_exist() {
    let q = question(QuestionKind::Date);
    assert_eq!(checked(&q, &[("q", "2024-02-29")]), stored(&[("q", "2024-02-29")]));
    for wrong in
        ["2026-02-29", "2026-2-3", "2026-13-01", "1899-01-01", "2026-04-31", "昨天", "2026-01-01-01", "2026-00-10"]
    {
        assert_eq!(checked(&q, &[("q", wrong)]), Err(Reason::NoDate), "{wrong}");
    }
}

#[test]
fn times_exist() {
    let q = question(QuestionKind::Time);
    assert_eq!(checked(&q, &[("q", "23:59:30")]), stored(&[("q", "23:59")]));
    for wrong in ["24:00", "7:30", "12:60", "中午"] {
        assert_eq!(checked(&q, &[("q", wrong)]), Err(Reason::NoTime), "{wrong}");
    }
}

#[test]
fn a_matrix_is_answered_row_by_row() {
    let mut q = question(QuestionKind::Matrix);
    q.rows = coded(&["food", "price"]);
    assert_eq!(checked(&q, &[("q.food", "a")]), stored(&[("q.food", "a")]));
    assert_eq!(checked(&q, &[("q.food", "x")]), Err(Reason::Unknown));
    assert_eq!(checked(&q, &[("q.rent", "a")]), stored(&[]));
    q.required = true;
    assert_eq!(checked(&q, &[("q.food", "a")]), Err(Reason::RowsMissing));
}

#[test]
fn a_ranking_comes_in_order_or_as_ranks() {
    let mut q = question(QuestionKind::Ranking);
    let order = stored(&[("q", "c"), ("q", "a"), ("q", "b")]);
    assert_eq!(checked(&q, &[("q", "c"), ("q", "a"), ("q", "b")]), order);
    assert_eq!(checked(&q, &[("q.a", "2"), ("q.b", "3"), ("q.c", "1")]), order);
    assert_eq!(checked(&q, &[("q.a", "1"), ("q.b", "1"), ("q.c", "2")]), Err(Reason::Ranks));
    assert_eq!(checked(&q, &[("q.a", "1")]), Err(Reason::Ranks));
    assert_eq!(checked(&q, &[("q", "a"), ("q", "a"), ("q", "b")]), Err(Reason::Unknown));
    q.max = Some(2);
    assert_eq!(checked(&q, &[("q.b", "1"), ("q.c", "2")]), stored(&[("q", "b"), ("q", "c")]));
}

#[test]
fn texts_are_cleaned_and_counted_as_people_count() {
    let mut q = question(QuestionKind::ShortText);
    q.max = Some(3);
    assert_eq!(checked(&q, &[("q", " 𠮷\n野家 ")]), Err(Reason::TooLong));
    assert_eq!(checked(&q, &[("q", "𠮷野家")]), stored(&[("q", "𠮷野家")]));
}

proptest! {
    /// What was stored passes again and stays the same.
    #[test]
    fn what_is_stored_is_clean(kind in 0..QuestionKind::ALL.len(), typed in prop::collection::vec("[abcother0-9.:\\-\u{4e00}-\u{4e0f} ]{0,12}", 0..4)) {
        let mut q = question(QuestionKind::ALL[kind]);
        q.other = true;
        q.decimals = 3;
        q.rows = coded(&["a", "b"]);
        let names = ["q", "q.a", "q.b", "q.other"];
        let given: Answers = typed.iter().enumerate().map(|(i, v)| (names[i % 4], v.as_str())).collect();
        if let Ok(once) = check(&q, &given) {
            prop_assert_eq!(check(&q, &Answers(once.clone())), Ok(once));
        }
    }
}
