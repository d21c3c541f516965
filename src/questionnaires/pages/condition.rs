//! The fields of a condition: looks at earlier answers, each chosen from one list, joined by "and" or "or".

use leptos::prelude::*;

use crate::{
    forms::{
        self,
        model::{Condition, Definition, OTHER, Op, Question, QuestionKind, sub_name},
    },
    http::Cx,
    questionnaires::form::condition::{JOIN, KEEP, Look, MOST_LOOKS, look_field, looks_at, value_field},
    ui::{FormState, field},
};

/// Empty looks that are offered behind the chosen ones.
const SPARE: usize = 2;
/// Characters of a question that stand beside a look at it.
const SHORT: usize = 10;

/// What the fields are about.
pub struct Shown<'a> {
    /// The draft.
    pub draft: &'a Definition,
    /// Questions that can be looked at.
    pub earlier: &'a [&'a Question],
    /// The condition as it is.
    pub before: Option<&'a Condition>,
    /// Whether the fields can say it.
    pub is_simple: bool,
}

/// The fold with the fields of "only show if".
pub fn fields(cx: &Cx, state: &FormState, shown: &Shown<'_>) -> AnyView {
    let kept = shown.before.filter(|_| !shown.is_simple).map(|before| {
        let words = forms::view::condition(cx, shown.draft, before);
        view! {
            <p class="condition">{words}</p>
            {field::switch(cx, state, KEEP, "questionnaires.condition.keep")}
        }
    });
    let rows = if shown.earlier.is_empty() {
        view! { <p class="hint">{cx.t("questionnaires.condition.none")}</p> }.into_any()
    } else {
        looks(cx, state, shown.earlier)
    };
    let open = shown.before.is_some() || (0..MOST_LOOKS).any(|at| state.values.has(&look_field(at)));
    view! {
        <details class="fold" id="condition" open=open>
            <summary>{cx.t("questionnaires.condition")}</summary>
            {kept}
            {rows}
        </details>
    }
    .into_any()
}

fn looks(cx: &Cx, state: &FormState, earlier: &[&Question]) -> AnyView {
    let used = (0..MOST_LOOKS).filter(|at| state.values.has(&look_field(*at))).max().map_or(0, |at| at + 1);
    let rows = (0..MOST_LOOKS.min(used + SPARE)).map(|at| row(cx, state, earlier, at)).collect_view();
    let join: Vec<(String, String)> = ["all", "any"]
        .map(|code| (code.to_string(), cx.word("questionnaires.condition.join", code).into_owned()))
        .to_vec();
    view! {
        <p class="hint">{cx.t("questionnaires.condition.hint")}</p>
        {rows}
        {field::chips(cx, state, JOIN, "questionnaires.condition.joined", &join, true)}
    }
    .into_any()
}

fn row(cx: &Cx, state: &FormState, earlier: &[&Question], at: usize) -> AnyView {
    let (look, value) = (look_field(at), value_field(at));
    let label = cx.tf("questionnaires.condition.look", &[("number", &(at + 1).to_string())]);
    view! {
        <div class="look" role="group" aria-label=label>
            {select(cx, state, &look, earlier, &[("", "questionnaires.condition.nothing")])}
            {takes_value(earlier).then(|| typed(cx, state, &value))}
        </div>
    }
    .into_any()
}

/// The list of looks, grouped by question; `first` are values and words that stand before them.
pub fn select(
    cx: &Cx,
    state: &FormState,
    name: &str,
    earlier: &[&Question],
    first: &[(&'static str, &'static str)],
) -> AnyView {
    let chosen = state.values.text(name).trim().to_string();
    let error = state.message(cx, name);
    let class = if error.is_some() { "has-error" } else { "" };
    let groups = earlier
        .iter()
        .enumerate()
        .map(|(at, q)| {
            let options = looks_at(q)
                .into_iter()
                .map(|look| {
                    let code = look.code().trim().to_string();
                    let selected = code == chosen;
                    let words = format!("{}. {} {}", at + 1, short(q.label.get(cx.lang)), words(cx, q, &look));
                    view! { <option value=code selected=selected>{words}</option> }
                })
                .collect_view();
            let label = format!("{}. {}", at + 1, q.label.get(cx.lang));
            view! { <optgroup label=label>{options}</optgroup> }
        })
        .collect_view();
    let first = first
        .iter()
        .map(|(value, key)| view! { <option value=*value selected=*value == chosen>{cx.t(key)}</option> })
        .collect_view();
    let id = field::field_id(name);
    let error_id = format!("{id}-error");
    view! {
        <div class=class>
            {error.clone().map(|e| view! { <p class="error" id=error_id.clone()>{e}</p> })}
            <select id=id name=name.to_string() aria-label=cx.t("questionnaires.condition.choose")
                aria-describedby=error.map(|_| error_id)>
                {first}
                {groups}
            </select>
        </div>
    }
    .into_any()
}

/// Whether any look at these questions needs a value that is typed.
pub fn takes_value(earlier: &[&Question]) -> bool {
    earlier.iter().any(|q| looks_at(q).iter().any(|look| look.value.is_none()))
}

/// The value that some looks need: a number, a day, a time.
pub fn typed(cx: &Cx, state: &FormState, name: &str) -> AnyView {
    let value = state.values.text(name).to_string();
    let error = state.message(cx, name);
    let class = if error.is_some() { "has-error" } else { "" };
    view! {
        <div class=class>
            {error.map(|e| view! { <p class="error">{e}</p> })}
            <input id=field::field_id(name) name=name.to_string() value=value autocomplete="off" maxlength="20"
                placeholder=cx.t("questionnaires.condition.value") aria-label=cx.t("questionnaires.condition.value")/>
        </div>
    }
    .into_any()
}

/// The beginning of a question, for a list that is closed again.
fn short(label: &str) -> String {
    if label.chars().count() <= SHORT { label.to_string() } else { label.chars().take(SHORT).chain(['…']).collect() }
}

fn words(cx: &Cx, q: &Question, look: &Look) -> String {
    let value = match look.value.as_deref().unwrap_or_default() {
        OTHER if q.other => cx.t("forms.other").into_owned(),
        code => match q.choices.iter().find(|c| c.code == code) {
            Some(choice) => choice.label.get(cx.lang).to_string(),
            None if q.kind == QuestionKind::Consent => cx.t("forms.agree").into_owned(),
            None => code.to_string(),
        },
    };
    let key = match (look.op, &look.value) {
        (Op::Is, None) => "questionnaires.look.equals",
        (Op::AtLeast, None) => "questionnaires.look.at_least_typed",
        (Op::AtMost, None) => "questionnaires.look.at_most_typed",
        (Op::Is, _) => "questionnaires.look.is",
        (Op::IsNot, _) => "questionnaires.look.is_not",
        (Op::Answered, _) => "questionnaires.look.answered",
        (Op::Unanswered, _) => "questionnaires.look.unanswered",
        (Op::AtLeast, _) => "questionnaires.look.at_least",
        (Op::AtMost, _) => "questionnaires.look.at_most",
    };
    let words = cx.tf(key, &[("value", &value)]);
    match q.rows.iter().find(|r| sub_name(&q.key, &r.code) == look.name) {
        Some(row) => format!("{} · {words}", row.label.get(cx.lang)),
        None => words,
    }
}
