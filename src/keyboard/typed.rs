//! What is typed on the page of a case is kept in its tab until it is sent: a phone throws pages away, a slip of the finger
//! loads one anew. It is gone when the tab is closed, when somebody signs out, and when somebody else signs in.

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlFormElement, HtmlTextAreaElement, Storage};

use crate::browser::dom::{document, on, session};

const TYPED: &str = "huiyin-typed:";
/// The form that was sent last: what was typed into it is forgotten when the next page says nothing against it.
const SENT: &str = "huiyin-typed-sent";
/// Whose it is.
const WHOSE: &str = "huiyin-typed-whose";
/// Between what the server had in the field and what was typed there.
const THEN: char = '\u{0}';

/// Gives back what was typed, and keeps what is.
pub fn start() -> Option<()> {
    let (store, document) = (session()?, document()?);
    let whose = document.get_element_by_id("keys")?.get_attribute("data-whose")?;
    if store.get_item(WHOSE).ok()?.is_some_and(|before| before != whose) {
        forget(&store, TYPED);
    }
    drop(store.set_item(WHOSE, &whose));
    if let Some(form) = store.get_item(SENT).ok()? {
        drop(store.remove_item(SENT));
        if document.query_selector("[role=alert], .unsent").ok()?.is_none() {
            forget(&store, &form);
        }
    }
    let texts = document.query_selector_all("main textarea[name]").ok()?;
    for i in 0..texts.length() {
        texts.item(i).and_then(|text| give_back(&store, text.dyn_ref()?));
    }
    on(&document, "input", |event| {
        keep(&event);
    });
    on(&document, "submit", |event| {
        sent(&event);
    });
    Some(())
}

/// The name under which what is typed into a form is kept.
fn of_form(form: &HtmlFormElement) -> Option<String> {
    let page = web_sys::window()?.location().pathname().ok()?;
    Some([TYPED, &page, " ", &form.get_attribute("action")?, " "].concat())
}

fn of_text(text: &HtmlTextAreaElement) -> Option<String> {
    Some([of_form(&text.form()?)?, text.name()].concat())
}

fn give_back(store: &Storage, text: &HtmlTextAreaElement) -> Option<()> {
    let kept = store.get_item(&of_text(text)?).ok()??;
    let (before, typed) = kept.split_once(THEN)?;
    // Only over what was there when it was typed, and not over what the browser itself gave back.
    if text.default_value().ok()? == before && text.value() == before {
        text.set_value(typed);
    }
    Some(())
}

fn keep(event: &Event) -> Option<()> {
    let text: HtmlTextAreaElement = event.target()?.dyn_into().ok()?;
    let (store, name) = (session()?, of_text(&text)?);
    let (before, typed) = (text.default_value().ok()?, text.value());
    if before == typed {
        store.remove_item(&name).ok()
    } else {
        store.set_item(&name, &[before, THEN.to_string(), typed].concat()).ok()
    }
}

fn sent(event: &Event) -> Option<()> {
    let form: HtmlFormElement = event.target()?.dyn_into::<Element>().ok()?.dyn_into().ok()?;
    let store = session()?;
    if form.get_attribute("action")? == "/logout" {
        forget(&store, TYPED);
        return Some(());
    }
    store.set_item(SENT, &of_form(&form)?).ok()
}

/// Forgets everything whose name begins like this.
fn forget(store: &Storage, begin: &str) {
    let names = (0..store.length().unwrap_or(0)).filter_map(|i| store.key(i).ok()?);
    for name in names.filter(|name| name.starts_with(begin)).collect::<Vec<_>>() {
        drop(store.remove_item(&name));
    }
}
