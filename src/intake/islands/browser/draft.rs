//! The draft: what was typed and chosen, kept on the phone through reload and crash, with the key of the form instance, so
//! that sending it later is still the same press.

use std::cell::Cell;

use web_sys::{Element, HtmlFormElement, HtmlInputElement, HtmlTextAreaElement, UrlSearchParams};

use super::{photos, queue};
use crate::browser::dom::{
    by_id, document, is_touched, later, on, on_click, random_key, session, set_text, storage, word,
};

const SHARED: &str = "huiyin-shared";
/// How long a draft is kept: two weeks, in milliseconds.
const KEEP: f64 = 14.0 * 86_400_000.0;
/// How long the server keeps photos whose form did not come, in milliseconds; a little less.
const PHOTOS: f64 = 20.0 * 3_600_000.0;
const PAUSE: i32 = 300;

thread_local! {
    static WAITING: Cell<bool> = const { Cell::new(false) };
}

/// Brings the draft back, and keeps what is typed from now on.
pub fn start(form: &HtmlFormElement) {
    // What the server gave back after an error is newer than any draft.
    let answered = by_id::<Element>("errors").is_some();
    if !answered && restore(form).is_none() {
        fresh_key();
    }
    for event in ["input", "change"] {
        on(form, event, |_| soon());
    }
    if answered {
        soon();
    }
    // The last words, when the page is left before the pause is over.
    if let Some(window) = web_sys::window() {
        on(&window, "pagehide", |_| {
            if WAITING.get() {
                let _ = save();
            }
        });
    }
    if let Some(shared) = by_id::<HtmlInputElement>("shared") {
        shared.set_checked(is_shared());
        on(&shared.clone(), "change", move |_| share(shared.checked()));
    }
    on_click("erase", || {
        let Some(window) = web_sys::window() else { return };
        if window.confirm_with_message(&word("erase")).unwrap_or(false) {
            queue::erase();
            if let Some(form) = by_id::<HtmlFormElement>("intake") {
                clear(&address(&form));
                form.reset();
            }
            drop(window.location().reload());
        }
    });
}

/// Whether nothing may be kept on this device.
pub fn is_shared() -> bool {
    session().and_then(|s| s.get_item(SHARED).ok()?).is_some()
}

fn share(shared: bool) {
    if let Some(session) = session() {
        drop(if shared { session.set_item(SHARED, "1") } else { session.remove_item(SHARED) });
    }
    if shared {
        if let Some(form) = by_id::<HtmlFormElement>("intake") {
            clear(&address(&form));
        }
        queue::erase();
        set_text("draft-state", "");
    } else {
        soon();
    }
}

/// The address of a form without what only changes its looks.
pub fn address(form: &HtmlFormElement) -> String {
    let action = form.get_attribute("action").unwrap_or_default();
    action.split('?').next().unwrap_or_default().to_string()
}

fn name(address: &str) -> String {
    ["huiyin-draft:", address].concat()
}

/// Forgets the draft of a form.
pub fn clear(address: &str) {
    if let Some(storage) = storage() {
        drop(storage.remove_item(&name(address)));
    }
}

/// Saves in a moment; typing fast saves once.
pub fn soon() {
    if !WAITING.replace(true) {
        later(PAUSE, || {
            WAITING.set(false);
            save();
        });
    }
}

/// Saves at once.
pub fn now() {
    let _ = save();
}

/// Every control of the form with a name, as text area or input.
fn controls(form: &HtmlFormElement) -> Vec<Element> {
    let all = form.elements();
    (0..all.length()).filter_map(|i| all.item(i)).collect()
}

fn save() -> Option<()> {
    let form = by_id::<HtmlFormElement>("intake")?;
    if is_shared() || form.hidden() {
        return None;
    }
    let draft = UrlSearchParams::new().ok()?;
    draft.append("at", &js_sys::Date::now().to_string());
    let mut written = false;
    for control in controls(&form) {
        let name = control.get_attribute("name").unwrap_or_default();
        if let Some(area) = wasm_bindgen::JsCast::dyn_ref::<HtmlTextAreaElement>(&control) {
            written |= !area.value().is_empty();
            draft.append(&name, &area.value());
        } else if let Some(input) = wasm_bindgen::JsCast::dyn_ref::<HtmlInputElement>(&control) {
            let keep = match input.type_().as_str() {
                "radio" | "checkbox" => input.checked(),
                "hidden" => name == "idempotency_key" || name == "staged",
                "file" => false,
                _ => {
                    written |= !input.value().is_empty();
                    true
                }
            };
            written |= name == "staged";
            if keep && !name.is_empty() {
                draft.append(&name, &input.value());
            }
        }
    }
    let storage = storage()?;
    if !written {
        return storage.remove_item(&self::name(&address(&form))).ok();
    }
    let text: String = draft.to_string().into();
    storage.set_item(&self::name(&address(&form)), &text).ok()?;
    set_text("draft-state", &word("saved"));
    Some(())
}

fn restore(form: &HtmlFormElement) -> Option<()> {
    let text = storage()?.get_item(&name(&address(form))).ok()??;
    let draft = UrlSearchParams::new_with_str(&text).ok()?;
    let age = js_sys::Date::now() - draft.get("at")?.parse::<f64>().ok()?;
    if age > KEEP {
        clear(&address(form));
        return None;
    }
    // What was typed before this code arrived is newer than the draft; the key and the photos are of the same press.
    let typed = controls(form).iter().any(is_touched);
    for control in controls(form) {
        let Some(name) = control.get_attribute("name") else { continue };
        if typed && name != "idempotency_key" {
            continue;
        }
        if let Some(area) = wasm_bindgen::JsCast::dyn_ref::<HtmlTextAreaElement>(&control) {
            area.set_value(&draft.get(&name).unwrap_or_default());
        } else if let Some(input) = wasm_bindgen::JsCast::dyn_ref::<HtmlInputElement>(&control) {
            match input.type_().as_str() {
                "radio" | "checkbox" => {
                    let values = draft.get_all(&name);
                    input.set_checked(values.iter().any(|v| v.as_string() == Some(input.value())));
                }
                "file" => {}
                "hidden" if name != "idempotency_key" => {}
                _ => {
                    if let Some(value) = draft.get(&name) {
                        input.set_value(&value);
                    }
                }
            }
        }
    }
    if age < PHOTOS {
        for token in draft.get_all("staged").iter().filter_map(|t| t.as_string()) {
            photos::uploaded(&token);
        }
    }
    open_what_is_used();
    set_text("draft-state", &word("restored"));
    Some(())
}

/// A folded part that holds something is opened.
fn open_what_is_used() -> Option<()> {
    let folds = document()?.query_selector_all("#intake details").ok()?;
    for i in 0..folds.length() {
        let fold: Element = wasm_bindgen::JsCast::dyn_into(folds.item(i)?).ok()?;
        let inputs = fold.query_selector_all("input").ok()?;
        let used = (0..inputs.length()).filter_map(|i| inputs.item(i)).any(|input| {
            wasm_bindgen::JsCast::dyn_into::<HtmlInputElement>(input)
                .is_ok_and(|i| if i.type_() == "checkbox" { i.checked() } else { !i.value().is_empty() })
        });
        if used {
            drop(fold.set_attribute("open", ""));
        }
    }
    Some(())
}

/// A page that the service worker kept has been used before: its key may belong to another message.
fn fresh_key() -> Option<()> {
    let document = document()?;
    let input: HtmlInputElement =
        wasm_bindgen::JsCast::dyn_into(document.query_selector("#intake input[name=idempotency_key]").ok()??).ok()?;
    input.set_value(&random_key()?);
    Some(())
}
