//! Pages of notices: one's own settings, and the administrator's.

pub mod account;
pub mod admin;
pub mod channel;
pub mod submitter;

use leptos::prelude::*;

use crate::{
    http::Cx,
    notify::model::{News, Trouble},
    ui::{FormState, field, time},
};

/// The kinds of news, each on or off.
fn kinds(cx: &Cx, state: &FormState) -> AnyView {
    let switches = News::ALL
        .iter()
        .map(|n| field::switch(cx, state, &format!("news.{}", n.code()), &["notify.news", n.code()].join(".")))
        .collect_view();
    view! {
        <fieldset class="field">
            <legend class="label">{cx.t("notify.kinds")}</legend>
            {switches}
        </fieldset>
    }
    .into_any()
}

/// What came of a try, in words.
fn outcome(cx: &Cx, word: &str) -> String {
    match Trouble::parse(word) {
        Some(trouble) => cx.word("notify.trouble", trouble.code()).into_owned(),
        None => cx.t("notify.arrived").into_owned(),
    }
}

/// A moment, or nothing.
fn moment(cx: &Cx, at: Option<chrono::DateTime<chrono::Utc>>) -> String {
    at.map(|at| time::moment(cx, at)).unwrap_or_default()
}

/// The sign of what came of a try.
fn outcome_pill(cx: &Cx, word: &str) -> AnyView {
    let class = match Trouble::parse(word) {
        Some(_) => "pill late",
        None => "pill ok",
    };
    view! { <span class=class>{outcome(cx, word)}</span> }.into_any()
}
