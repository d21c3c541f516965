//! The browser's side of walking by a checklist. What the browser can't do is left to the plain form.

mod again;
mod draw;
mod photos;
mod sign;
mod summary;
mod waiting;

use wasm_bindgen::JsValue;
use web_sys::{Event, HtmlFormElement, HtmlInputElement};

use crate::{
    browser::{
        dom::{self, attribute, by_id, document, random_key, storage},
        queue::Queue,
        quiet_panics,
    },
    forms::islands::browser as answers,
};

/// What waits to be sent. Signing out leaves it: it may be the only copy.
const QUEUE: Queue = Queue("huiyin-field-queue");

/// Starts what stands where a walk begins.
pub fn start_shell() {
    quiet_panics();
    dom::register_worker();
    waiting::start();
    forget_at_sign_out();
}

/// Starts the form of a walk.
pub fn start_walk() {
    quiet_panics();
    dom::register_worker();
    let Some(form) = by_id::<HtmlFormElement>("answers") else { return };
    // The server's answer after an error is newer than anything that is kept.
    let answered = by_id::<web_sys::Element>("errors").is_some();
    answers::start();
    wasm_bindgen_futures::spawn_local(async move {
        let restored = by_id::<web_sys::Element>("draft-state")
            .and_then(|e| e.text_content())
            .is_some_and(|words| !words.is_empty());
        if again::restore(&form).await.is_none() && !restored && !answered {
            fresh(&form);
        }
        photos::start(&form).await;
        summary::start(&form);
        draw::start(&form);
        sign::start(&form);
        // What was put back is looked at anew.
        if let Ok(event) = Event::new("change") {
            drop(form.dispatch_event(&event));
        }
        drop(form.set_attribute("data-walk-ready", "1"));
    });
}

/// A page that was kept has been used before: this walk begins now, under a key of its own.
fn fresh(form: &HtmlFormElement) -> Option<()> {
    set_field(form, "idempotency_key", &random_key()?);
    set_field(form, "started_at", &now());
    Some(())
}

/// The time now, as the server reads it.
fn now() -> String {
    js_sys::Date::new(&JsValue::from_f64(js_sys::Date::now())).to_iso_string().into()
}

fn field(form: &HtmlFormElement, name: &str) -> Option<HtmlInputElement> {
    use wasm_bindgen::JsCast;
    form.query_selector(&["input[name=\"", name, "\"]"].concat()).ok()??.dyn_into().ok()
}

fn set_field(form: &HtmlFormElement, name: &str, value: &str) {
    if let Some(input) = field(form, name) {
        input.set_value(value);
    }
}

fn value_of(form: &HtmlFormElement, name: &str) -> String {
    field(form, name).map(|input| input.value()).unwrap_or_default()
}

/// Signing out takes away what was begun and not signed. The service worker takes away the pages and photos.
fn forget_at_sign_out() {
    let Some(form) = document().and_then(|d| d.query_selector("form[action=\"/logout\"]").ok()?) else { return };
    let draft = ["huiyin-answers:visit:", &attribute("field-queue", "author")].concat();
    dom::on(&form, "submit", move |_| {
        let Some(storage) = storage() else { return };
        let names: Vec<String> = (0..storage.length().unwrap_or(0))
            .filter_map(|i| storage.key(i).ok()?)
            .filter(|n| n.starts_with(&draft))
            .collect();
        for name in names {
            drop(storage.remove_item(&name));
        }
    });
}
