//! The queue on the phone: what was pressed and whose receipt was not kept yet. Where it can't be
//! kept, the plain ways remain.

use std::cell::{Cell, RefCell};

use wasm_bindgen::JsValue;
use web_sys::HtmlFormElement;

use super::{
    draft,
    send::{self, Outcome},
};
use crate::browser::{
    dom::{attribute, by_id, focus, later, on, on_click, set_hidden, set_text},
    queue::{Entry, Queue},
};

/// What waits.
pub const QUEUE: Queue = Queue("huiyin-queue");
/// Between two tries by itself, in milliseconds.
const PAUSE: i32 = 20_000;

thread_local! {
    static CURRENT: RefCell<Option<Entry>> = const { RefCell::new(None) };
    static TRYING: Cell<bool> = const { Cell::new(false) };
    static LISTENING: Cell<bool> = const { Cell::new(false) };
}

/// What is remembered of an entry that the server has, and whose receipt was not kept yet.
const ACKNOWLEDGED: &str = "acknowledged";

/// Notes that the server has an entry.
pub async fn acknowledged(entry: &Entry) {
    if entry.about.is_empty() && !draft::is_shared() {
        QUEUE.keep(&Entry { about: ACKNOWLEDGED.to_string(), ..entry.clone() }).await;
    }
}

/// Forgets everything, also the forms that the service worker keeps.
pub fn erase() {
    CURRENT.take();
    if let Some(caches) = web_sys::window().and_then(|w| w.caches().ok()) {
        for name in [QUEUE.0, "huiyin-forms"] {
            drop(caches.delete(name));
        }
    }
}

/// The oldest entry that still has to be sent, or else the newest whose receipt was not kept.
async fn next() -> Option<Entry> {
    let mut all = QUEUE.all().await;
    let waiting = all.iter().position(|entry| entry.about != ACKNOWLEDGED);
    waiting.map(|at| all.remove(at)).or_else(|| all.pop())
}

/// Wires the buttons.
pub fn start() {
    on_click("queue-retry", try_now);
    on_click("queue-edit", || {
        if let Some(entry) = CURRENT.take() {
            let key = entry.key.clone();
            wasm_bindgen_futures::spawn_local(async move { QUEUE.forget(&key).await });
            // What is on the page is what was sent, unless it is of an earlier visit: then its draft comes back.
            if send::key_of_form().as_deref() != Some(&entry.key)
                && let Some(window) = web_sys::window()
            {
                drop(window.location().reload());
            }
        }
        show_form();
    });
    on_click("queue-new", || {
        CURRENT.take();
        if let Some(form) = by_id::<HtmlFormElement>("intake") {
            draft::clear(&draft::address(&form));
            form.reset();
        }
        if let Some(window) = web_sys::window() {
            drop(window.location().set_hash("new"));
            drop(window.location().reload());
        }
    });
    if let (false, Some(window)) = (LISTENING.replace(true), web_sys::window()) {
        on(&window, "online", |_| try_now());
    }
}

/// Goes on with what an earlier visit left, unless somebody wants to write another one now.
pub fn go_on() {
    let Some(window) = web_sys::window() else { return };
    if window.location().hash().is_ok_and(|hash| hash == "#new") {
        drop(window.history().and_then(|h| h.replace_state_with_url(&JsValue::NULL, "", Some("#"))));
        return;
    }
    wasm_bindgen_futures::spawn_local(async {
        match next().await {
            // Its receipt can be seen again, but nobody who wants to write is kept from it.
            Some(entry) if entry.about == ACKNOWLEDGED && !is_reload() => offer_receipt(entry),
            Some(entry) => {
                show_waiting(entry);
                try_now();
            }
            None => {}
        }
    });
}

/// Whether the page was loaded again: the receipt that stood on it is wanted again then.
fn is_reload() -> bool {
    let get = |of: JsValue, name: &str| js_sys::Reflect::get(&of, &name.into()).ok();
    let kind = web_sys::window().and_then(|w| get(get(get(w.into(), "performance")?, "navigation")?, "type"));
    kind.and_then(|k| k.as_f64()) == Some(1.0)
}

fn offer_receipt(entry: Entry) {
    set_hidden("earlier", false);
    on_click("earlier-show", move || {
        CURRENT.replace(Some(entry.clone()));
        try_now();
    });
}

fn show_form() {
    set_hidden("queue", true);
    set_hidden("intake", false);
}

/// Shows that an entry waits.
pub fn show_waiting(entry: Entry) {
    CURRENT.replace(Some(entry));
    set_text("queue-title", &attribute("queue-title", "waiting"));
    set_hidden("intake", true);
    set_hidden("queue", false);
    focus("queue");
    later(PAUSE, try_now);
}

fn try_now() {
    let Some(entry) = CURRENT.with_borrow(Clone::clone) else { return };
    if TRYING.replace(true) {
        return;
    }
    set_text("queue-title", &attribute("queue-title", "sending"));
    wasm_bindgen_futures::spawn_local(async move {
        let outcome = send::deliver(&entry).await;
        TRYING.set(false);
        match outcome {
            Outcome::Shown => drop(CURRENT.take()),
            Outcome::Later => show_waiting(entry),
            Outcome::Refused => {
                CURRENT.take();
                show_form();
                set_text("trouble", &crate::browser::dom::word("failed"));
                set_hidden("trouble", false);
            }
        }
    });
}
