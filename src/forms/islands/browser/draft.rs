//! Answers kept on the device until they are sent, with the key of the form instance, so that sending them later is still
//! the same press. Photos are not kept.

use std::{cell::Cell, rc::Rc};

use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement, UrlSearchParams};

use super::{Live, answers, slip};
use crate::browser::dom::{attribute, by_id, is_touched, later, on, set_text, storage};

/// How long answers are kept: two weeks, in milliseconds.
const KEEP: f64 = 14.0 * 86_400_000.0;

thread_local! {
    static WAITING: Cell<bool> = const { Cell::new(false) };
}

fn name(draft: &str) -> String {
    ["huiyin-answers:", draft].concat()
}

/// Forgets what was kept.
pub fn clear(draft: &str) {
    if let Some(storage) = storage() {
        drop(storage.remove_item(&name(draft)));
    }
}

/// Brings back what was kept, and keeps what is answered from now on.
pub fn start(live: &Rc<Live>) {
    let draft = attribute("form-logic", "draft");
    if draft.is_empty() {
        return;
    }
    // What the server gave back after an error is newer.
    if by_id::<web_sys::Element>("errors").is_none() && restore(live, &draft).is_some() {
        set_text("draft-state", &attribute("form-logic", "restored"));
    }
    if let Some(window) = web_sys::window() {
        let (live, draft) = (live.clone(), draft.clone());
        // Who leaves within the pause after a key loses nothing.
        on(&window, "pagehide", move |_| {
            if WAITING.replace(false) {
                save(&live, &draft);
            }
        });
    }
    for event in ["input", "change"] {
        let (live, draft) = (live.clone(), draft.clone());
        on(&live.form.clone(), event, move |_| {
            if !WAITING.replace(true) {
                let (live, draft) = (live.clone(), draft.clone());
                later(400, move || {
                    WAITING.set(false);
                    save(&live, &draft);
                });
            }
        });
    }
}

/// What is kept beside the answers: the key of the form instance, when it was begun, and the one-time code.
fn is_of_the_press(field: &str) -> bool {
    matches!(field, "idempotency_key" | "started_at") || field == slip::FIELD
}

fn save(live: &Live, draft: &str) -> Option<()> {
    let kept = UrlSearchParams::new().ok()?;
    kept.append("at", &js_sys::Date::now().to_string());
    for (field, value) in answers::entries(&live.form) {
        let photo = live
            .definition
            .questions()
            .any(|q| field == ["answer.", &q.key].concat() && q.kind == crate::forms::model::QuestionKind::Photo);
        if (field.starts_with("answer.") && !photo) || field.starts_with("staged.") || is_of_the_press(&field) {
            kept.append(&field, &value);
        }
    }
    let text: String = kept.to_string().into();
    storage()?.set_item(&name(draft), &text).ok()
}

fn restore(live: &Live, draft: &str) -> Option<()> {
    let text = storage()?.get_item(&name(draft)).ok()??;
    let kept = UrlSearchParams::new_with_str(&text).ok()?;
    if js_sys::Date::now() - kept.get("at")?.parse::<f64>().ok()? > KEEP {
        clear(draft);
        return None;
    }
    let controls = live.form.elements();
    let controls: Vec<_> = (0..controls.length()).filter_map(|i| controls.item(i)).collect();
    // What was answered before this code arrived is newer than what was kept.
    let answered = controls.iter().any(is_touched);
    for control in controls {
        let Some(field) = control.get_attribute("name") else { continue };
        if !((field.starts_with("answer.") && !answered) || is_of_the_press(&field)) {
            continue;
        }
        let value = kept.get(&field).unwrap_or_default();
        if let Some(area) = control.dyn_ref::<HtmlTextAreaElement>() {
            area.set_value(&value);
        } else if let Some(select) = control.dyn_ref::<HtmlSelectElement>() {
            select.set_value(&value);
        } else if let Some(input) = control.dyn_ref::<HtmlInputElement>() {
            match input.type_().as_str() {
                "radio" | "checkbox" => {
                    let values = kept.get_all(&field);
                    input.set_checked(values.iter().any(|v| v.as_string() == Some(input.value())));
                }
                "file" => {}
                "hidden" if value.is_empty() => {}
                _ => input.set_value(&value),
            }
        }
    }
    Some(())
}
