//! The browser's side.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlFormElement, HtmlInputElement, KeyboardEvent, NodeList};

use crate::browser::{
    dom::{by_id, document, on, set_hidden, storage},
    quiet_panics,
};

/// Set when somebody does without keys.
const OFF: &str = "huiyin-keys-off";

/// Starts everything on the page.
pub fn start() {
    quiet_panics();
    switch();
    if let Some(document) = document() {
        on(&document, "keydown", |event| {
            if let Ok(event) = event.dyn_into::<KeyboardEvent>() {
                pressed(&event);
            }
        });
        on(&document, "click", |event| {
            cancelled(&event);
        });
    }
}

fn all(selector: &str) -> Option<NodeList> {
    document()?.query_selector_all(selector).ok()
}

fn items() -> Vec<HtmlElement> {
    let Some(list) = all("a.item") else { return Vec::new() };
    (0..list.length()).filter_map(|i| list.item(i)?.dyn_into().ok()).collect()
}

fn is_off() -> bool {
    storage().and_then(|s| s.get_item(OFF).ok()?).is_some()
}

fn switch() -> Option<()> {
    let input: HtmlInputElement = by_id("keys-on")?;
    input.set_checked(!is_off());
    set_hidden("keys-switch", false);
    on(&input.clone(), "change", move |_| {
        if let Some(storage) = storage() {
            drop(if input.checked() { storage.remove_item(OFF) } else { storage.set_item(OFF, "1") });
        }
    });
    Some(())
}

fn pressed(event: &KeyboardEvent) -> Option<()> {
    let target: Element = event.target()?.dyn_into().ok()?;
    let key = event.key();
    if key == "Escape" {
        return close();
    }
    if key == "Enter" && (event.ctrl_key() || event.meta_key()) {
        let form: HtmlFormElement = target.closest("form").ok()??.dyn_into().ok()?;
        event.prevent_default();
        return form.request_submit().ok();
    }
    let typing = target.closest("input, textarea, select, [contenteditable]").ok()?.is_some();
    if typing || is_off() || event.ctrl_key() || event.meta_key() || event.alt_key() || event.is_composing() {
        return None;
    }
    if (key == "j" || key == "k") && step(key == "j").is_some() {
        event.prevent_default();
        return Some(());
    }
    let mut symbols = key.chars();
    let (Some(symbol), None) = (symbols.next(), symbols.next()) else { return None };
    if !(symbol.is_ascii_lowercase() || symbol == '/' || symbol == '?') {
        return None;
    }
    let meant = all(&["[data-key=\"", &key, "\"]"].concat())?;
    let element =
        (0..meant.length()).filter_map(|i| meant.item(i)?.dyn_into::<HtmlElement>().ok()).find(|e| !e.hidden())?;
    event.prevent_default();
    use_it(&element)
}

/// Opens, follows, or moves the focus; never changes anything.
fn use_it(element: &HtmlElement) -> Option<()> {
    match element.tag_name().as_str() {
        "SUMMARY" | "A" => element.click(),
        "LABEL" => {
            element.click();
            // The text of the side that was just chosen is the one that shows.
            let texts = all(".composer textarea")?;
            let shown = (0..texts.length())
                .filter_map(|i| texts.item(i)?.dyn_into::<HtmlElement>().ok())
                .find(|text| text.offset_parent().is_some())?;
            return shown.focus().ok();
        }
        _ => return element.focus().ok(),
    }
    // What was opened is where one goes on.
    let inside = element
        .parent_element()?
        .query_selector(".dialog-body input:not([type=hidden]), .dialog-body select, .dialog-body textarea");
    inside.ok()??.dyn_into::<HtmlElement>().ok()?.focus().ok()
}

/// Moves the focus through the list; `None` where there is none.
fn step(forward: bool) -> Option<()> {
    let items = items();
    let active = document()?.active_element();
    let at = items.iter().position(|item| active.as_ref().is_some_and(|a| a.is_same_node(Some(item))));
    let to = match (at, forward) {
        (None, _) => 0,
        (Some(at), true) => (at + 1).min(items.len().saturating_sub(1)),
        (Some(at), false) => at.saturating_sub(1),
    };
    items.get(to)?.focus().ok()
}

/// Without a script the link loads the page anew; here what is open is closed, and nothing else is lost.
fn cancelled(event: &web_sys::Event) -> Option<()> {
    let target: Element = event.target()?.dyn_into().ok()?;
    target.closest("[data-cancel]").ok()??;
    close()?;
    event.prevent_default();
    Some(())
}

fn close() -> Option<()> {
    let open = all("details.dialog[open]")?;
    for i in 0..open.length() {
        let details: Element = open.item(i)?.dyn_into().ok()?;
        drop(details.remove_attribute("open"));
        if let Ok(Some(summary)) = details.query_selector("summary") {
            drop(summary.dyn_into::<HtmlElement>().map(|s| s.focus()));
        }
    }
    Some(())
}
