//! The signature drawn with a finger, beside the typed name. Without it the name alone signs.

use std::{cell::RefCell, rc::Rc};

use web_sys::{Element, HtmlFormElement, PointerEvent};

use super::{answers, set_field, value_of};
use crate::{
    browser::dom::{by_id, on, on_click, set_hidden},
    visits::drawing::{self, HEIGHT, WIDTH},
};

/// Puts the pad under the name, with what was drawn before.
pub fn start(form: &HtmlFormElement) -> Option<()> {
    let (pad, lines): (Element, Element) = (by_id("signature-pad")?, by_id("signature-lines")?);
    let section = answers::answers::element(form, "section", "sign")?;
    section.append_child(&pad).ok()?;
    set_hidden("signature-pad", false);
    let text = Rc::new(RefCell::new(value_of(form, "drawing")));
    show(&lines, &text.borrow());
    let pen = Pen { form: form.clone(), lines: lines.clone(), text };
    for event in ["pointerdown", "pointermove"] {
        let (pen, is_new) = (pen.clone(), event == "pointerdown");
        on(&lines, event, move |event| {
            use wasm_bindgen::JsCast;
            if let Ok(event) = event.dyn_into::<PointerEvent>() {
                let _ = pen.draw(&event, is_new);
            }
        });
    }
    on_click("signature-clear", move || pen.put(String::new()));
    Some(())
}

/// What draws.
#[derive(Clone)]
struct Pen {
    form: HtmlFormElement,
    lines: Element,
    text: Rc<RefCell<String>>,
}

impl Pen {
    /// A point: of a new line, or of the one that is being drawn.
    fn draw(&self, event: &PointerEvent, is_new: bool) -> Option<()> {
        if event.buttons() == 0 {
            return None;
        }
        event.prevent_default();
        if is_new {
            drop(self.lines.set_pointer_capture(event.pointer_id()));
        }
        let field = self.lines.get_bounding_client_rect();
        let on_field = |at: f64, size: f64, units: u32| {
            let place = at / size.max(1.0) * f64::from(units);
            // Inside the field by then, so nothing is cut off.
            place.clamp(0.0, f64::from(units)) as u32
        };
        let x = on_field(f64::from(event.client_x()) - field.left(), field.width(), WIDTH);
        let y = on_field(f64::from(event.client_y()) - field.top(), field.height(), HEIGHT);
        let mut text = self.text.borrow().clone();
        if !text.is_empty() {
            text.push(if is_new { ';' } else { ' ' });
        }
        text.push_str(&x.to_string());
        text.push(',');
        text.push_str(&y.to_string());
        if text.len() <= drawing::MOST {
            self.put(text);
        }
        Some(())
    }

    fn put(&self, text: String) {
        show(&self.lines, &text);
        set_field(&self.form, "drawing", &text);
        *self.text.borrow_mut() = text;
    }
}

fn show(lines: &Element, text: &str) -> Option<()> {
    let path = lines.first_element_child()?;
    path.set_attribute("d", &drawing::path(text).unwrap_or_default()).ok()
}
