//! Errors beside their questions.

use wasm_bindgen::JsCast;
use web_sys::{Element, EventTarget, HtmlElement, HtmlFormElement};

use super::answers;
use crate::browser::dom::element;

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
