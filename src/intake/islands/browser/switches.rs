//! The switches of language and size. They are buttons that ask the server for the form with what was typed. Here the draft
//! does that: the page is loaded anew and finds it. Where nothing may be kept on the device, the form goes to the server
//! past the script that would send it for good.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlFormElement, HtmlInputElement};

use super::draft;
use crate::browser::dom::{document, element, on};

/// Takes over the switches.
pub fn start(form: &HtmlFormElement) {
    let Some(buttons) = document().and_then(|d| d.query_selector_all("[data-again]").ok()) else { return };
    for i in 0..buttons.length() {
        let Some(button) = buttons.item(i).and_then(|b| b.dyn_into::<Element>().ok()) else { continue };
        let (this, form) = (button.clone(), form.clone());
        on(&button, "click", move |event| {
            event.prevent_default();
            let _ = switch(&this, &form);
        });
    }
}

fn switch(button: &Element, form: &HtmlFormElement) -> Option<()> {
    let to = button.get_attribute("formaction")?;
    if !draft::is_shared() {
        draft::now();
        return web_sys::window()?.location().set_href(&to).ok();
    }
    let again: HtmlInputElement = element("input", "")?;
    again.set_type("hidden");
    again.set_name(&button.get_attribute("name")?);
    again.set_value("1");
    form.append_child(&again).ok()?;
    form.set_action(&to);
    // `submit` raises no event.
    form.submit().ok()
}
