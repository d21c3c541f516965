//! The browser's side. Everything is optional: what the browser can't do is left to the plain form.

mod draft;
mod photos;
mod proof;
mod queue;
mod receipt;
mod send;
mod switches;
mod text;

use web_sys::HtmlFormElement;

use crate::browser::{
    dom::{self, by_id, set_hidden},
    quiet_panics,
};

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
    switches::start(form);
    queue::start();
}
