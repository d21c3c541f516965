//! The browser's side.

use std::cell::RefCell;

use wasm_bindgen::JsCast;
use web_sys::{
    Element, Event, HtmlElement, HtmlFormElement, HtmlInputElement, HtmlTextAreaElement, KeyboardEvent, NodeList,
};

use crate::browser::{
    dom::{by_id, document, on, on_any, set_hidden, storage},
    quiet_panics,
};

/// Set when somebody does without keys.
const OFF: &str = "huiyin-keys-off";
/// What the focus can be on in a dialog.
const STOPS: &str =
    "a[href], button:not([disabled]), input:not([type=hidden]):not([disabled]), select, textarea, summary";

thread_local! {
    /// Where the focus was before a key opened a dialog.
    static BEFORE: RefCell<Option<HtmlElement>> = const { RefCell::new(None) };
}

/// Starts everything on the page.
pub fn start() {
    quiet_panics();
    switch();
    chosen();
    came_from();
    show_view();
    if let Some(document) = document() {
        on(&document, "keydown", |event| {
            if let Ok(event) = event.dyn_into::<KeyboardEvent>() {
                pressed(&event);
            }
        });
        on(&document, "click", |event| {
            cancelled(&event);
        });
        on(&document, "change", |_| {
            chosen();
        });
        on_any(&document, "toggle", |event| {
            toggled(&event);
        });
    }
}

fn elements(list: Option<NodeList>) -> Vec<HtmlElement> {
    let Some(list) = list else { return Vec::new() };
    (0..list.length()).filter_map(|i| list.item(i)?.dyn_into().ok()).collect()
}

fn all(selector: &str) -> Vec<HtmlElement> {
    elements(document().and_then(|d| d.query_selector_all(selector).ok()))
}

fn active() -> Option<HtmlElement> {
    document()?.active_element()?.dyn_into().ok()
}

fn is(one: &HtmlElement, other: Option<&HtmlElement>) -> bool {
    other.is_some_and(|other| one.is_same_node(Some(other)))
}

/// The dialog that is open.
fn dialog() -> Option<HtmlElement> {
    all("details.dialog[open]").pop()
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
    // Keys of an input method are its own.
    if event.is_composing() {
        return None;
    }
    let target: Element = event.target()?.dyn_into().ok()?;
    let key = event.key();
    let dialog = dialog();
    if key == "Escape" {
        return match dialog {
            Some(_) => close(),
            None => fold(&target),
        };
    }
    if key == "Enter" && (event.ctrl_key() || event.meta_key()) {
        let form: HtmlFormElement = target.closest("form").ok()??.dyn_into().ok()?;
        event.prevent_default();
        return form.request_submit().ok();
    }
    if let Some(dialog) = dialog {
        return if key == "Tab" { stay_inside(event, &dialog) } else { None };
    }
    if types(&target) || is_off() || event.ctrl_key() || event.meta_key() || event.alt_key() {
        return None;
    }
    if (key == "j" || key == "k") && step(key == "j").is_some() {
        event.prevent_default();
        return Some(());
    }
    if key == "x" {
        let row = target.closest(".pick-row").ok()??;
        event.prevent_default();
        row.query_selector(".pick input").ok()??.dyn_into::<HtmlElement>().ok()?.click();
        return Some(());
    }
    let mut symbols = key.chars();
    let (Some(symbol), None) = (symbols.next(), symbols.next()) else { return None };
    if !(symbol.is_ascii_lowercase() || symbol == '/' || symbol == '?') {
        return None;
    }
    let element = all(&["[data-key=\"", &key, "\"]"].concat()).into_iter().find(|e| !e.hidden())?;
    event.prevent_default();
    use_it(&element)
}

/// Whether letters are for the element: a box to tick is no place for them.
fn types(target: &Element) -> bool {
    let Ok(Some(field)) = target.closest("input, textarea, select, [contenteditable]") else { return false };
    field.dyn_ref::<HtmlInputElement>().is_none_or(|input| !matches!(input.type_().as_str(), "checkbox" | "radio"))
}

/// Opens, follows, or moves the focus; never changes anything, and leaves no text behind that was not sent.
fn use_it(element: &HtmlElement) -> Option<()> {
    match element.tag_name().as_str() {
        "A" => {
            if let Some(text) = unsent() {
                set_hidden("keys-unsent", false);
                return text.focus().ok();
            }
            element.click();
            Some(())
        }
        "SUMMARY" => {
            BEFORE.set(active());
            element.click();
            Some(())
        }
        "LABEL" => {
            element.click();
            // The text of the side that was just chosen is the one that shows.
            all(".composer textarea").into_iter().find(|text| text.offset_parent().is_some())?.focus().ok()
        }
        _ => element.focus().ok(),
    }
}

/// A text of this page that somebody changed.
fn unsent() -> Option<HtmlTextAreaElement> {
    let mut texts =
        all("main textarea:not([readonly])").into_iter().filter_map(|t| t.dyn_into::<HtmlTextAreaElement>().ok());
    texts.find(|text| text.default_value().is_ok_and(|d| d != text.value()) && text.offset_parent().is_some())
}

/// One dialog at a time, and what was opened is where one goes on.
fn toggled(event: &Event) -> Option<()> {
    let opened: HtmlElement = event.target()?.dyn_into().ok()?;
    if !opened.class_list().contains("dialog") || !opened.has_attribute("open") {
        return None;
    }
    for other in all("details.dialog[open]") {
        if !is(&other, Some(&opened)) {
            drop(other.remove_attribute("open"));
        }
    }
    let body = opened.query_selector(".dialog-body").ok()??;
    if active().is_some_and(|a| body.contains(Some(&a))) {
        return None;
    }
    let first = "[data-first], .dialog-body input:not([type=hidden]), .dialog-body select, .dialog-body textarea";
    let first = opened.query_selector(first).ok()?.or_else(|| body.query_selector(STOPS).ok()?);
    first?.dyn_into::<HtmlElement>().ok()?.focus().ok()
}

/// Tab goes round in a dialog.
fn stay_inside(event: &KeyboardEvent, dialog: &HtmlElement) -> Option<()> {
    let body = dialog.query_selector(".dialog-body").ok()??;
    let mut stops = elements(body.query_selector_all(STOPS).ok());
    stops.retain(|stop| stop.offset_parent().is_some());
    let (first, last, active) = (stops.first()?, stops.last()?, active());
    let inside = active.as_ref().is_some_and(|a| body.contains(Some(a)));
    let to = match event.shift_key() {
        true if !inside || is(first, active.as_ref()) => last,
        false if !inside || is(last, active.as_ref()) => first,
        _ => return None,
    };
    event.prevent_default();
    to.focus().ok()
}

/// Moves the focus through the list; `None` where there is none.
fn step(forward: bool) -> Option<()> {
    let items = all("a.item");
    let active = active()?;
    // From the box before a case, too.
    let row = active.closest(".pick-row").ok()?;
    let at =
        items.iter().position(|item| is(item, Some(&active)) || row.as_ref().is_some_and(|r| r.contains(Some(item))));
    let to = match (at, forward) {
        (None, _) => 0,
        (Some(at), true) => at + 1,
        (Some(at), false) => at.saturating_sub(1),
    };
    if to > 0 && to == items.len() {
        // After the last one of the page comes the way to the next page.
        return all(".pager a[rel=next]").first()?.focus().ok();
    }
    items.get(to)?.focus().ok()
}

/// Who comes back from a case goes on where they were.
fn came_from() -> Option<()> {
    let id = web_sys::window()?.location().hash().ok()?;
    let item: HtmlElement = by_id(id.strip_prefix('#')?)?;
    item.class_list().contains("item").then(|| item.focus().ok())?
}

/// The view that is shown stands where it can be seen.
fn show_view() -> Option<()> {
    let current = all(".filters [aria-current=true]").into_iter().next()?;
    current.parent_element()?.set_scroll_left(current.offset_left() - 24);
    Some(())
}

/// How many cases are chosen.
fn chosen() -> Option<()> {
    let said: HtmlElement = by_id("chosen")?;
    let count =
        all(".pick input").into_iter().filter(|i| i.dyn_ref::<HtmlInputElement>().is_some_and(|i| i.checked())).count();
    let words =
        if count == 0 { String::new() } else { said.get_attribute("data-words")?.replace("0", &count.to_string()) };
    said.set_text_content(Some(&words));
    Some(())
}

/// Without a script the link loads the page anew; here what is open is closed, and nothing else is lost.
fn cancelled(event: &Event) -> Option<()> {
    let target: Element = event.target()?.dyn_into().ok()?;
    target.closest("[data-cancel]").ok()??;
    close()?;
    event.prevent_default();
    Some(())
}

/// Closes the dialog; the focus goes back to where it was.
fn close() -> Option<()> {
    for details in all("details.dialog[open]") {
        drop(details.remove_attribute("open"));
        let before = BEFORE.take().filter(|b| b.is_connected() && b.tag_name() != "BODY" && !details.contains(Some(b)));
        let summary = || details.query_selector("summary").ok()??.dyn_into::<HtmlElement>().ok();
        if let Some(to) = before.or_else(summary) {
            drop(to.focus());
        }
    }
    Some(())
}

/// Closes the fold that the focus is in.
fn fold(target: &Element) -> Option<()> {
    let details = target.closest("details[open]").ok()??;
    drop(details.remove_attribute("open"));
    details.query_selector("summary").ok()??.dyn_into::<HtmlElement>().ok()?.focus().ok()
}
