//! The proof of work, when the server asks for one: in small steps, so that the page stays quick.

use web_sys::{HtmlFormElement, HtmlInputElement};

use crate::browser::dom::{by_id, document, later};
use crate::kernel::proof;

/// Hashes of a step: some milliseconds on an old phone.
const STEP: u64 = 1_500;

/// Begins when the form asks.
pub fn start(form: &HtmlFormElement) {
    if form.get_attribute("data-proof").is_some()
        && let Some(key) = key()
    {
        step(key, 0);
    }
}

fn key() -> Option<String> {
    let input = document()?.query_selector("#intake input[name=idempotency_key]").ok()??;
    Some(wasm_bindgen::JsCast::dyn_into::<HtmlInputElement>(input).ok()?.value())
}

fn step(key: String, from: u64) {
    match proof::search(&key, from, STEP) {
        Some(nonce) => {
            if let Some(input) = by_id::<HtmlInputElement>("f-proof") {
                input.set_value(&nonce.to_string());
            }
        }
        None => later(0, move || step(key, from + STEP)),
    }
}
