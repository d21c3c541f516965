//! The help sheet: which key does what. A plain fold, so that it can be read without scripts too.

use leptos::prelude::*;

use super::DeskKeys;
use crate::http::Cx;

/// Key and what it does, in the order of the sheet.
const KEYS: [(&str, &str); 14] = [
    ("j", "keyboard.next"),
    ("k", "keyboard.previous"),
    ("Enter", "keyboard.open"),
    ("u", "keyboard.list"),
    ("/", "keyboard.search"),
    ("a", "keyboard.assign"),
    ("d", "keyboard.decline"),
    ("s", "keyboard.act"),
    ("b", "keyboard.send_back"),
    ("r", "keyboard.reply"),
    ("n", "keyboard.note"),
    ("Ctrl Enter", "keyboard.send"),
    ("Esc", "keyboard.close"),
    ("?", "keyboard.help"),
];

/// The sheet, what steps through the list, and the island.
pub fn sheet(cx: &Cx) -> AnyView {
    let rows = KEYS
        .map(|(key, what)| {
            let parts = key.split(' ').map(|part| view! { <kbd>{part.to_string()}</kbd>" " }).collect_view();
            view! { <dt>{parts}</dt><dd>{cx.t(what)}</dd> }
        })
        .collect_view();
    view! {
        <details class="dialog keys" id="keys">
            <summary class="button quiet small" data-key="?">{cx.t("keyboard.title")}</summary>
            <div class="dialog-body">
                <h2>{cx.t("keyboard.title")}</h2>
                <dl class="key-list">{rows}</dl>
                <p id="keys-switch" hidden><label class="switch">
                    <input type="checkbox" id="keys-on"/><span>{cx.t("keyboard.on")}</span>
                </label></p>
            </div>
        </details>
        <DeskKeys/>
    }
    .into_any()
}

/// The way to the cases before and after this one in the list that was shown last; hidden until the browser knows them.
pub fn steps(cx: &Cx) -> AnyView {
    view! {
        <nav class="case-steps" id="case-steps" hidden aria-label=cx.t("keyboard.steps")>
            <a class="button quiet small" id="case-previous" data-key="k" hidden>{cx.t("keyboard.previous_case")}</a>
            <span id="case-place"></span>
            <a class="button quiet small" id="case-next" data-key="j" hidden>{cx.t("keyboard.next_case")}</a>
        </nav>
    }
    .into_any()
}
