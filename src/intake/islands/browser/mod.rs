//! The browser's side. Everything is optional: what the browser can't do is left to the plain form.

mod dom;
mod draft;
mod photos;
mod proof;
mod queue;
mod receipt;
mod send;
mod text;

use web_sys::HtmlFormElement;

use dom::{by_id, set_hidden};

/// Starts everything on the page of a form.
pub fn start_form() {
    quiet_panics();
    dom::register_worker();
    if let Some(form) = by_id::<HtmlFormElement>("intake") {
        wire(&form);
        queue::go_on();
    }
}

/// Starts everything on the page of a receipt that the browser loaded by itself.
pub fn start_receipt() {
    quiet_panics();
    receipt::start(None);
}

/// Wires a form, also one that came as an answer.
fn wire(form: &HtmlFormElement) {
    set_hidden("local", false);
    photos::start(form);
    draft::start(form);
    text::start();
    proof::start(form);
    send::start(form);
    queue::start();
}

/// A panic says nothing of what was typed (promise 25); the page goes on as a plain one.
fn quiet_panics() {
    std::panic::set_hook(Box::new(|_| {
        if let Some(root) = dom::document().and_then(|d| d.document_element()) {
            drop(root.set_attribute("data-plain", "1"));
        }
    }));
}
