//! The fields of a question, by its kind.

use leptos::prelude::*;

use crate::{
    forms::model::{Definition, Question, QuestionKind},
    http::Cx,
    questionnaires::{
        form::{condition::earlier, question::filled},
        pages::condition::{self, Shown},
    },
    ui::{
        FormState,
        field::{self, Line},
    },
};

const PLAIN: Line = Line { kind: "", autocomplete: "off", max: 0, required: false, hint: "" };
const NUMBER: Line = Line { kind: "number", ..PLAIN };

/// All fields of a question.
pub fn fields(cx: &Cx, state: &FormState, draft: &Definition, q: &Question) -> AnyView {
    let label = Line { required: true, hint: "questionnaires.question.label_hint", ..PLAIN };
    let earlier = earlier(draft, &q.key);
    let shown = Shown { draft, earlier: &earlier, before: q.show_if.as_ref(), is_simple: filled(draft, q).1 };
    let is_notice = q.kind == QuestionKind::Notice;
    let required = (!is_notice).then(|| field::switch(cx, state, "required", "questionnaires.question.required"));
    let hint = Line { hint: "questionnaires.question.hint_hint", ..PLAIN };
    let hint = (!is_notice).then(|| field::line(cx, state, "hint", "questionnaires.question.hint", hint));
    view! {
        {field::text_area(cx, state, "label", "questionnaires.question.label", label)}
        {lists(cx, state, q)}
        {ends(cx, state, q)}
        {limits(cx, state, q)}
        {required}
        {hint}
        {condition::fields(cx, state, &shown)}
        {english(cx, state, q)}
        {kind(cx, state)}
    }
    .into_any()
}

/// Choices and rows: one a line.
fn lists(cx: &Cx, state: &FormState, q: &Question) -> Option<AnyView> {
    let line = Line { required: true, hint: "questionnaires.question.one_a_line", ..PLAIN };
    let rows = (q.kind == QuestionKind::Matrix)
        .then(|| field::text_area(cx, state, "rows", "questionnaires.question.rows", line));
    let label = if q.kind == QuestionKind::Matrix {
        "questionnaires.question.columns"
    } else {
        "questionnaires.question.choices"
    };
    let other = matches!(q.kind, QuestionKind::Single | QuestionKind::Multiple)
        .then(|| field::switch(cx, state, "other", "questionnaires.question.other"));
    q.kind
        .has_choices()
        .then(|| view! { {rows}{field::text_area(cx, state, "choices", label, line)}{other} }.into_any())
}

/// The words at both ends of a scale.
fn ends(cx: &Cx, state: &FormState, q: &Question) -> Option<AnyView> {
    (q.kind == QuestionKind::Scale).then(|| {
        view! {
            <div class="form-grid">
                {field::line(cx, state, "low", "questionnaires.question.low", PLAIN)}
                {field::line(cx, state, "high", "questionnaires.question.high", PLAIN)}
            </div>
        }
        .into_any()
    })
}

/// The lower and the upper limit, called by what they limit.
fn limits(cx: &Cx, state: &FormState, q: &Question) -> Option<AnyView> {
    let (min, max) = match q.kind {
        QuestionKind::Multiple => ("questionnaires.question.at_least", "questionnaires.question.at_most"),
        QuestionKind::Scale => ("questionnaires.question.from", "questionnaires.question.to"),
        QuestionKind::Number => ("questionnaires.question.smallest", "questionnaires.question.largest"),
        QuestionKind::Rating => ("", "questionnaires.question.stars"),
        QuestionKind::Ranking => ("", "questionnaires.question.ranks"),
        QuestionKind::ShortText | QuestionKind::LongText => ("", "questionnaires.question.chars"),
        QuestionKind::Photo => ("", "questionnaires.question.photos"),
        QuestionKind::Single
        | QuestionKind::Matrix
        | QuestionKind::Date
        | QuestionKind::Time
        | QuestionKind::Consent
        | QuestionKind::Notice => return None,
    };
    let min = (!min.is_empty()).then(|| field::line(cx, state, "min", min, NUMBER));
    let decimals = (q.kind == QuestionKind::Number)
        .then(|| field::line(cx, state, "decimals", "questionnaires.question.decimals", NUMBER));
    let view = view! { <div class="form-grid">{min}{field::line(cx, state, "max", max, NUMBER)}{decimals}</div> };
    Some(view.into_any())
}

fn english(cx: &Cx, state: &FormState, q: &Question) -> AnyView {
    let names = ["label_en", "hint_en", "choices_en", "rows_en", "low_en", "high_en"];
    let open = names.iter().any(|n| state.values.has(n));
    let line = Line { hint: "questionnaires.question.one_a_line_en", ..PLAIN };
    let rows = (q.kind == QuestionKind::Matrix)
        .then(|| field::text_area(cx, state, "rows_en", "questionnaires.question.rows_en", line));
    let choices = q
        .kind
        .has_choices()
        .then(|| field::text_area(cx, state, "choices_en", "questionnaires.question.choices_en", line));
    let ends = (q.kind == QuestionKind::Scale).then(|| {
        view! {
            <div class="form-grid">
                {field::line(cx, state, "low_en", "questionnaires.question.low_en", PLAIN)}
                {field::line(cx, state, "high_en", "questionnaires.question.high_en", PLAIN)}
            </div>
        }
    });
    view! {
        <details class="fold" open=open>
            <summary>{cx.t("questionnaires.english")}</summary>
            {field::text_area(cx, state, "label_en", "questionnaires.question.label_en", PLAIN)}
            {field::line(cx, state, "hint_en", "questionnaires.question.hint_en", PLAIN)}
            {rows}
            {choices}
            {ends}
        </details>
    }
    .into_any()
}

fn kind(cx: &Cx, state: &FormState) -> AnyView {
    let kinds: Vec<(String, String)> = QuestionKind::ALL
        .iter()
        .map(|k| (k.code().to_string(), cx.word("questionnaires.kind", k.code()).into_owned()))
        .collect();
    view! {
        <details class="fold">
            <summary>{cx.t("questionnaires.question.other_kind")}</summary>
            {field::select(cx, state, "kind", "questionnaires.question.kind", &kinds, true)}
        </details>
    }
    .into_any()
}
