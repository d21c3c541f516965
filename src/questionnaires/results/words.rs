//! What fields and cells are called.

use crate::{
    forms::{
        decimal,
        model::{OTHER, Question, QuestionKind},
    },
    http::Cx,
    questionnaires::results::{
        fields::{By, Field, LOWEST, Outline, Shape},
        publish::Group,
    },
};

/// What is asked.
pub fn question(cx: &Cx, question: &Question) -> String {
    let label = question.label.get(cx.lang);
    if label.is_empty() { question.key.clone() } else { label.to_string() }
}

/// A choice of a question, or "other".
fn choice(cx: &Cx, question: &Question, code: &str) -> String {
    match question.choices.iter().find(|c| c.code == code) {
        Some(choice) if !choice.label.is_empty() => choice.label.get(cx.lang).to_string(),
        None if code == OTHER && question.other => cx.t("results.cell.other").into_owned(),
        _ => code.to_string(),
    }
}

/// The part of its question that a field is: a row of a matrix, a choice of several. Empty when it is the whole.
pub fn part(cx: &Cx, question: &Question, field: &Field) -> String {
    match &field.shape {
        Shape::Chosen(code) => choice(cx, question, code),
        _ if question.kind == QuestionKind::Matrix => {
            let code = field.name.rsplit_once('.').map_or("", |(_, row)| row);
            let row = question.rows.iter().find(|r| r.code == code);
            row.map_or_else(|| code.to_string(), |r| r.label.get(cx.lang).to_string())
        }
        _ => String::new(),
    }
}

/// A field in a list or over a column.
pub fn field(cx: &Cx, outline: &Outline, field: &Field) -> String {
    let Some(of) = outline.questions.get(field.question) else { return field.name.clone() };
    let (title, part) = (question(cx, of), part(cx, of, field));
    if part.is_empty() { title } else { format!("{title} · {part}") }
}

/// One cell.
pub fn cell(cx: &Cx, of: &Question, field: &Field, code: &str) -> String {
    if code.is_empty() {
        return match field.shape {
            Shape::Chosen(_) => cx.t("results.cell.not_chosen").into_owned(),
            Shape::Given => cx.t("results.cell.not_given").into_owned(),
            _ => cx.t("results.cell.none").into_owned(),
        };
    }
    match &field.shape {
        Shape::Value if matches!(of.kind, QuestionKind::Scale | QuestionKind::Rating) => on_scale(cx, of, code),
        Shape::Value | Shape::First => choice(cx, of, code),
        Shape::Chosen(_) => cx.t("results.cell.chosen").into_owned(),
        Shape::Given => cx.t("results.cell.given").into_owned(),
        Shape::Hour => cx.tf("results.cell.hour", &[("hour", code)]),
        Shape::Weekday => cx.word("results.weekday", code).into_owned(),
        Shape::Stretch(bounds) => stretch(cx, bounds, (code, code)),
    }
}

fn on_scale(cx: &Cx, of: &Question, code: &str) -> String {
    let (low, high) = of.range();
    let word = match code.parse::<i64>() {
        Ok(n) if n == low => of.low.get(cx.lang),
        Ok(n) if n == high => of.high.get(cx.lang),
        _ => "",
    };
    let number = if of.kind == QuestionKind::Rating { format!("{code}★") } else { code.to_string() };
    if word.is_empty() { number } else { format!("{number} {word}") }
}

/// The numbers from one stretch to the end of another, which is often the same.
fn stretch(cx: &Cx, bounds: &[i64], (first, last): (&str, &str)) -> String {
    let last = decimal::parse(last).unwrap_or(0);
    let lowest = decimal::parse(first) == Some(LOWEST.saturating_mul(decimal::ONE));
    let next = bounds.iter().find(|b| **b > last).map(|b| decimal::show(*b));
    match next {
        Some(next) if lowest => cx.tf("results.cell.below", &[("to", &next)]),
        Some(next) => cx.tf("results.cell.from_to", &[("from", first), ("to", &next)]),
        None if lowest => cx.t("results.cell.any").into_owned(),
        None => cx.tf("results.cell.from", &[("from", first)]),
    }
}

/// Cells that are told together. Stretches of numbers that follow each other are one.
pub fn cells(cx: &Cx, of: &Question, field: &Field, codes: &[String]) -> String {
    let place = |code: &String| field.cells.iter().position(|c| c == code);
    let words: Vec<String> = codes
        .chunk_by(|a, b| !b.is_empty() && place(a).zip(place(b)).is_some_and(|(a, b)| a + 1 == b))
        .flat_map(|run| match (&field.shape, run) {
            (Shape::Stretch(bounds), [first, .., last]) => vec![stretch(cx, bounds, (first, last))],
            _ => run.iter().map(|code| cell(cx, of, field, code)).collect(),
        })
        .collect();
    words.join(&cx.t("results.cell.and"))
}

/// A group.
pub fn group(cx: &Cx, of: &Question, field: &Field, group: &Group) -> String {
    cells(cx, of, field, &group.cells)
}

/// By what is broken down.
pub fn by(cx: &Cx, outline: &Outline, by: &By) -> String {
    match by {
        By::Nothing => String::new(),
        By::Class => cx.t("results.by.class").into_owned(),
        By::Answer(name) => {
            let at = outline.breaks_down(name).and_then(|at| outline.fields.get(at));
            at.map_or_else(|| name.clone(), |f| field(cx, outline, f))
        }
    }
}

/// The lanes of a row.
pub fn lanes(cx: &Cx, outline: &Outline, by: &By, codes: &[String]) -> String {
    let words: Vec<String> = match by {
        By::Answer(name) => {
            let at = outline.breaks_down(name).and_then(|at| outline.fields.get(at));
            let of = at.and_then(|f| outline.questions.get(f.question));
            codes.iter().map(|code| at.zip(of).map_or_else(|| code.clone(), |(f, of)| cell(cx, of, f, code))).collect()
        }
        _ => codes
            .iter()
            .map(|code| if code.is_empty() { cx.t("results.cell.no_class").into_owned() } else { code.clone() })
            .collect(),
    };
    words.join(&cx.t("results.cell.and"))
}
