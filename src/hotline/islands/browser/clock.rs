//! How long the call has lasted: from when the screen was opened, or from when the operator says so.

use js_sys::Date;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use crate::browser::dom::{attribute, document, later, on_click, set_hidden, set_text};

/// The field that remembers the beginning, in milliseconds of the server's clock.
fn field() -> Option<HtmlInputElement> {
    document()?.query_selector("#call input[name=started_at]").ok()??.dyn_into().ok()
}

/// What the server's clock says now: the page brought its time along, and this device knows how long ago that was.
fn server_now(loaded_at: f64) -> f64 {
    attribute("clock", "now").parse().unwrap_or(loaded_at) + Date::now() - loaded_at
}

pub fn start() {
    let loaded_at = Date::now();
    set_hidden("clock", false);
    on_click("clock-restart", move || restart(loaded_at));
    tick(loaded_at);
}

fn restart(loaded_at: f64) {
    if let Some(field) = field() {
        field.set_value(&whole(server_now(loaded_at)).to_string());
    }
    show(loaded_at);
    super::draft::soon();
}

fn tick(loaded_at: f64) {
    show(loaded_at);
    later(1_000, move || tick(loaded_at));
}

fn show(loaded_at: f64) {
    let Some(began) = field().and_then(|f| f.value().parse::<f64>().ok()) else { return };
    let seconds = whole((server_now(loaded_at) - began) / 1_000.0).max(0);
    let rest = seconds % 60;
    let tens = if rest < 10 { ":0" } else { ":" };
    set_text("clock-time", &[&(seconds / 60).to_string(), tens, &rest.to_string()].concat());
}

#[expect(clippy::cast_possible_truncation, reason = "milliseconds since 1970 fit")]
const fn whole(number: f64) -> i64 {
    number as i64
}
