//! Questions as plain HTML: a form that works without scripts. All sections show, with their conditions in words; the
//! server drops answers of what is not reached. Where scripts run, [`crate::forms::islands`] hides what is not reached.
//!
//! `section.form-section[data-section]` > h2, text, `.condition`, then `.field[data-question]` for each question.

mod controls;
mod words;

pub use words::{condition, in_words};

use leptos::prelude::*;

use crate::{
    forms::{
        form::{self, Photos},
        model::{Definition, Question, QuestionKind, Section},
    },
    http::Cx,
    ui::{FormState, field},
};

/// All sections of a form with what was answered, what is wrong, and the photos that were accepted already.
pub fn sections(cx: &Cx, state: &FormState, definition: &Definition, photos: &[Photos]) -> AnyView {
    definition.sections.iter().map(|s| section(cx, state, definition, s, photos)).collect_view().into_any()
}

/// The list of errors at the top, which names the questions.
pub fn error_summary(cx: &Cx, state: &FormState, definition: &Definition) -> Option<AnyView> {
    field::error_summary_naming(cx, state, |name| {
        let question = definition.question(name.strip_prefix("answer.")?)?;
        Some(question.label.get(cx.lang).to_string())
    })
}

fn section(cx: &Cx, state: &FormState, definition: &Definition, s: &Section, photos: &[Photos]) -> AnyView {
    let title = s.title.get(cx.lang).to_string();
    let text = s.text.get(cx.lang).to_string();
    let when = s.show_if.as_ref().map(|c| only_if(cx, definition, c));
    let questions = s.questions.iter().map(|q| question(cx, state, definition, q, photos)).collect_view();
    let jumps = words::jumps(cx, definition, s);
    let key = s.key.clone();
    view! {
        <section class="form-section" data-section=key>
            {(!title.is_empty()).then(|| view! { <h2>{title}</h2> })}
            {when}
            {(!text.is_empty()).then(|| view! { <p class="form-text">{text}</p> })}
            {questions}
            {jumps}
        </section>
    }
    .into_any()
}

fn only_if(cx: &Cx, definition: &Definition, c: &crate::forms::model::Condition) -> AnyView {
    let words = cx.tf("forms.only_if", &[("condition", &condition(cx, definition, c))]);
    view! { <p class="condition">{words}</p> }.into_any()
}

/// One question.
pub fn question(cx: &Cx, state: &FormState, definition: &Definition, q: &Question, photos: &[Photos]) -> AnyView {
    let when = q.show_if.as_ref().map(|c| only_if(cx, definition, c));
    let label = q.label.get(cx.lang).to_string();
    let key = q.key.clone();
    if q.kind == QuestionKind::Notice {
        return view! {
            <div class="notice" data-question=key>{when}<div><p class="form-text">{label}</p></div></div>
        }
        .into_any();
    }
    let name = form::field(&q.key);
    let id = field::field_id(&name);
    let error = state.message(cx, &name);
    let hint = q.hint.get(cx.lang).to_string();
    let limits = words::limits(cx, q);
    let described: Vec<String> = [
        error.is_some().then(|| format!("{id}-error")),
        (!hint.is_empty()).then(|| format!("{id}-hint")),
        (!limits.is_empty()).then(|| format!("{id}-limits")),
    ]
    .into_iter()
    .flatten()
    .collect();
    let described = (!described.is_empty()).then(|| described.join(" "));
    let optional = (!q.required && q.kind != QuestionKind::Consent).then(|| field::optional(cx));
    let control = controls::control(cx, state, q, photos, &id, error.is_some(), described.clone());
    let class = if error.is_some() { "field has-error" } else { "field" };
    let (hint_id, limits_id, error_id) = (format!("{id}-hint"), format!("{id}-limits"), format!("{id}-error"));
    let notes = view! {
        {when}
        {(!hint.is_empty()).then(|| view! { <p class="hint" id=hint_id>{hint}</p> })}
        {(!limits.is_empty()).then(|| view! { <p class="hint" id=limits_id>{limits}</p> })}
        {error.map(|e| view! { <p class="error" id=error_id>{e}</p> })}
    };
    if controls::is_group(q.kind) {
        view! {
            <fieldset class=class data-question=key aria-describedby=described>
                <legend class="label">{label}{optional}</legend>
                {notes}
                {control}
            </fieldset>
        }
        .into_any()
    } else {
        view! {
            <div class=class data-question=key>
                <label class="label" for=id>{label}{optional}</label>
                {notes}
                {control}
            </div>
        }
        .into_any()
    }
}
