//! Photos: made small, freed of everything but their pixels, shown, and sent at once, so that an error later never needs them
//! again. What could not be sent yet goes with the form.

use std::cell::{Cell, RefCell};

use js_sys::{JSON, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Blob, Element, File, FormData, HtmlButtonElement, HtmlFormElement, HtmlImageElement, HtmlInputElement,
    HtmlProgressElement, ProgressEvent, Url, XmlHttpRequest,
};

use super::draft;
use crate::browser::{
    dom::{by_id, document, element, on, set_hidden, set_text, word},
    photo::shrunk,
};
use crate::intake::rules::MAX_FILES;

/// A file that the server does not have yet.
struct Pending {
    id: u32,
    blob: Blob,
    name: &'static str,
}

thread_local! {
    static PENDING: RefCell<Vec<Pending>> = const { RefCell::new(Vec::new()) };
    static NEXT: Cell<u32> = const { Cell::new(0) };
}

/// Takes over the choosing of files.
pub fn start(form: &HtmlFormElement) {
    PENDING.with_borrow_mut(Vec::clear);
    let Some(input) = by_id::<HtmlInputElement>("f-files") else { return };
    let action = [draft::address(form), "/files".into()].concat();
    // What was chosen before this code arrived is taken over, too.
    take(&input, &action);
    on(&input.clone(), "change", move |_| take(&input, &action));
}

/// Takes the files out of the input that stands without scripts.
fn take(input: &HtmlInputElement, action: &str) {
    let Some(files) = input.files() else { return };
    let chosen: Vec<File> = (0..files.length()).filter_map(|i| files.get(i)).collect();
    input.set_value("");
    for file in chosen {
        if count() < MAX_FILES {
            add(file, action.to_string());
        } else {
            set_text("trouble", &word("full"));
            set_hidden("trouble", false);
        }
    }
    set_hidden("photo-add", count() >= MAX_FILES);
}

/// Adds what the server does not have yet to a form that is being sent.
pub fn append_pending(data: &FormData) {
    PENDING.with_borrow(|pending| {
        for file in pending {
            drop(data.append_with_blob_and_filename("files", &file.blob, file.name));
        }
    });
}

/// Shows a file that the server has, from a draft.
pub fn uploaded(token: &str) {
    if let Some(tile) = tile() {
        tile.set_class_name("photo done");
        if let Some(words) = element::<Element>("span", "photo-words") {
            words.set_text_content(Some(&word("kept")));
            drop(tile.append_child(&words));
        }
        let _ = keep_token(&tile, token);
    }
}

fn count() -> usize {
    let Some(document) = document() else { return 0 };
    let number = |selector: &str| document.query_selector_all(selector).map_or(0, |all| all.length() as usize);
    number("#photos .photo") + number("#staged input:checked")
}

/// A new cell with its button to take the photo away again.
fn tile() -> Option<Element> {
    let tile: Element = element("div", "photo")?;
    let id = NEXT.get();
    NEXT.set(id + 1);
    tile.set_id(&["photo-", &id.to_string()].concat());
    let remove: HtmlButtonElement = element("button", "photo-remove")?;
    remove.set_type("button");
    remove.set_text_content(Some(&word("remove")));
    let cell = tile.clone();
    on(&remove, "click", move |_| {
        forget(&cell);
        cell.remove();
        set_hidden("photo-add", count() >= MAX_FILES);
        draft::soon();
    });
    tile.append_child(&remove).ok()?;
    let add: Element = by_id("photo-add")?;
    add.before_with_node_1(&tile).ok()?;
    Some(tile)
}

fn number(tile: &Element) -> u32 {
    tile.id().rsplit('-').next().and_then(|n| n.parse().ok()).unwrap_or(0)
}

fn forget(tile: &Element) {
    let id = number(tile);
    PENDING.with_borrow_mut(|pending| pending.retain(|p| p.id != id));
}

fn add(file: File, action: String) -> Option<()> {
    let tile = tile()?;
    let is_picture = file.type_().starts_with("image/");
    if is_picture {
        if let (Some(image), Ok(url)) =
            (element::<HtmlImageElement>("img", ""), Url::create_object_url_with_blob(&file))
        {
            image.set_src(&url);
            image.set_alt("");
            drop(tile.prepend_with_node_1(&image));
        }
    } else if let Some(words) = element::<Element>("span", "photo-words") {
        words.set_text_content(Some("PDF"));
        drop(tile.append_child(&words));
    }
    let (id, name) = (number(&tile), if is_picture { "photo.jpg" } else { "file.pdf" });
    // As it is, for who sends the form before it was made small.
    PENDING.with_borrow_mut(|pending| pending.push(Pending { id, blob: file.clone().unchecked_into(), name }));
    wasm_bindgen_futures::spawn_local(async move {
        let small = if is_picture { shrunk(&file).await } else { None };
        let blob = small.unwrap_or_else(|| file.unchecked_into());
        PENDING.with_borrow_mut(|pending| {
            if let Some(waiting) = pending.iter_mut().find(|p| p.id == id) {
                waiting.blob = blob.clone();
            }
        });
        if tile.is_connected() {
            upload(tile, blob, action);
        }
    });
    Some(())
}

/// Sends a file, showing how far it is.
fn upload(tile: Element, blob: Blob, action: String) -> Option<()> {
    let progress: HtmlProgressElement = element("progress", "")?;
    progress.set_max(1.0);
    tile.append_child(&progress).ok()?;
    let request = XmlHttpRequest::new().ok()?;
    request.open("POST", &action).ok()?;
    drop(request.set_request_header("accept", "application/json"));
    let bar = progress.clone();
    on(request.upload().ok()?.as_ref(), "progress", move |event| {
        if let Ok(event) = event.dyn_into::<ProgressEvent>()
            && event.total() > 0.0
        {
            bar.set_value(event.loaded() / event.total());
        }
    });
    let (answered, cell, again) = (request.clone(), tile.clone(), (blob.clone(), action.clone()));
    on(&request, "loadend", move |_| {
        progress.remove();
        let answer = answered.response_text().ok().flatten().unwrap_or_default();
        let answer = JSON::parse(&answer).unwrap_or(JsValue::NULL);
        match answered.status().unwrap_or(0) {
            201 => {
                if let Some(token) = get(&answer, &["token"]).and_then(|t| t.as_string()) {
                    forget(&cell);
                    cell.set_class_name("photo done");
                    let _ = keep_token(&cell, &token);
                    draft::soon();
                }
            }
            413 | 422 => {
                // It will not be taken another time either.
                forget(&cell);
                let reason = get(&answer, &["errors", "files", "0"]).and_then(|t| t.as_string());
                let _ = failed(&cell, &reason.unwrap_or_else(|| word("failed")), None);
            }
            _ => {
                let _ = failed(&cell, &word("retry"), Some(again.clone()));
            }
        }
    });
    let data = FormData::new().ok()?;
    data.append_with_blob_and_filename("files", &blob, "file").ok()?;
    request.send_with_opt_form_data(Some(&data)).ok()
}

fn get(value: &JsValue, path: &[&str]) -> Option<JsValue> {
    path.iter().try_fold(value.clone(), |value, key| Reflect::get(&value, &(*key).into()).ok())
}

fn keep_token(tile: &Element, token: &str) -> Option<()> {
    let input: HtmlInputElement = element("input", "")?;
    input.set_type("hidden");
    input.set_name("staged");
    input.set_value(token);
    tile.append_child(&input).ok().map(drop)
}

/// Says what went wrong; with a file to send again, a tap does so.
fn failed(tile: &Element, words: &str, again: Option<(Blob, String)>) -> Option<()> {
    tile.set_class_name("photo failed");
    let tag = if again.is_some() { "button" } else { "small" };
    let note: Element = element(tag, "photo-note")?;
    drop(note.set_attribute("type", "button"));
    note.set_text_content(Some(words));
    if let Some((blob, action)) = again {
        let (cell, this) = (tile.clone(), note.clone());
        on(&note, "click", move |_| {
            this.remove();
            cell.set_class_name("photo");
            upload(cell.clone(), blob.clone(), action.clone());
        });
    }
    tile.append_child(&note).ok().map(drop)
}
