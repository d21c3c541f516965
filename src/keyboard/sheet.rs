//! The help sheet: which key does what. A plain fold, so that it can be read without scripts too.

use leptos::prelude::*;

use super::DeskKeys;
use crate::http::Cx;

/// Key and what it does, in the order of the sheet.
const KEYS: [(&str, &str); 18] = [
    ("j", "keyboard.next"),
    ("k", "keyboard.previous"),
    ("Enter", "keyboard.open"),
    ("u", "keyboard.list"),
    ("/", "keyboard.search"),
    ("x", "keyboard.choose"),
    ("c", "keyboard.chosen"),
    ("a", "keyboard.assign"),
    ("d", "keyboard.decline"),
    ("s", "keyboard.act"),
    ("b", "keyboard.send_back"),
    ("r", "keyboard.reply"),
    ("n", "keyboard.note"),
    ("t", "keyboard.tag"),
    ("m", "keyboard.macro"),
    ("Ctrl Enter", "keyboard.send"),
    ("Esc", "keyboard.close"),
    ("?", "keyboard.help"),
];

/// The sheet and the island.
pub fn sheet(cx: &Cx) -> AnyView {
    let rows = KEYS
        .map(|(key, what)| {
            let parts = key.split(' ').map(|part| view! { <kbd>{part.to_string()}</kbd>" " }).collect_view();
            view! { <dt>{parts}</dt><dd>{cx.t(what)}</dd> }
        })
        .collect_view();
    let whose = cx.actor.as_ref().map(|actor| actor.staff_id.to_string());
    view! {
        <details class="dialog keys" id="keys" data-whose=whose>
            <summary class="button quiet small" data-key="?">{cx.t("keyboard.title")}</summary>
            <div class="dialog-body">
                <h2 tabindex="-1" data-first>{cx.t("keyboard.title")}</h2>
                <dl class="key-list">{rows}</dl>
                <p id="keys-switch" hidden><label class="switch">
                    <input type="checkbox" id="keys-on"/><span>{cx.t("keyboard.on")}</span>
                </label></p>
            </div>
        </details>
        <p id="keys-unsent" class="banner warn" role="status" hidden>{cx.t("keyboard.unsent")}</p>
        <DeskKeys/>
    }
    .into_any()
}

/// The way to the cases before and after this one in the list from which it was opened.
pub fn steps(cx: &Cx, [before, after]: &[Option<String>; 2]) -> AnyView {
    let (ends, starts) = (after.is_none(), before.is_none());
    view! {
        <nav class="case-steps" aria-label=cx.t("keyboard.steps")>
            {before.clone().map(|href| view! { <a class="button quiet small" rel="prev" data-key="k" href=href>{cx.t("keyboard.previous_case")}</a> })}
            {starts.then(|| view! { <span>{cx.t("keyboard.first")}</span> })}
            {ends.then(|| view! { <span>{cx.t("keyboard.last")}</span> })}
            {after.clone().map(|href| view! { <a class="button quiet small" rel="next" data-key="j" href=href>{cx.t("keyboard.next_case")}</a> })}
        </nav>
    }
    .into_any()
}
