//! Answers, read off the form on the page.

use wasm_bindgen::JsCast;
use web_sys::{File, FormData, HtmlElement, HtmlFormElement};

use crate::forms::model::Answers;

/// What is answered now. A chosen photo counts by its name, one that was accepted already by its token.
pub fn read(form: &HtmlFormElement) -> Answers {
    let mut answers = Answers::default();
    for (name, value) in entries(form) {
        let key = name.strip_prefix("answer.").or_else(|| name.strip_prefix("staged."));
        if let Some(key) = key {
            answers.add(key, &value);
        }
    }
    answers
}

/// Every pair of the form; of files, their names.
pub fn entries(form: &HtmlFormElement) -> Vec<(String, String)> {
    let Ok(data) = FormData::new_with_form(form) else { return Vec::new() };
    let pairs = js_sys::Array::from(&data.entries());
    pairs
        .iter()
        .filter_map(|pair| {
            let pair: js_sys::Array = pair.dyn_into().ok()?;
            let value = pair.get(1);
            let text = value.as_string().or_else(|| value.dyn_ref::<File>().map(File::name))?;
            Some((pair.get(0).as_string()?, text))
        })
        .collect()
}

/// The element of a question or a section.
pub fn element(form: &HtmlFormElement, what: &str, key: &str) -> Option<HtmlElement> {
    // Keys hold letters, digits and underscores only.
    form.query_selector(&["[data-", what, "=\"", key, "\"]"].concat()).ok()??.dyn_into().ok()
}

/// Hides or shows a question or a section.
pub fn set_hidden(form: &HtmlFormElement, what: &str, key: &str, hidden: bool) {
    if let Some(element) = element(form, what, key) {
        element.set_hidden(hidden);
    }
}
