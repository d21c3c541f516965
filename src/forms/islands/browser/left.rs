//! At which question people leave: one message when the page is left unsent, with the key of the last question that was
//! answered and nothing else.

use std::{cell::Cell, rc::Rc};

use super::Live;
use crate::browser::dom::{attribute, on};

thread_local! {
    static DONE: Cell<bool> = const { Cell::new(false) };
}

/// The form was sent: nobody left.
pub fn done() {
    DONE.set(true);
}

/// Tells it once, when the page is left.
pub fn start(live: &Rc<Live>) {
    let target = attribute("form-logic", "left");
    if target.is_empty() {
        return;
    }
    let Some(window) = web_sys::window() else { return };
    let live = live.clone();
    on(&window, "pagehide", move |_| {
        if DONE.replace(true) {
            return;
        }
        let reach = live.reach.borrow();
        let last = live.definition.questions().filter(|q| q.is_answered(&reach.answers)).last();
        if let (Some(question), Some(window)) = (last, web_sys::window()) {
            let body = ["question=", &question.key].concat();
            let Ok(form) = web_sys::UrlSearchParams::new_with_str(&body) else { return };
            drop(window.navigator().send_beacon_with_opt_url_search_params(&target, Some(&form)));
        }
    });
}
