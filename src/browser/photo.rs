//! Photos, made small before they leave, and freed of everything but their pixels.

use js_sys::Promise;
use wasm_bindgen::JsCast;
use web_sys::{Blob, CanvasRenderingContext2d, File, HtmlCanvasElement, ImageBitmap};

use crate::browser::dom::{element, wait};

/// The longest side that is sent; the server keeps no more.
const SIDE: f64 = 2048.0;
const QUALITY: f64 = 0.86;

/// The same picture, upright, no longer than [`SIDE`], as a new JPEG without any notes; `None` when the browser can't read
/// it (the server may).
pub async fn shrunk(file: &File) -> Option<Blob> {
    let bitmap: ImageBitmap = wait(web_sys::window()?.create_image_bitmap_with_blob(file).ok()?).await?;
    let (width, height) = (f64::from(bitmap.width()), f64::from(bitmap.height()));
    let scale = (SIDE / width.max(height)).min(1.0);
    let canvas: HtmlCanvasElement = element("canvas", "")?;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most SIDE")]
    let side = |length: f64| (length * scale).round().max(1.0) as u32;
    canvas.set_width(side(width));
    canvas.set_height(side(height));
    let drawing: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    // What is transparent becomes white, not black.
    drawing.set_fill_style_str("#fff");
    drawing.fill_rect(0.0, 0.0, width, height);
    let (w, h) = (f64::from(canvas.width()), f64::from(canvas.height()));
    drawing.draw_image_with_image_bitmap_and_dw_and_dh(&bitmap, 0.0, 0.0, w, h).ok()?;
    bitmap.close();
    let encoded = Promise::new(&mut |resolve, _| {
        drop(canvas.to_blob_with_type_and_encoder_options(&resolve, "image/jpeg", &QUALITY.into()));
    });
    wait(encoded).await
}
