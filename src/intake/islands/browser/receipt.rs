//! Keeping the receipt: copy, print, as a picture; and a word before somebody leaves without it.

use std::cell::RefCell;

use js_sys::{Array, Promise};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{
    Blob, BlobPropertyBag, CanvasRenderingContext2d, Element, Event, HtmlButtonElement, HtmlCanvasElement,
    HtmlImageElement, Url,
};

use super::{draft, queue};
use crate::browser::dom::{attribute, by_id, document, done, element, on_click, set_hidden, set_text, wait};

/// Of the picture, in pixels.
const WIDTH: u32 = 720;
const HEIGHT: u32 = 900;

type Guard = Closure<dyn FnMut(Event)>;

thread_local! {
    static GUARD: RefCell<Option<Guard>> = const { RefCell::new(None) };
}

/// Starts on a page with a receipt; `key` is that of the entry in the queue it answers.
pub fn start(key: Option<String>) {
    draft::clear(&attribute("receipt-actions", "form"));
    set_hidden("receipt-actions", false);
    guard(true);
    on_click("copy", || {
        let (Some(code), Some(window)) = (text_of("code"), web_sys::window()) else { return };
        let code = code.split_whitespace().collect::<Vec<_>>().join("-");
        wasm_bindgen_futures::spawn_local(async move {
            if done(Ok(window.navigator().clipboard().write_text(&code))).await {
                set_text("copy", &attribute("receipt-actions", "copied"));
            }
        });
    });
    on_click("print", || {
        if let Some(window) = web_sys::window() {
            drop(window.print());
        }
    });
    on_click("save", || {
        wasm_bindgen_futures::spawn_local(async {
            let _ = picture().await;
        })
    });
    on_click("kept", move || {
        guard(false);
        if let Some(button) = by_id::<HtmlButtonElement>("kept") {
            button.set_text_content(Some(&attribute("receipt-actions", "kept")));
            button.set_disabled(true);
        }
        if let Some(key) = key.clone() {
            wasm_bindgen_futures::spawn_local(async move { queue::QUEUE.forget(&key).await });
        }
    });
}

fn text_of(id: &str) -> Option<String> {
    by_id::<Element>(id)?.text_content()
}

/// Asks before the page is left, or no longer.
fn guard(on: bool) -> Option<()> {
    let window = web_sys::window()?;
    let guard = on.then(|| Guard::new(|event: Event| event.prevent_default()));
    window.set_onbeforeunload(guard.as_ref().map(|g| g.as_ref().unchecked_ref()));
    GUARD.replace(guard);
    Some(())
}

/// Draws the receipt and shows it as a picture that can be saved, also where nothing can be downloaded.
async fn picture() -> Option<()> {
    let canvas: HtmlCanvasElement = element("canvas", "")?;
    canvas.set_width(WIDTH);
    canvas.set_height(HEIGHT);
    let drawing: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    let middle = f64::from(WIDTH) / 2.0;
    drawing.set_fill_style_str("#fff");
    drawing.fill_rect(0.0, 0.0, f64::from(WIDTH), f64::from(HEIGHT));
    drawing.set_fill_style_str("#16241f");
    drawing.set_text_align("center");
    let line = |font: &str, text: &str, y: f64| {
        drawing.set_font(font);
        drop(drawing.fill_text_with_max_width(text, middle, y, f64::from(WIDTH) - 40.0));
    };
    let title = document()?.title();
    line("600 34px sans-serif", &title, 90.0);
    line("30px monospace", &text_of("case-number")?, 150.0);
    line("600 58px monospace", text_of("code")?.split_whitespace().collect::<Vec<_>>().join(" ").as_str(), 260.0);
    line("600 34px sans-serif", &text_of("due")?, 340.0);
    if let Some(code) = qr().await {
        drop(drawing.draw_image_with_html_image_element_and_dw_and_dh(&code, middle - 180.0, 400.0, 360.0, 360.0));
    }
    line("28px sans-serif", &[web_sys::window()?.location().origin().ok()?, "/track".into()].concat(), 830.0);
    let encoded = Promise::new(&mut |resolve, _| drop(canvas.to_blob(&resolve)));
    let file: Blob = wait(encoded).await?;
    let address = Url::create_object_url_with_blob(&file).ok()?;
    let shown: HtmlImageElement = document()?.query_selector("#picture img").ok()??.dyn_into().ok()?;
    shown.set_src(&address);
    set_hidden("picture", false);
    let link: Element = element("a", "")?;
    link.set_attribute("href", &address).ok()?;
    let number = text_of("case-number")?;
    link.set_attribute("download", &[number.trim(), ".png"].concat()).ok()?;
    link.dyn_ref::<web_sys::HtmlElement>()?.click();
    Some(())
}

/// The QR code of the page as a picture.
async fn qr() -> Option<HtmlImageElement> {
    let drawing = document()?.query_selector("#receipt .qr svg").ok()??;
    let text = web_sys::XmlSerializer::new().ok()?.serialize_to_string(&drawing).ok()?;
    let kind = BlobPropertyBag::new();
    kind.set_type("image/svg+xml");
    let file = Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &kind).ok()?;
    let image: HtmlImageElement = element("img", "")?;
    image.set_src(&Url::create_object_url_with_blob(&file).ok()?);
    done(Ok(image.decode())).await.then_some(image)
}
