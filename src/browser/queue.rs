//! What waits on the phone to be sent: whole bodies with their photos, in the browser's cache storage. Where there is none,
//! nothing is kept, and the plain ways remain.

use wasm_bindgen::JsCast;
use web_sys::{Blob, Cache, Request, RequestInit, Response, ResponseInit};

use crate::browser::dom::{done, wait};

const FOLDER: &str = "/queue/";

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
    /// What is remembered of it; often empty.
    pub about: String,
}

impl Entry {
    /// Sends it; `None` when no answer came.
    pub async fn post(&self, accept: &str) -> Option<Response> {
        let init = RequestInit::new();
        init.set_method("POST");
        init.set_body(&self.bytes);
        let request = Request::new_with_str_and_init(&self.action, &init).ok()?;
        request.headers().set("content-type", &self.kind).ok()?;
        request.headers().set("accept", accept).ok()?;
        wait(web_sys::window()?.fetch_with_request(&request)).await
    }
}

/// A queue by the name of its cache.
#[derive(Clone, Copy)]
pub struct Queue(pub &'static str);

/// Opens a cache.
pub async fn open(name: &str) -> Option<Cache> {
    let window = web_sys::window()?;
    if js_sys::Reflect::get(&window, &"caches".into()).ok()?.is_undefined() {
        return None;
    }
    wait(window.caches().ok()?.open(name)).await
}

impl Queue {
    /// Keeps an entry until [`Queue::forget`]; whether it is kept.
    pub async fn keep(self, entry: &Entry) -> bool {
        let Some(cache) = open(self.0).await else { return false };
        let Ok(copy) = Response::new_with_opt_blob_and_init(Some(&entry.bytes), &ResponseInit::new()) else {
            return false;
        };
        let (head, about) = (copy.headers(), String::from(js_sys::encode_uri_component(&entry.about)));
        let written = [("content-type", &entry.kind), ("x-action", &entry.action), ("x-about", &about)];
        if written.iter().any(|(name, value)| head.set(name, value).is_err()) {
            return false;
        }
        done(Ok(cache.put_with_str(&[FOLDER, &entry.key].concat(), &copy))).await
    }

    /// Forgets an entry.
    pub async fn forget(self, key: &str) {
        if let Some(cache) = open(self.0).await {
            done(Ok(cache.delete_with_str(&[FOLDER, key].concat()))).await;
        }
    }

    /// Every entry, oldest first.
    pub async fn all(self) -> Vec<Entry> {
        let mut entries = Vec::new();
        let Some(cache) = open(self.0).await else { return entries };
        let Some(keys) = wait::<js_sys::Array>(cache.keys()).await else { return entries };
        for request in keys.iter() {
            if let Ok(request) = request.dyn_into::<Request>()
                && let Some(entry) = read(&cache, &request).await
            {
                entries.push(entry);
            }
        }
        entries
    }

    /// The oldest entry.
    pub async fn first(self) -> Option<Entry> {
        let cache = open(self.0).await?;
        let keys: js_sys::Array = wait(cache.keys()).await?;
        read(&cache, &keys.get(0).dyn_into().ok()?).await
    }
}

async fn read(cache: &Cache, request: &Request) -> Option<Entry> {
    let copy: Response = wait(cache.match_with_request(request)).await?;
    let head = copy.headers();
    let about = head.get("x-about").ok()?.unwrap_or_default();
    Some(Entry {
        key: request.url().rsplit('/').next()?.to_string(),
        action: head.get("x-action").ok()??,
        kind: head.get("content-type").ok()??,
        bytes: wait(copy.blob().ok()?).await?,
        about: js_sys::decode_uri_component(&about).map(String::from).unwrap_or_default(),
    })
}
