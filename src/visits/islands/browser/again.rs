//! A walk that waits and has to be changed: its form comes back with everything (`#edit=KEY`).

use wasm_bindgen::JsCast;
use web_sys::{
    FormData, HtmlFormElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement, Response, ResponseInit,
};

use super::{QUEUE, photos};
use crate::browser::dom::wait;

/// Brings back what waits under the key in the address.
pub async fn restore(form: &HtmlFormElement) -> Option<()> {
    let hash = web_sys::window()?.location().hash().ok()?;
    let key = hash.strip_prefix("#edit=")?;
    let entry = QUEUE.all().await.into_iter().find(|e| e.key == key)?;
    let body = Response::new_with_opt_blob_and_init(Some(&entry.bytes), &ResponseInit::new()).ok()?;
    body.headers().set("content-type", &entry.kind).ok()?;
    // A body has the type that it was made with; made anew, it has the one of the entry.
    let data: FormData = match body.form_data() {
        Ok(reading) => wait(reading).await?,
        Err(_) => return None,
    };
    let controls = form.elements();
    for i in 0..controls.length() {
        let Some(control) = controls.item(i) else { continue };
        let Some(name) = control.get_attribute("name") else { continue };
        let values: Vec<String> = data.get_all(&name).iter().filter_map(|v| v.as_string()).collect();
        let first = values.first().cloned().unwrap_or_default();
        if let Some(area) = control.dyn_ref::<HtmlTextAreaElement>() {
            area.set_value(&first);
        } else if let Some(select) = control.dyn_ref::<HtmlSelectElement>() {
            select.set_value(&first);
        } else if let Some(input) = control.dyn_ref::<HtmlInputElement>() {
            match input.type_().as_str() {
                "radio" | "checkbox" => input.set_checked(values.contains(&input.value())),
                "file" => {}
                // The page's own token belongs to the session of now.
                "hidden" if name == "csrf" || name == "author" => {}
                _ => input.set_value(&first),
            }
        }
    }
    photos::again(form, &data).await;
    Some(())
}
