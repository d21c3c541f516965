//! What islands of all slices use in the browser. Nothing here is compiled for the server, and nothing of it reaches a page
//! whose bundle does not use it.

pub mod dom;
pub mod photo;
pub mod queue;
pub mod sending;

/// A panic says nothing of what was typed (promise 25); the page goes on as a plain one.
pub fn quiet_panics() {
    std::panic::set_hook(Box::new(|_| {
        if let Some(root) = dom::document().and_then(|d| d.document_element()) {
            drop(root.set_attribute("data-plain", "1"));
        }
    }));
}
