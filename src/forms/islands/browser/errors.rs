//! Errors beside their questions.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Element, EventTarget, HtmlElement, HtmlFormElement};

use super::{Live, answers, steps};
use crate::browser::dom::{by_id, element, on};

/// Says what is wrong with a question.
pub fn say(form: &HtmlFormElement, key: &str, sentence: &str) -> Option<()> {
    let field = answers::element(form, "question", key)?;
    clear(form, key);
    let words: HtmlElement = element("p", "error")?;
    words.set_text_content(Some(sentence));
    drop(words.set_attribute("role", "alert"));
    drop(field.class_list().add_1("has-error"));
    let head = field.query_selector("legend, label").ok()?;
    match head {
        Some(head) => drop(head.insert_adjacent_element("afterend", &words)),
        None => drop(field.prepend_with_node_1(&words)),
    }
    Some(())
}

/// Nothing is wrong with it any more.
pub fn clear(form: &HtmlFormElement, key: &str) {
    if let Some(field) = answers::element(form, "question", key) {
        clear_in(&field);
    }
}

fn clear_in(field: &Element) {
    drop(field.class_list().remove_1("has-error"));
    if let Ok(Some(words)) = field.query_selector(".error") {
        words.remove();
    }
}

/// Somebody is at it.
pub fn forget(target: Option<EventTarget>) -> Option<()> {
    let target: Element = target?.dyn_into().ok()?;
    clear_in(&target.closest("[data-question].has-error").ok()??);
    Some(())
}

/// Moves the focus to the first control of a question.
pub fn focus(key: &str) -> Option<()> {
    let form: HtmlFormElement = crate::browser::dom::by_id("answers")?;
    let field = answers::element(&form, "question", key)?;
    field.scroll_into_view();
    let control: HtmlElement = field.query_selector("input, select, textarea").ok()??.dyn_into().ok()?;
    control.focus().ok()
}

/// Marks a field that is no question as missing.
pub fn mark(id: &str) -> Option<()> {
    let control: HtmlElement = by_id(id)?;
    drop(control.set_attribute("aria-invalid", "true"));
    control.closest(".field").ok()??.class_list().add_1("has-error").ok()
}

/// The links of the list of errors lead to questions that may stand on another page of the form.
pub fn lead_on(live: &Rc<Live>) {
    let Some(list) = by_id::<EventTarget>("errors") else { return };
    let live = live.clone();
    on(&list, "click", move |event| {
        if let Some(question) = meant(event.target()) {
            event.prevent_default();
            steps::go_to(&live, &question);
            focus(&question);
        }
    });
}

/// The question to which a link leads.
fn meant(target: Option<EventTarget>) -> Option<String> {
    let link: Element = target?.dyn_into().ok()?;
    let href = link.closest("a").ok()??.get_attribute("href")?;
    let control: Element = by_id(href.strip_prefix('#')?)?;
    control.closest("[data-question]").ok()??.get_attribute("data-question")
}
