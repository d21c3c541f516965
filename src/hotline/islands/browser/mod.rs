//! The browser's side of the screen.

mod clock;
mod draft;
mod keys;
mod similar;
mod topic;

use web_sys::{Element, HtmlFormElement, HtmlInputElement, Response, UrlSearchParams};

use crate::browser::{
    dom::{attribute, by_id, document, on, on_click, set_hidden},
    quiet_panics,
    sending::{self, typed},
};

/// The form of the screen.
const FORM: &str = "call";

/// Starts everything on the screen.
pub fn start() {
    quiet_panics();
    let Some(form) = by_id::<HtmlFormElement>(FORM) else { return };
    topic::start();
    clock::start();
    keys::start();
    draft::start(&form);
    similar::start(&form);
    show_parts();
    on(&form, "change", |_| show_parts());
}

/// Starts the button that prints.
pub fn start_print() {
    quiet_panics();
    set_hidden("print", false);
    on_click("print", || {
        if let Some(window) = web_sys::window() {
            drop(window.print());
        }
    });
}

/// Whether the radio or checkbox of this name and value is chosen.
fn is_chosen(name: &str, value: &str) -> bool {
    let selector = ["#call input[name=", name, "][value='", value, "']"].concat();
    let found = document().and_then(|d| d.query_selector(&selector).ok()?);
    found.is_some_and(|e| wasm_bindgen::JsCast::dyn_into::<HtmlInputElement>(e).is_ok_and(|i| i.checked()))
}

/// Parts of the form that a choice asks for are shown with it.
fn show_parts() {
    set_hidden("answer-part", !is_chosen("then", "answered"));
    set_hidden("call-back-part", !is_chosen("call_back", "1"));
    if is_chosen("urgency", "danger")
        && let Some(words) = by_id::<Element>("danger-words")
    {
        drop(words.set_attribute("open", ""));
    }
}

/// Posts what is typed to the address that the page names.
async fn post(address: &str, accept: &str, typed: &UrlSearchParams) -> Option<Response> {
    sending::post(&attribute("call-island", address), accept, typed).await
}
