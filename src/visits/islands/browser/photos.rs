//! Photos under the items: made small, shown, and kept on the phone with the walk until it was sent.

use std::{cell::RefCell, collections::BTreeMap};

use wasm_bindgen::JsCast;
use web_sys::{
    Blob, Element, File, FormData, HtmlButtonElement, HtmlFormElement, HtmlImageElement, HtmlInputElement, Request,
    Response, ResponseInit, Url,
};

use super::value_of;
use crate::browser::{
    dom::{attribute, done, element, on, wait},
    photo::shrunk,
    queue::open,
};

/// The cache of photos of walks that are not signed yet.
const CACHE: &str = "huiyin-field-photos";

thread_local! {
    static TAKEN: RefCell<BTreeMap<String, Blob>> = const { RefCell::new(BTreeMap::new()) };
}

fn address(key: &str, field: &str) -> String {
    ["/photo/", key, "/", field].concat()
}

fn inputs(form: &HtmlFormElement) -> Vec<HtmlInputElement> {
    let Ok(all) = form.query_selector_all("input[type=file]") else { return Vec::new() };
    (0..all.length()).filter_map(|i| all.item(i)?.dyn_into().ok()).collect()
}

/// Takes over the choosing of photos, and brings back those of this walk.
pub async fn start(form: &HtmlFormElement) {
    let key = value_of(form, "idempotency_key");
    let cache = open(CACHE).await;
    for input in inputs(form) {
        if let Some(cache) = &cache
            && let Some(kept) = wait::<Response>(cache.match_with_str(&address(&key, &input.name()))).await
            && let Ok(blob) = kept.blob()
            && let Some(blob) = wait::<Blob>(blob).await
        {
            let _ = show(form, &input, blob);
        }
        let (form, this) = (form.clone(), input.clone());
        on(&input, "change", move |_| {
            let Some(file) = this.files().and_then(|files| files.get(0)) else { return };
            let (form, input) = (form.clone(), this.clone());
            wasm_bindgen_futures::spawn_local(async move {
                let blob = match shrunk(&file).await {
                    Some(small) => small,
                    // The server may be able to read it.
                    None => file.unchecked_into::<Blob>(),
                };
                take(&form, &input, blob).await;
            });
        });
    }
}

/// A photo was taken: it is shown, and kept.
pub async fn take(form: &HtmlFormElement, input: &HtmlInputElement, blob: Blob) -> Option<()> {
    show(form, input, blob.clone())?;
    let cache = open(CACHE).await?;
    let copy = Response::new_with_opt_blob_and_init(Some(&blob), &ResponseInit::new()).ok()?;
    let at = address(&value_of(form, "idempotency_key"), &input.name());
    done(Ok(cache.put_with_str(&at, &copy))).await;
    Some(())
}

/// Shows a photo over its input.
fn show(form: &HtmlFormElement, input: &HtmlInputElement, blob: Blob) -> Option<()> {
    let field = input.closest("[data-question]").ok()??;
    if let Ok(Some(earlier)) = field.query_selector(".photos") {
        earlier.remove();
    }
    let tile: Element = element("div", "photo done")?;
    let image: HtmlImageElement = element("img", "")?;
    image.set_src(&Url::create_object_url_with_blob(&blob).ok()?);
    image.set_alt("");
    let remove: HtmlButtonElement = element("button", "photo-remove")?;
    remove.set_type("button");
    remove.set_text_content(Some(&attribute("field-walk", "remove")));
    tile.append_child(&image).ok()?;
    tile.append_child(&remove).ok()?;
    let photos: Element = element("div", "photos")?;
    photos.append_child(&tile).ok()?;
    input.before_with_node_1(&photos).ok()?;
    TAKEN.with_borrow_mut(|taken| taken.insert(input.name(), blob));
    let (input, at) = (input.clone(), address(&value_of(form, "idempotency_key"), &input.name()));
    on(&remove, "click", move |_| {
        photos.remove();
        input.set_value("");
        TAKEN.with_borrow_mut(|taken| taken.remove(&input.name()));
        let at = at.clone();
        wasm_bindgen_futures::spawn_local(async move {
            if let Some(cache) = open(CACHE).await {
                done(Ok(cache.delete_with_str(&at))).await;
            }
        });
    });
    Some(())
}

/// Puts the small photos into a form in the place of those that were chosen.
pub fn put_into(data: &FormData) {
    TAKEN.with_borrow(|taken| {
        for (name, blob) in taken {
            data.delete(name);
            drop(data.append_with_blob_and_filename(name, blob, "photo.jpg"));
        }
    });
}

/// Brings back a photo of a walk that is changed once more.
pub async fn again(form: &HtmlFormElement, data: &FormData) {
    for input in inputs(form) {
        if let Ok(file) = data.get(&input.name()).dyn_into::<File>()
            && file.size() > 0.0
        {
            take(form, &input, file.unchecked_into()).await;
        }
    }
}

/// Forgets the photos of a walk: its form holds them now.
pub async fn forget(key: &str) -> Option<()> {
    let cache = open(CACHE).await?;
    let keys: js_sys::Array = wait(cache.keys()).await?;
    let folder = address(key, "");
    for request in keys.iter() {
        let request: Request = request.dyn_into().ok()?;
        if request.url().contains(&folder) {
            done(Ok(cache.delete_with_request(&request))).await;
        }
    }
    Some(())
}
