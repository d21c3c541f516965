//! The browser's side of the screen.

mod clock;
mod draft;
mod keys;
mod similar;
mod topic;

use web_sys::{Element, HtmlFormElement, HtmlInputElement, Request, RequestInit, Response, UrlSearchParams};

use crate::browser::{
    dom::{attribute, by_id, document, on, on_click, set_hidden, wait},
    quiet_panics,
};

/// The form of the screen.
const FORM: &str = "call";

/// Starts everything on the screen.
pub fn start() {
    quiet_panics();
    let Some(form) = by_id::<HtmlFormElement>(FORM) else { return };
    topic::start();
    clock::start();
    keys::start();
    draft::start(&form);
    similar::start(&form);
    show_parts();
    on(&form, "change", |_| show_parts());
}

/// Starts the button that prints.
pub fn start_print() {
    quiet_panics();
    set_hidden("print", false);
    on_click("print", || {
        if let Some(window) = web_sys::window() {
            drop(window.print());
        }
    });
}

/// Whether the radio or checkbox of this name and value is chosen.
fn is_chosen(name: &str, value: &str) -> bool {
    let selector = ["#call input[name=", name, "][value='", value, "']"].concat();
    let found = document().and_then(|d| d.query_selector(&selector).ok()?);
    found.is_some_and(|e| wasm_bindgen::JsCast::dyn_into::<HtmlInputElement>(e).is_ok_and(|i| i.checked()))
}

/// Parts of the form that a choice asks for are shown with it.
fn show_parts() {
    set_hidden("answer-part", !is_chosen("then", "answered"));
    set_hidden("call-back-part", !is_chosen("call_back", "1"));
    if is_chosen("urgency", "danger")
        && let Some(words) = by_id::<Element>("danger-words")
    {
        drop(words.set_attribute("open", ""));
    }
}

/// Everything that is typed and chosen, without files.
fn typed(form: &HtmlFormElement) -> Option<UrlSearchParams> {
    let typed = UrlSearchParams::new().ok()?;
    let controls = form.elements();
    for i in 0..controls.length() {
        let Some(control) = controls.item(i) else { continue };
        let Some(name) = control.get_attribute("name").filter(|n| !n.is_empty()) else { continue };
        if let Some(value) = value_of(&control) {
            typed.append(&name, &value);
        }
    }
    Some(typed)
}

/// What a control would send.
fn value_of(control: &Element) -> Option<String> {
    use wasm_bindgen::JsCast;
    if let Some(area) = control.dyn_ref::<web_sys::HtmlTextAreaElement>() {
        return Some(area.value());
    }
    if let Some(select) = control.dyn_ref::<web_sys::HtmlSelectElement>() {
        return Some(select.value());
    }
    let input = control.dyn_ref::<HtmlInputElement>()?;
    let sent = match input.type_().as_str() {
        "radio" | "checkbox" => input.checked(),
        "file" => false,
        _ => true,
    };
    sent.then(|| input.value())
}

/// Posts what is typed to the address that the page names.
async fn post(address: &str, accept: &str, typed: &UrlSearchParams) -> Option<Response> {
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_body(typed.as_ref());
    let request = Request::new_with_str_and_init(&attribute("call-island", address), &init).ok()?;
    request.headers().set("accept", accept).ok()?;
    let response: Response = wait(web_sys::window()?.fetch_with_request(&request)).await?;
    // A session that is over leads to the sign-in page: that is no answer.
    (response.ok() && !response.redirected()).then_some(response)
}
