//! Sending: the form goes into the queue on the phone first, then to the server, and leaves the queue when the person has
//! kept the receipt. So neither a dead net nor a crash loses it, and the key makes every repeat the same press.

use std::cell::Cell;

use wasm_bindgen::JsCast;
use web_sys::{DomParser, FormData, HtmlButtonElement, HtmlFormElement, HtmlInputElement, Response, SupportedType};

use super::{
    draft, photos,
    queue::{self, QUEUE},
    receipt, text,
};
use crate::browser::{
    dom::{by_id, document, focus, on, set_hidden, set_text, wait, word},
    queue::Entry,
};

thread_local! {
    static BUSY: Cell<bool> = const { Cell::new(false) };
}

/// What became of sending.
pub enum Outcome {
    /// The page shows what the server answered.
    Shown,
    /// The server was not reached, or can't store now.
    Later,
    /// The server refuses it for good.
    Refused,
}

/// Takes over the sending.
pub fn start(form: &HtmlFormElement) {
    BUSY.set(false);
    let this = form.clone();
    on(form, "submit", move |event| {
        event.prevent_default();
        if !text::fits() {
            return focus("f-body");
        }
        if !BUSY.replace(true) {
            let form = this.clone();
            wasm_bindgen_futures::spawn_local(async move {
                if send(&form).await.is_none() {
                    // The browser can't do it our way: the plain way is always there. `submit` raises no event.
                    drop(form.submit());
                }
            });
        }
    });
}

async fn send(form: &HtmlFormElement) -> Option<()> {
    let data = FormData::new_with_form(form).ok()?;
    data.delete("files");
    photos::append_pending(&data);
    let key = data.get("idempotency_key").as_string()?;
    // The browser writes the body of a form with files; the same bytes are kept and sent.
    let body = Response::new_with_opt_form_data(Some(&data)).ok()?;
    let kind = body.headers().get("content-type").ok()??;
    let bytes = wait(body.blob().ok()?).await?;
    let entry = Entry { key, action: form.get_attribute("action")?, kind, bytes, about: String::new() };
    say_sending(true);
    let kept = !draft::is_shared() && QUEUE.keep(&entry).await;
    let outcome = deliver(&entry).await;
    BUSY.set(false);
    say_sending(false);
    match outcome {
        Outcome::Shown => {}
        Outcome::Later if kept => queue::show_waiting(entry),
        Outcome::Later => trouble(&word("unsent")),
        Outcome::Refused => trouble(&word("failed")),
    }
    Some(())
}

/// The button says what happens; a second tap changes nothing.
fn say_sending(sending: bool) -> Option<()> {
    let button: HtmlButtonElement = by_id("send")?;
    if sending {
        drop(button.set_attribute("data-words", &button.text_content().unwrap_or_default()));
    }
    let words = if sending { word("sending") } else { button.get_attribute("data-words")? };
    button.set_text_content(Some(&words));
    drop(if sending { button.set_attribute("aria-busy", "true") } else { button.remove_attribute("aria-busy") });
    button.set_disabled(sending);
    Some(())
}

fn trouble(words: &str) {
    set_text("trouble", words);
    set_hidden("trouble", false);
}

/// Sends an entry and shows what came back.
pub async fn deliver(entry: &Entry) -> Outcome {
    let Some(response) = entry.post("text/html").await else { return Outcome::Later };
    match response.status() {
        status @ (201 | 422) => {
            let page = match response.text() {
                Ok(text) => wait::<js_sys::JsString>(text).await,
                Err(_) => None,
            };
            let Some(page) = page else { return Outcome::Later };
            if status == 422 {
                // It comes back for correction.
                QUEUE.forget(&entry.key).await;
            }
            match show(&String::from(page), (status == 201).then(|| entry.key.clone())) {
                Some(()) => Outcome::Shown,
                None => Outcome::Later,
            }
        }
        429 | 500.. => Outcome::Later,
        _ => {
            QUEUE.forget(&entry.key).await;
            Outcome::Refused
        }
    }
}

/// Puts the answered page into the place of this one. Its code stands in no address, as promised.
fn show(html: &str, receipt_key: Option<String>) -> Option<()> {
    let document = document()?;
    let answered = DomParser::new().ok()?.parse_from_string(html, SupportedType::TextHtml).ok()?;
    let body = document.adopt_node(answered.body()?.as_ref()).ok()?;
    document.document_element()?.replace_child(&body, document.body()?.as_ref()).ok()?;
    document.set_title(&answered.title());
    if let Some(window) = web_sys::window() {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
    if receipt_key.is_some() {
        receipt::start(receipt_key);
        focus("receipt");
    } else if let Some(form) = by_id::<HtmlFormElement>("intake") {
        super::wire(&form);
        focus("errors");
    }
    Some(())
}

/// The key of the form on the page.
pub fn key_of_form() -> Option<String> {
    let input = document()?.query_selector("#intake input[name=idempotency_key]").ok()??;
    Some(input.dyn_into::<HtmlInputElement>().ok()?.value())
}
