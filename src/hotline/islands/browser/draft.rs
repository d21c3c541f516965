//! Saving while typing: a moment after the last key, and again when something changed meanwhile. A page that is left keeps
//! what the server has; opening the screen brings it back.

use std::cell::Cell;

use web_sys::HtmlFormElement;

use super::{FORM, post, typed};
use crate::browser::dom::{attribute, by_id, later, on, set_text};

/// How long after the last key.
const PAUSE: i32 = 1_200;
/// How long after a failure.
const AGAIN: i32 = 5_000;

thread_local! {
    static WAITING: Cell<bool> = const { Cell::new(false) };
    static SAVING: Cell<bool> = const { Cell::new(false) };
    static CHANGED: Cell<bool> = const { Cell::new(false) };
    static SENT: Cell<bool> = const { Cell::new(false) };
}

pub fn start(form: &HtmlFormElement) {
    for event in ["input", "change"] {
        on(form, event, |_| soon());
    }
    // What is being sent must not come back as a draft.
    on(form, "submit", |_| SENT.set(true));
    // Unless the browser shows the page again.
    if let Some(window) = web_sys::window() {
        on(&window, "pageshow", |_| SENT.set(false));
    }
}

/// Saves in a moment; typing fast saves once.
pub fn soon() {
    CHANGED.set(true);
    wait_for(PAUSE);
}

fn wait_for(milliseconds: i32) {
    if !WAITING.replace(true) {
        later(milliseconds, || {
            WAITING.set(false);
            save();
        });
    }
}

fn save() {
    if SENT.get() || SAVING.replace(true) {
        return;
    }
    CHANGED.set(false);
    wasm_bindgen_futures::spawn_local(async {
        let kept = keep().await.is_some();
        SAVING.set(false);
        set_text("draft-state", &attribute("call-island", if kept { "kept" } else { "failed" }));
        if !kept {
            wait_for(AGAIN);
        } else if CHANGED.get() {
            wait_for(PAUSE);
        }
    });
}

async fn keep() -> Option<()> {
    let form = by_id::<HtmlFormElement>(FORM)?;
    post("drafts", "application/json", &typed(&form)?).await.map(|_| ())
}
