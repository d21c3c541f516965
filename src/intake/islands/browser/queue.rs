//! The queue on the phone: what was pressed and whose receipt was not kept yet. It lies in the browser's cache storage,
//! which takes whole bodies with their photos; where there is none, the plain ways remain.

use std::cell::{Cell, RefCell};

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, Cache, HtmlFormElement, Request, RequestInit, Response, ResponseInit};

use super::{
    draft,
    send::{self, Outcome},
};
use crate::browser::dom::{attribute, by_id, done, focus, later, on, on_click, set_hidden, set_text, wait};

const NAME: &str = "huiyin-queue";
const FOLDER: &str = "/queue/";
/// Between two tries by itself, in milliseconds.
const PAUSE: i32 = 20_000;

/// A form on its way.
#[derive(Clone)]
pub struct Entry {
    /// The idempotency key.
    pub key: String,
    /// Where it goes.
    pub action: String,
    /// The content type with its boundary.
    pub kind: String,
    /// The body.
    pub bytes: Blob,
    /// Whether the server has it already, and only its receipt was not kept yet.
    pub acknowledged: bool,
}

thread_local! {
    static CURRENT: RefCell<Option<Entry>> = const { RefCell::new(None) };
    static TRYING: Cell<bool> = const { Cell::new(false) };
    static LISTENING: Cell<bool> = const { Cell::new(false) };
}

impl Entry {
    /// Sends it; `None` when no answer came.
    pub async fn post(&self) -> Option<Response> {
        let init = RequestInit::new();
        init.set_method("POST");
        init.set_body(&self.bytes);
        let request = Request::new_with_str_and_init(&self.action, &init).ok()?;
        request.headers().set("content-type", &self.kind).ok()?;
        wait(web_sys::window()?.fetch_with_request(&request)).await
    }
}

async fn open() -> Option<Cache> {
    let window = web_sys::window()?;
    if js_sys::Reflect::get(&window, &"caches".into()).ok()?.is_undefined() {
        return None;
    }
    wait(window.caches().ok()?.open(NAME)).await
}

/// Keeps an entry until [`forget`]; whether it is kept.
pub async fn keep(entry: &Entry) -> bool {
    let Some(cache) = open().await else { return false };
    let Ok(copy) = Response::new_with_opt_blob_and_init(Some(&entry.bytes), &ResponseInit::new()) else { return false };
    let head = copy.headers();
    if head.set("content-type", &entry.kind).is_err() || head.set("x-action", &entry.action).is_err() {
        return false;
    }
    if entry.acknowledged && head.set("x-acknowledged", "1").is_err() {
        return false;
    }
    done(Ok(cache.put_with_str(&[FOLDER, &entry.key].concat(), &copy))).await
}

/// Notes that the server has an entry.
pub async fn acknowledged(entry: &Entry) {
    if !entry.acknowledged && !draft::is_shared() {
        keep(&Entry { acknowledged: true, ..entry.clone() }).await;
    }
}

/// Forgets an entry.
pub async fn forget(key: &str) {
    if let Some(cache) = open().await {
        done(Ok(cache.delete_with_str(&[FOLDER, key].concat()))).await;
    }
}

/// Forgets everything, also the forms that the service worker keeps.
pub fn erase() {
    CURRENT.take();
    if let Some(caches) = web_sys::window().and_then(|w| w.caches().ok()) {
        for name in [NAME, "huiyin-forms"] {
            drop(caches.delete(name));
        }
    }
}

/// The oldest entry that still has to be sent, or else the newest whose receipt was not kept.
pub async fn next() -> Option<Entry> {
    let cache = open().await?;
    let keys: js_sys::Array = wait(cache.keys()).await?;
    let mut last = None;
    for request in keys {
        let entry = read(&cache, request).await?;
        if !entry.acknowledged {
            return Some(entry);
        }
        last = Some(entry);
    }
    last
}

async fn read(cache: &Cache, request: JsValue) -> Option<Entry> {
    let request: Request = request.dyn_into().ok()?;
    let copy: Response = wait(cache.match_with_request(&request)).await?;
    let head = copy.headers();
    Some(Entry {
        key: request.url().rsplit('/').next()?.to_string(),
        action: head.get("x-action").ok()??,
        kind: head.get("content-type").ok()??,
        acknowledged: head.has("x-acknowledged").ok()?,
        bytes: wait(copy.blob().ok()?).await?,
    })
}

/// Wires the buttons.
pub fn start() {
    on_click("queue-retry", try_now);
    on_click("queue-edit", || {
        if let Some(entry) = CURRENT.take() {
            let key = entry.key.clone();
            wasm_bindgen_futures::spawn_local(async move { forget(&key).await });
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
            Some(entry) if entry.acknowledged => offer_receipt(entry),
            Some(entry) => {
                show_waiting(entry);
                try_now();
            }
            None => {}
        }
    });
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
