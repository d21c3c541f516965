//! Pages of callbacks: the list, one call, and what a representative was handed.

pub mod call;
pub mod list;
pub mod own;

use leptos::prelude::*;

use crate::{
    http::Cx,
    intake::model::Contact,
    ui::{FormState, field},
};

/// A question with what can be answered: the keys of yes and no.
fn question(cx: &Cx, state: &FormState, name: &'static str, label: &str, answers: [&'static str; 2]) -> AnyView {
    let [yes, no] = answers.map(|key| cx.t(key).into_owned());
    field::chips(cx, state, name, label, &[("yes".to_string(), yes), ("no".to_string(), no)], false)
}

/// The three questions, as they are asked.
fn three(cx: &Cx, state: &FormState) -> AnyView {
    let contacted = ["callbacks.answer.contacted-yes", "callbacks.answer.contacted-no"];
    let solved = ["callbacks.answer.solved-yes", "callbacks.answer.solved-no"];
    let satisfied = ["callbacks.answer.satisfied-yes", "callbacks.answer.satisfied-no"];
    view! {
        {question(cx, state, "contacted", "callbacks.ask.contacted", contacted)}
        {question(cx, state, "solved", "callbacks.ask.solved", solved)}
        {question(cx, state, "satisfied", "callbacks.ask.satisfied", satisfied)}
    }
    .into_any()
}

/// Names and numbers to call.
fn contacts(cx: &Cx, contacts: &[Contact]) -> AnyView {
    let items = contacts
        .iter()
        .map(|c| {
            let digits: String = c.contact.chars().filter(|d| d.is_ascii_digit() || *d == '+').collect();
            let (name, text) = (c.name.clone(), c.contact.clone());
            let number = if digits.len() >= 5 {
                view! { <a class="call-back-number" href=format!("tel:{digits}")>{text}</a> }.into_any()
            } else {
                view! { <b>{text}</b> }.into_any()
            };
            view! { <li>{name}" "{number}</li> }
        })
        .collect_view();
    if contacts.is_empty() {
        return view! { <p class="hint">{cx.t("callbacks.no_number")}</p> }.into_any();
    }
    view! { <ul class="plain-list">{items}</ul> }.into_any()
}
