//! A device that is handed around: what somebody left on the screen is gone after a while, before the next person reads it.

use std::{cell::Cell, rc::Rc};

use super::{Live, answers};
use crate::browser::dom::{attribute, later, on, set_hidden, set_text};

/// Seconds after which it asks.
const ASKS: u32 = 75;
/// Seconds after which the form is empty.
const EMPTIES: u32 = 90;

thread_local! {
    static STILL: Cell<u32> = const { Cell::new(0) };
}

/// Counts the seconds in which nobody touches anything.
pub fn start(live: &Rc<Live>) {
    let next = attribute("form-logic", "next");
    let Some(window) = web_sys::window().filter(|_| !next.is_empty()) else { return };
    for event in ["pointerdown", "touchstart", "keydown", "input", "scroll"] {
        on(&window, event, |_| {
            if STILL.replace(0) >= ASKS {
                set_hidden("idle-note", true);
            }
        });
    }
    tick(live.clone(), next);
}

fn tick(live: Rc<Live>, next: String) {
    later(1_000, move || {
        let still = if answers::read(&live.form).is_empty() { 0 } else { STILL.get() + 1 };
        STILL.set(still);
        if still == ASKS {
            set_text("idle-note", &attribute("idle-note", "words"));
            set_hidden("idle-note", false);
        }
        if still >= EMPTIES {
            // Browsers that put back what was typed find nothing.
            live.form.reset();
            if web_sys::window().is_some_and(|window| window.location().replace(&next).is_ok()) {
                return;
            }
        }
        tick(live, next);
    });
}
