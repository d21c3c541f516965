//! Cases that may be meant, looked up while somebody speaks. The server answers with the whole screen; the section is
//! taken out of it. What the operator chose stays chosen.

use std::cell::Cell;

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlFormElement};

use super::{FORM, post, typed};
use crate::browser::{
    dom::{by_id, document, later, on},
    sending,
};

/// How long after the last key: a sentence, not a word.
const PAUSE: i32 = 1_500;

thread_local! {
    static WAITING: Cell<bool> = const { Cell::new(false) };
}

pub fn start(form: &HtmlFormElement) {
    on(form, "input", |event| {
        let name = event.target().and_then(|t| t.dyn_into::<Element>().ok()?.get_attribute("name"));
        if matches!(name.as_deref(), Some("body" | "place")) {
            soon();
        }
    });
    wire();
}

/// The button looks at once, and does not leave the page.
fn wire() {
    if let Some(button) = by_id::<HtmlElement>("find-similar") {
        on(&button, "click", |event| {
            event.prevent_default();
            look();
        });
    }
}

/// Looks in a moment.
pub fn soon() {
    if !WAITING.replace(true) {
        later(PAUSE, || {
            WAITING.set(false);
            look();
        });
    }
}

fn look() {
    wasm_bindgen_futures::spawn_local(async { replace().await.unwrap_or_default() });
}

async fn replace() -> Option<()> {
    let form = by_id::<HtmlFormElement>(FORM)?;
    let response = post("similar", "text/html", &typed(&form)?).await?;
    let found = sending::part(&response, "similar").await?;
    let here = by_id::<Element>("similar")?;
    // Who is choosing already is not disturbed.
    let active = document()?.active_element();
    if active.is_some_and(|a| here.contains(Some(a.as_ref())) && a.id() != "find-similar") {
        return None;
    }
    let had_focus = document()?.active_element().is_some_and(|a| a.id() == "find-similar");
    sending::put(&found)?;
    wire();
    if had_focus {
        by_id::<HtmlElement>("find-similar")?.focus().ok()?;
    }
    Some(())
}

/// Takes the suggestions away; whoever stood in them goes back to the words.
pub fn close() -> Option<()> {
    let list = document()?.query_selector("#similar .choice-list").ok()??;
    let inside = document()?.active_element().is_some_and(|a| list.contains(Some(a.as_ref())));
    list.remove();
    if inside {
        by_id::<HtmlElement>("f-body")?.focus().ok()?;
    }
    Some(())
}
