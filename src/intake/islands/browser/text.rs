//! The live counter and check of "what happened", by the server's own rules.

use web_sys::{Element, HtmlTextAreaElement};

use crate::browser::dom::{by_id, element, on, set_text, word};
use crate::{
    intake::rules::MAX_BODY_CHARS,
    kernel::text::{char_count, normalize_text},
};

const ERROR: &str = "f-body-live";

/// Counts from now on.
pub fn start() {
    if let Some(area) = by_id::<HtmlTextAreaElement>("f-body") {
        on(&area, "input", |_| {
            let _ = show();
        });
        show();
    }
}

/// Whether the text is short enough to be sent.
pub fn fits() -> bool {
    by_id::<HtmlTextAreaElement>("f-body")
        .is_none_or(|area| char_count(&normalize_text(&area.value())) <= MAX_BODY_CHARS)
}

/// Shows the count and, when it is too long, the error beside the field.
fn show() -> Option<()> {
    let area = by_id::<HtmlTextAreaElement>("f-body")?;
    let count = char_count(&area.value());
    set_text("counter", &[count.to_string(), " / ".into(), MAX_BODY_CHARS.to_string()].concat());
    let over = !fits();
    by_id::<Element>("counter")?.set_class_name(if over { "counter over" } else { "counter" });
    let shown = by_id::<Element>(ERROR);
    if over && shown.is_none() {
        let error: Element = element("p", "error")?;
        error.set_id(ERROR);
        error.set_text_content(Some(&word("too-long")));
        drop(error.set_attribute("role", "alert"));
        drop(area.before_with_node_1(&error));
        drop(area.set_attribute("aria-invalid", "true"));
    } else if let (false, Some(error)) = (over, shown) {
        error.remove();
        drop(area.remove_attribute("aria-invalid"));
    }
    Some(())
}
