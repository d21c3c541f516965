//! Signing: the walk goes into the queue on the phone first, then to the server, and leaves the queue when it is there. The
//! key makes every repeat the same visit.

use std::cell::Cell;

use js_sys::{JSON, Object, Reflect};
use wasm_bindgen::JsCast;
use web_sys::{FormData, HtmlButtonElement, HtmlFormElement, Response};

use super::{
    QUEUE, answers, now, photos, set_field, value_of,
    waiting::{State, deliver, word_of},
};
use crate::browser::{
    dom::{attribute, by_id, focus, later, on, set_hidden, set_text, wait},
    queue::Entry,
};

/// Longer than the pause after which a draft is written: nothing is written after it was forgotten.
const SETTLED: i32 = 500;

thread_local! {
    static BUSY: Cell<bool> = const { Cell::new(false) };
}

/// Takes over the sending.
pub fn start(form: &HtmlFormElement) {
    let this = form.clone();
    on(form, "submit", move |event| {
        // The checks found something.
        if event.default_prevented() {
            return;
        }
        event.prevent_default();
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
    set_field(form, "ended_at", &now());
    let data = FormData::new_with_form(form).ok()?;
    photos::put_into(&data);
    let key = value_of(form, "idempotency_key");
    let body = Response::new_with_opt_form_data(Some(&data)).ok()?;
    let kind = body.headers().get("content-type").ok()??;
    let bytes = wait(body.blob().ok()?).await?;
    let entry = Entry { key, action: form.get_attribute("action")?, kind, bytes, about: about(form) };
    say_sending(true);
    let kept = QUEUE.keep(&entry).await;
    let (state, answer) = deliver(&entry).await;
    match state {
        State::Sent => {
            QUEUE.forget(&entry.key).await;
            leave(&entry.key, [word_of(&answer, "address")?, "?sent=1".into()].concat()).await;
        }
        State::Refused => {
            QUEUE.forget(&entry.key).await;
            say_sending(false);
            refused(form, &answer);
        }
        _ if kept => leave(&entry.key, attribute("field-walk", "shell")).await,
        _ => {
            say_sending(false);
            trouble(&attribute("field-walk", "unkept"));
        }
    }
    Some(())
}

/// What is shown of it while it waits.
fn about(form: &HtmlFormElement) -> String {
    let class = form.query_selector("input[name=\"answer.class\"]:checked + span").ok().flatten();
    let place = class.and_then(|e| e.text_content()).unwrap_or_else(|| value_of(form, "answer.place"));
    [&form.get_attribute("data-title").unwrap_or_default(), " · ", place.trim()].concat()
}

/// Forgets what was kept of the form, and goes on.
async fn leave(key: &str, to: String) {
    photos::forget(key).await;
    later(SETTLED, move || {
        answers::draft::clear(&attribute("form-logic", "draft"));
        if let Some(window) = web_sys::window() {
            drop(window.location().assign(&to));
        }
    });
}

fn say_sending(sending: bool) -> Option<()> {
    BUSY.set(sending);
    let button: HtmlButtonElement = by_id("send")?;
    if sending {
        drop(button.set_attribute("data-words", &button.text_content().unwrap_or_default()));
    }
    let words = if sending { attribute("field-walk", "sending") } else { button.get_attribute("data-words")? };
    button.set_text_content(Some(&words));
    drop(if sending { button.set_attribute("aria-busy", "true") } else { button.remove_attribute("aria-busy") });
    button.set_disabled(sending);
    Some(())
}

fn trouble(words: &str) {
    set_text("trouble", words);
    set_hidden("trouble", false);
    focus("trouble");
}

/// Says what the server found, beside its questions.
fn refused(form: &HtmlFormElement, answer: &str) -> Option<()> {
    let errors = Reflect::get(&JSON::parse(answer).ok()?, &"errors".into()).ok()?;
    let errors: Object = errors.dyn_into().ok()?;
    let mut first = None;
    let mut rest = Vec::new();
    for pair in Object::entries(&errors).iter() {
        let pair: js_sys::Array = pair.dyn_into().ok()?;
        let field = pair.get(0).as_string()?;
        let words: js_sys::Array = pair.get(1).dyn_into().ok()?;
        let words = words.get(0).as_string()?;
        match field.strip_prefix("answer.") {
            Some(key) if answers::errors::say(form, key, &words).is_some() => {
                first.get_or_insert_with(|| key.to_string());
            }
            _ => rest.push(words),
        }
    }
    if !rest.is_empty() {
        trouble(&rest.join(" "));
    }
    if let (Some(first), Some(live)) = (first, answers::open()) {
        answers::steps::go_to(&live, &first);
        answers::errors::focus(&first);
    }
    Some(())
}
