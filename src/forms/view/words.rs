//! Conditions, limits and answers in words.

use leptos::prelude::*;

use crate::{
    forms::model::{Answers, Condition, Definition, END, OTHER, Op, Question, QuestionKind, Section, Test, sub_name},
    http::Cx,
    i18n::Lang,
};

/// A condition as part of a sentence: “住校吗”选了“是”.
pub fn condition(cx: &Cx, definition: &Definition, c: &Condition) -> String {
    let joined = |parts: &[Condition], word: &str| {
        let parts: Vec<String> = parts.iter().map(|p| condition(cx, definition, p)).collect();
        parts.join(&cx.t(word))
    };
    match c {
        Condition::All(parts) => joined(parts, "forms.and"),
        Condition::Any(parts) => joined(parts, "forms.or"),
        Condition::Not(part) => cx.tf("forms.not", &[("condition", &condition(cx, definition, part))]),
        Condition::Test(test) => look(cx, definition, test),
    }
}

fn look(cx: &Cx, definition: &Definition, test: &Test) -> String {
    let question = definition.question_of(&test.question);
    let mut name = question.map_or(test.question.as_str(), |q| q.label.get(cx.lang)).to_string();
    let mut value = test.value.clone();
    if let Some(q) = question {
        if let Some(row) = q.rows.iter().find(|r| sub_name(&q.key, &r.code) == test.question) {
            name = format!("{name} · {}", row.label.get(cx.lang));
        }
        value = label_of(q, &test.value, cx.lang);
    }
    let key = match test.op {
        Op::Is => "forms.op.is",
        Op::IsNot => "forms.op.is_not",
        Op::Answered => "forms.op.answered",
        Op::Unanswered => "forms.op.unanswered",
        Op::AtLeast => "forms.op.at_least",
        Op::AtMost => "forms.op.at_most",
    };
    // Two of the sentences do without the value; all of them name the question.
    cx.tf(key, &[("question", &name), ("value", &value)])
}

/// What a stored value is called.
fn label_of(q: &Question, value: &str, lang: Lang) -> String {
    match q.choices.iter().find(|c| c.code == value) {
        Some(choice) => choice.label.get(lang).to_string(),
        None if q.other && value == OTHER => lang.t("forms.other").into_owned(),
        None if q.kind == QuestionKind::Consent => lang.t("forms.agree").into_owned(),
        None => value.to_string(),
    }
}

/// Where a form goes on after a section, in words.
pub(super) fn jumps(cx: &Cx, definition: &Definition, section: &Section) -> Option<AnyView> {
    let lines: Vec<String> = section
        .jumps
        .iter()
        .map(|jump| {
            let target = definition.sections.iter().find(|s| s.key == jump.to);
            let to = match target {
                _ if jump.to == END => cx.t("forms.jump_end").into_owned(),
                Some(section) => cx.tf("forms.jump_to", &[("section", section.title.get(cx.lang))]),
                None => String::new(),
            };
            match &jump.when {
                Some(when) => cx.tf("forms.jump_if", &[("condition", &condition(cx, definition, when)), ("jump", &to)]),
                None => to,
            }
        })
        .filter(|line| !line.is_empty())
        .collect();
    (!lines.is_empty())
        .then(|| lines.into_iter().map(|l| view! { <p class="condition">{l}</p> }).collect_view().into_any())
}

/// The limits of an answer in words; empty when there is nothing that a person must know.
pub(super) fn limits(cx: &Cx, q: &Question) -> String {
    let both = |key: &str, min: i64, max: i64| cx.tf(key, &[("min", &min.to_string()), ("max", &max.to_string())]);
    let one = |key: &str, n: i64| cx.tf(key, &[("count", &n.to_string())]);
    match (q.kind, q.min, q.max) {
        (QuestionKind::Multiple, Some(min), Some(max)) if min == max => one("forms.limit.exactly", max),
        (QuestionKind::Multiple, Some(min), Some(max)) => both("forms.limit.between", min, max),
        (QuestionKind::Multiple, Some(min), None) => one("forms.limit.at_least", min),
        (QuestionKind::Multiple, None, Some(max)) => one("forms.limit.at_most", max),
        (QuestionKind::Multiple, None, None) => cx.t("forms.limit.several").into_owned(),
        (QuestionKind::Number, Some(min), Some(max)) => both("forms.limit.number", min, max),
        (QuestionKind::Ranking, _, max) => {
            one("forms.limit.ranks", max.unwrap_or(q.choices.len() as i64).min(q.choices.len() as i64))
        }
        (QuestionKind::Photo, ..) => one("forms.limit.photos", q.most_photos()),
        _ => String::new(),
    }
}

/// Label and answer of each question that was answered, for people who may read the whole response.
pub fn in_words(definition: &Definition, answers: &Answers, lang: Lang) -> Vec<(String, String)> {
    let mut lines = Vec::new();
    for q in definition.questions() {
        let label = q.label.get(lang);
        if q.kind == QuestionKind::Matrix {
            for row in &q.rows {
                if let Some(value) = answers.first(&sub_name(&q.key, &row.code)) {
                    lines.push((format!("{label} · {}", row.label.get(lang)), label_of(q, value, lang)));
                }
            }
            continue;
        }
        let values = answers.get(&q.key);
        if values.is_empty() {
            continue;
        }
        if q.kind == QuestionKind::Photo {
            lines.push((label.to_string(), lang.tf("forms.photos", &[("count", &values.len().to_string())])));
            continue;
        }
        let mut shown: Vec<String> = values.iter().map(|v| label_of(q, v, lang)).collect();
        if let Some(words) = answers.first(&sub_name(&q.key, OTHER)) {
            shown.pop();
            shown.push(words.to_string());
        }
        let between = if q.kind == QuestionKind::Ranking { " → " } else { "、" };
        lines.push((label.to_string(), shown.join(between)));
    }
    lines
}
