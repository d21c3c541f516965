//! Open cases that may be meant, to join to. Scripts take this section out of the answer and put it into the page.

use leptos::prelude::*;

use crate::{
    cases::similar::Similar,
    hotline::{model::CallKind, pages::log_of},
    http::Cx,
    ui::{FormState, field, time},
};

/// The section; `None` before anybody asked.
pub fn section(cx: &Cx, kind: CallKind, state: &FormState, found: Option<&[Similar]>) -> AnyView {
    let chosen = state.values.text("attach");
    let error = state.message(cx, "attach");
    let list = found.map(|found| {
        if found.is_empty() {
            return view! { <p class="hint">{cx.t("hotline.similar.none")}</p> }.into_any();
        }
        let items = found.iter().map(|s| item(cx, s, chosen)).collect_view();
        view! {
            <div class="choice-list">
                <label class="choice"><input type="radio" name="attach" value="" checked=chosen.is_empty()/>
                    <span class="choice-body"><b>{cx.t("hotline.similar.new")}</b></span></label>
                {items}
            </div>
        }
        .into_any()
    });
    view! {
        <fieldset class=if error.is_some() { "field has-error" } else { "field" } id="similar">
            <legend class="label">{field::label_words(&cx.t("hotline.similar"))}</legend>
            {error.clone().map(|e| view! { <p class="error" id="f-attach">{e}</p> })}
            {list}
            <p class="button-row"><button class="button quiet small" type="submit" id="find-similar" formnovalidate=true
                formaction=format!("{}/similar", log_of(kind))>{cx.t("hotline.similar.find")}</button></p>
        </fieldset>
    }
    .into_any()
}

/// Number, topic, place, state, age; the words for those alone who read them anyway.
fn item(cx: &Cx, similar: &Similar, chosen: &str) -> AnyView {
    let number = similar.number.clone();
    let facts = [
        similar.topic.clone(),
        similar.place.clone(),
        cx.word("cases.state", similar.state.code()).into_owned(),
        time::day(cx, similar.received_at),
    ];
    let facts = facts.into_iter().filter(|f| !f.is_empty()).collect::<Vec<_>>().join(" · ");
    let excerpt = similar.excerpt.clone();
    view! {
        <label class="choice">
            <input type="radio" name="attach" value=number.clone() checked=number == chosen/>
            <span class="choice-body"><b><span class="case-number">{number}</span></b><small>{facts}</small>
                {excerpt.map(|e| view! { <small>{e}</small> })}</span>
        </label>
    }
    .into_any()
}
