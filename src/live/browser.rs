//! The browser's side: posts what is typed and puts the part of the answer in its place.

use std::cell::Cell;

use web_sys::HtmlFormElement;

use crate::browser::{
    dom::{attribute, by_id, later, on, set_hidden},
    quiet_panics, sending,
};

/// How long after the last key.
const PAUSE: i32 = 500;

thread_local! {
    /// The number of the last change: what was asked before it comes too late.
    static CHANGE: Cell<u32> = const { Cell::new(0) };
}

/// Watches the form.
pub fn start() {
    quiet_panics();
    let Some(form) = by_id::<HtmlFormElement>(&attribute("live", "form")) else { return };
    set_hidden(&attribute("live", "button"), true);
    for event in ["input", "change"] {
        on(&form, event, |_| {
            let change = CHANGE.get() + 1;
            CHANGE.set(change);
            later(PAUSE, move || {
                if CHANGE.get() == change {
                    wasm_bindgen_futures::spawn_local(async move { draw(change).await.unwrap_or_default() });
                }
            });
        });
    }
}

async fn draw(change: u32) -> Option<()> {
    let form = by_id::<HtmlFormElement>(&attribute("live", "form"))?;
    let response = sending::post(&attribute("live", "address"), "text/html", &sending::typed(&form)?).await?;
    let part = sending::part(&response, &attribute("live", "part")).await?;
    (CHANGE.get() == change).then(|| sending::put(&part))?
}
