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

/// Yes or no, in the words of a question.
fn question(cx: &Cx, state: &FormState, name: &'static str, label: &'static str) -> AnyView {
    let options = ["yes", "no"]
        .map(|code| (code.to_string(), cx.word("callbacks.answer", &format!("{name}-{code}")).into_owned()));
    field::chips(cx, state, name, label, &options, false)
}

/// The three questions, as they are asked.
fn three(cx: &Cx, state: &FormState) -> AnyView {
    view! {
        {question(cx, state, "contacted", "callbacks.ask.contacted")}
        {question(cx, state, "solved", "callbacks.ask.solved")}
        {question(cx, state, "satisfied", "callbacks.ask.satisfied")}
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
