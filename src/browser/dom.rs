//! Small helpers over the browser's objects.

use js_sys::{Function, Promise};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Document, Element, Event, EventTarget, HtmlElement, HtmlInputElement, HtmlTextAreaElement, Storage};

/// The document.
pub fn document() -> Option<Document> {
    web_sys::window()?.document()
}

/// An element by its id.
pub fn by_id<T: JsCast>(id: &str) -> Option<T> {
    document()?.get_element_by_id(id)?.dyn_into().ok()
}

/// A new element with a class.
pub fn element<T: JsCast>(tag: &str, class: &str) -> Option<T> {
    let element = document()?.create_element(tag).ok()?;
    element.set_class_name(class);
    element.dyn_into().ok()
}

/// Calls `act` at every event of this name.
pub fn on(target: &EventTarget, name: &str, act: impl FnMut(Event) + 'static) {
    let act = Closure::<dyn FnMut(Event)>::new(act);
    drop(target.add_event_listener_with_callback(name, act.as_ref().unchecked_ref()));
    act.forget();
}

/// As [`on`], also for events that do not bubble (`toggle`).
pub fn on_any(target: &EventTarget, name: &str, act: impl FnMut(Event) + 'static) {
    let act = Closure::<dyn FnMut(Event)>::new(act);
    drop(target.add_event_listener_with_callback_and_bool(name, act.as_ref().unchecked_ref(), true));
    act.forget();
}

/// Calls `act` when the element of this id is clicked.
pub fn on_click(id: &str, mut act: impl FnMut() + 'static) {
    if let Some(target) = by_id::<EventTarget>(id) {
        on(&target, "click", move |_| act());
    }
}

/// Calls `act` after some milliseconds.
pub fn later(milliseconds: i32, act: impl FnOnce() + 'static) {
    let act: Function = Closure::once_into_js(act).unchecked_into();
    if let Some(window) = web_sys::window() {
        drop(window.set_timeout_with_callback_and_timeout_and_arguments_0(&act, milliseconds));
    }
}

/// A sentence that the server wrote into the form.
pub fn word(name: &str) -> String {
    attribute("local", name)
}

/// A `data-` attribute of the element of this id.
pub fn attribute(id: &str, name: &str) -> String {
    by_id::<Element>(id).and_then(|e| e.get_attribute(&["data-", name].concat())).unwrap_or_default()
}

/// Hides or shows the element of this id.
pub fn set_hidden(id: &str, hidden: bool) {
    if let Some(element) = by_id::<HtmlElement>(id) {
        element.set_hidden(hidden);
    }
}

/// Sets the text of the element of this id.
pub fn set_text(id: &str, text: &str) {
    if let Some(element) = by_id::<Element>(id) {
        element.set_text_content(Some(text));
    }
}

/// Moves the focus to the element of this id and shows it.
pub fn focus(id: &str) {
    if let Some(element) = by_id::<HtmlElement>(id) {
        drop(element.focus());
        element.scroll_into_view();
    }
}

/// What the browser keeps for us, unless it is forbidden.
pub fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}

/// What it keeps until the tab is closed.
pub fn session() -> Option<Storage> {
    web_sys::window()?.session_storage().ok()?
}

/// Waits for a promise of a certain type.
pub async fn wait<T: JsCast>(promise: Promise) -> Option<T> {
    wasm_bindgen_futures::JsFuture::from(promise).await.ok()?.dyn_into().ok()
}

/// Waits for a promise whose value does not matter; whether it was kept.
pub async fn done(promise: Result<Promise, JsValue>) -> bool {
    match promise {
        Ok(promise) => wasm_bindgen_futures::JsFuture::from(promise).await.is_ok(),
        Err(_) => false,
    }
}

/// A key for a form instance.
pub fn random_key() -> Option<String> {
    let mut bytes = [0u8; 20];
    web_sys::window()?.crypto().ok()?.get_random_values_with_u8_array(&mut bytes).ok()?;
    let hex = b"0123456789abcdef";
    Some(bytes.iter().flat_map(|b| [hex[usize::from(b >> 4)], hex[usize::from(b & 15)]]).map(char::from).collect())
}

/// Lets the service worker keep the shell and this form for offline use.
pub fn register_worker() {
    if let Some(window) = web_sys::window() {
        let navigator = window.navigator();
        // Browsers without it, and pages without TLS, have no such thing.
        if js_sys::Reflect::get(&navigator, &"serviceWorker".into()).is_ok_and(|w| !w.is_undefined()) {
            drop(navigator.service_worker().register("/sw.js"));
        }
    }
}

/// Whether a control was changed since the server wrote it: typed in, or chosen.
pub fn is_touched(control: &Element) -> bool {
    if let Some(area) = control.dyn_ref::<HtmlTextAreaElement>() {
        return area.default_value().is_ok_and(|before| before != area.value());
    }
    control.dyn_ref::<HtmlInputElement>().is_some_and(|input| match input.type_().as_str() {
        "radio" | "checkbox" => input.checked() != input.default_checked(),
        "hidden" | "file" => false,
        _ => input.value() != input.default_value(),
    })
}
