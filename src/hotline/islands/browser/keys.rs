//! Keys: Alt and a digit goes to a field, Ctrl and Enter saves, Escape closes what is suggested. Nothing holds the focus.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, KeyboardEvent};

use super::similar;
use crate::browser::dom::{attribute, by_id, document, on};

pub fn start() {
    let Some(document) = document() else { return };
    on(&document, "keydown", |event| {
        let Some(key) = event.dyn_ref::<KeyboardEvent>() else { return };
        if pressed(key).is_some() {
            event.prevent_default();
        }
    });
}

/// Does what a key means; `None` when it means nothing here.
fn pressed(key: &KeyboardEvent) -> Option<()> {
    if key.is_composing() {
        return None;
    }
    let name = key.key();
    if (key.ctrl_key() || key.meta_key()) && name == "Enter" {
        by_id::<HtmlElement>("call-save")?.click();
        return Some(());
    }
    if name == "Enter" && is_line(key) {
        // A call is saved by Ctrl and Enter or by its button, not by the key that ends a line.
        return Some(());
    }
    if key.alt_key() && !key.ctrl_key() {
        // The code names the key itself: with Alt some keyboards write other characters.
        let code = key.code();
        let digit = code.strip_prefix("Digit").or_else(|| code.strip_prefix("Numpad"))?;
        return go(digit);
    }
    if name == "Escape" && !key.default_prevented() {
        return similar::close();
    }
    None
}

/// Whether the key was pressed in a field of one line.
fn is_line(key: &KeyboardEvent) -> bool {
    let field = key.target().and_then(|t| t.dyn_into::<HtmlInputElement>().ok());
    field.is_some_and(|f| matches!(f.type_().as_str(), "text" | "tel" | "search" | "time" | "date" | "datetime-local"))
}

fn go(digit: &str) -> Option<()> {
    if digit == "0" {
        by_id::<HtmlElement>("clock-restart")?.click();
        return Some(());
    }
    let shortcuts = attribute("call-island", "shortcuts");
    let id = shortcuts.split(',').find_map(|s| s.strip_prefix(digit)?.strip_prefix(':'))?.to_string();
    let place = by_id::<Element>(&id)?;
    // A group takes the focus at what is chosen in it, or at its first control.
    let group = place.closest("fieldset").ok().flatten();
    let chosen = group.as_ref().and_then(|g| g.query_selector("input:checked").ok().flatten());
    let first = group.as_ref().and_then(|g| g.query_selector("input, button").ok().flatten());
    let target: HtmlElement = chosen.or(first).unwrap_or(place).dyn_into().ok()?;
    target.focus().ok()
}
