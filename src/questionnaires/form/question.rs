//! The form of one question.

use std::collections::HashSet;

use crate::{
    forms::{
        decimal::MOST_DECIMALS,
        model::{Choice, Definition, Question, QuestionKind, Text},
        problems::{MOST_CHOICES, MOST_LABEL},
    },
    http::Form,
    kernel::text::{char_count, normalize_line, normalize_text},
    questionnaires::{
        form::{condition, lines},
        model::edit::Taken,
    },
    ui::FormState,
};

/// The fields of a question as it is. The second value is false when its condition is too complex for the fields.
pub fn filled(draft: &Definition, q: &Question) -> (FormState, bool) {
    let number = |n: Option<i64>| n.map(|n| n.to_string()).unwrap_or_default();
    let flag = |on: bool| if on { "1".to_string() } else { String::new() };
    let mut values = Form::from_pairs([
        ("kind", q.kind.code().to_string()),
        ("label", q.label.zh.clone()),
        ("label_en", q.label.en.clone()),
        ("hint", q.hint.zh.clone()),
        ("hint_en", q.hint.en.clone()),
        ("required", flag(q.required)),
        ("other", flag(q.other)),
        ("choices", lines::chinese(&q.choices)),
        ("choices_en", lines::english(&q.choices)),
        ("rows", lines::chinese(&q.rows)),
        ("rows_en", lines::english(&q.rows)),
        ("min", number(q.min)),
        ("max", number(q.max)),
        ("decimals", if q.decimals == 0 { String::new() } else { q.decimals.to_string() }),
        ("low", q.low.zh.clone()),
        ("low_en", q.low.en.clone()),
        ("high", q.high.zh.clone()),
        ("high_en", q.high.en.clone()),
    ]);
    let is_simple = condition::fill(&mut values, q.show_if.as_ref(), &condition::earlier(draft, &q.key));
    (FormState::of(values), is_simple)
}

/// Reads a posted question; what a kind does not have stays as it was, so that changing the kind and back loses nothing.
///
/// # Errors
/// What is wrong, beside its fields.
pub fn parse(posted: &Form, draft: &Definition, before: &Question, taken: &mut Taken) -> Result<Question, FormState> {
    let mut state = FormState::of(posted.clone());
    let mut q = before.clone();
    if let Some(kind) = QuestionKind::parse(posted.text("kind")) {
        q.kind = kind;
    }
    q.label = text(&mut state, "label", true);
    if q.label.zh.is_empty() && q.label.en.is_empty() {
        state.error("label", "questionnaires.error.label");
    }
    q.hint = text(&mut state, "hint", false);
    q.required = posted.has("required");
    // Fields that the page of the former kind did not have were not sent.
    if before.kind.has_choices() {
        q.choices = choices(&mut state, "choices", &before.choices, (&q.key, "c"), taken);
    }
    if before.kind == QuestionKind::Matrix {
        q.rows = choices(&mut state, "rows", &before.rows, (&q.key, "r"), taken);
    }
    if matches!(before.kind, QuestionKind::Single | QuestionKind::Multiple) {
        q.other = posted.has("other");
    }
    if before.kind == QuestionKind::Scale {
        (q.low, q.high) = (text(&mut state, "low", false), text(&mut state, "high", false));
    }
    (q.min, q.max) = (number(&mut state, "min"), number(&mut state, "max"));
    if let (Some(min), Some(max)) = (q.min, q.max)
        && min > max
    {
        state.error("max", "questionnaires.error.order");
    }
    let most = MOST_DECIMALS.to_string();
    match posted.optional("decimals").map(str::parse::<u8>) {
        None => q.decimals = 0,
        Some(Ok(n)) if usize::from(n) <= MOST_DECIMALS => q.decimals = n,
        Some(_) => state.error_with("decimals", "questionnaires.error.decimals", &[("max", most)]),
    }
    match condition::parse(posted, before.show_if.as_ref(), &condition::earlier(draft, &q.key)) {
        Ok(condition) => q.show_if = condition,
        Err(wrong) => wrong.into_iter().for_each(|(field, key)| state.error(field, key)),
    }
    if q.kind != before.kind {
        suit(&mut q, taken);
    }
    if state.is_ok() { Ok(q) } else { Err(state) }
}

/// Makes a question of another kind whole: limits mean something else now, and choices may be missing.
fn suit(q: &mut Question, taken: &mut Taken) {
    (q.min, q.max, q.decimals) = (None, None, 0);
    q.other = q.other && matches!(q.kind, QuestionKind::Single | QuestionKind::Multiple);
    let mut add = |list: &mut Vec<Choice>, letter: &str, zh: &str| {
        list.push(Choice { code: taken.next_code(&q.key, letter), label: Text::new(zh, "") });
    };
    if q.kind.has_choices() && q.choices.is_empty() {
        add(&mut q.choices, "c", "是");
        add(&mut q.choices, "c", "否");
    }
    if q.kind == QuestionKind::Matrix && q.rows.is_empty() {
        add(&mut q.rows, "r", "第一行");
    }
}

/// A text in both languages: `name` and `name_en`.
pub fn text(state: &mut FormState, name: &str, several_lines: bool) -> Text {
    let english = format!("{name}_en");
    let mut clean = |field: &str| {
        let typed = state.values.text(field);
        let clean = if several_lines { normalize_text(typed) } else { normalize_line(typed) };
        if char_count(&clean) > MOST_LABEL {
            state.error_with(field, "questionnaires.error.long", &[("max", MOST_LABEL.to_string())]);
        }
        clean
    };
    Text { zh: clean(name), en: clean(&english) }
}

fn number(state: &mut FormState, field: &'static str) -> Option<i64> {
    let typed = state.values.optional(field)?.to_string();
    let number = typed.parse::<i64>().ok().filter(|n| (-1_000_000..=1_000_000).contains(n));
    if number.is_none() {
        state.error(field, "questionnaires.error.number");
    }
    number
}

fn choices(
    state: &mut FormState,
    field: &'static str,
    before: &[Choice],
    of: (&str, &str),
    taken: &mut Taken,
) -> Vec<Choice> {
    let english = format!("{field}_en");
    let choices = lines::parse(state.values.text(field), state.values.text(&english), before, of, taken);
    let words: HashSet<&str> = choices.iter().map(|c| c.label.zh.as_str()).collect();
    if words.len() < choices.len() {
        state.error(field, "questionnaires.error.choice_twice");
    } else if choices.is_empty() {
        state.error(field, "questionnaires.error.choices");
    } else if choices.len() > MOST_CHOICES {
        state.error_with(field, "questionnaires.error.too_many_choices", &[("max", MOST_CHOICES.to_string())]);
    } else if choices.iter().any(|c| char_count(&c.label.zh) > MOST_LABEL || char_count(&c.label.en) > MOST_LABEL) {
        state.error_with(field, "questionnaires.error.long", &[("max", MOST_LABEL.to_string())]);
    }
    choices
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaires::model::edit::{Step, empty};

    fn draft() -> Definition {
        let mut draft = empty("问卷");
        for kind in QuestionKind::ALL {
            let mut taken = Taken::of([&draft]);
            Step::Add("s1".into(), *kind).apply(&mut draft, &mut taken).unwrap();
        }
        draft
    }

    #[test]
    fn a_question_of_every_kind_is_saved_as_it_was_shown() {
        let draft = draft();
        for q in draft.questions() {
            let (mut state, is_simple) = filled(&draft, q);
            assert!(is_simple);
            state.values.set("label", "题目");
            let saved = parse(&state.values, &draft, q, &mut Taken::of([&draft])).unwrap();
            assert_eq!(saved, Question { label: Text::new("题目", ""), ..q.clone() });
        }
    }

    #[test]
    fn another_kind_begins_whole() {
        let draft = draft();
        let text = draft.questions().find(|q| q.kind == QuestionKind::ShortText).unwrap();
        let mut values = filled(&draft, text).0.values;
        values.set("label", "题目");
        values.set("max", "50");
        values.set("kind", "matrix");
        let saved = parse(&values, &draft, text, &mut Taken::of([&draft])).unwrap();
        assert_eq!((saved.kind, saved.choices.len(), saved.rows.len(), saved.max), (QuestionKind::Matrix, 2, 1, None));
    }

    #[test]
    fn everything_wrong_is_told_at_once_and_given_back() {
        let draft = draft();
        let single = draft.questions().find(|q| q.kind == QuestionKind::Single).unwrap();
        let values = Form::from_pairs([("label", " "), ("choices", "是\n是"), ("min", "三"), ("decimals", "99")]);
        let state = parse(&values, &draft, single, &mut Taken::of([&draft])).unwrap_err();
        let fields: Vec<&str> = state.errors.iter().map(|e| e.field.as_str()).collect();
        assert_eq!(fields, ["label", "choices", "min", "decimals"]);
        assert_eq!(state.values.text("choices"), "是\n是");
    }
}
