//! The browser's side. The boxes stay boxes: what is drawn ticks them, and the form sends them as ever.

use std::{cell::Cell, rc::Rc};

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, KeyboardEvent, PointerEvent};

use super::GRID;
use crate::browser::{
    dom::{attribute, by_id, document, on, set_hidden},
    quiet_panics,
};

/// How far apart two looks along a quick stroke are, in pixels: less than the smallest cell.
const STEP: f64 = 8.0;

/// A stroke that is being drawn: whether it makes black or clears, and where it was last.
#[derive(Clone, Copy)]
struct Stroke {
    black: bool,
    x: f64,
    y: f64,
}

/// Starts drawing and stepping on the page.
pub fn start() {
    quiet_panics();
    let Some(grid) = by_id::<Element>(GRID) else { return };
    drop(grid.set_attribute("data-drawn", "1"));
    set_hidden("paint-hint", false);
    draw(&grid);
    step(&grid);
}

fn draw(grid: &Element) {
    let stroke: Rc<Cell<Option<Stroke>>> = Rc::new(Cell::new(None));
    let here = stroke.clone();
    on(grid, "pointerdown", move |event| {
        let Some(event) = event.dyn_into::<PointerEvent>().ok().filter(|e| e.is_primary() && e.button() == 0) else {
            return;
        };
        let (x, y) = place(&event);
        if let Some(cell) = cell_at(x, y) {
            let black = !cell.checked();
            cell.set_checked(black);
            here.set(Some(Stroke { black, x, y }));
        }
    });
    let here = stroke.clone();
    on(grid, "pointermove", move |event| {
        let (Some(event), Some(last)) = (event.dyn_ref::<PointerEvent>(), here.get()) else { return };
        if event.buttons() == 0 {
            here.set(None);
            return;
        }
        let (x, y) = place(event);
        let way = (x - last.x).hypot(y - last.y);
        let mut gone = 0.0;
        while gone <= way {
            let part = if way > 0.0 { gone / way } else { 1.0 };
            if let Some(cell) = cell_at(last.x + (x - last.x) * part, last.y + (y - last.y) * part) {
                cell.set_checked(last.black);
            }
            gone += STEP;
        }
        if let Some(cell) = cell_at(x, y) {
            cell.set_checked(last.black);
        }
        here.set(Some(Stroke { x, y, ..last }));
    });
    for end in ["pointerup", "pointercancel"] {
        let here = stroke.clone();
        on(grid, end, move |_| here.set(None));
    }
    // The click that follows a stroke would turn its last cell again. One from the keyboard comes without a pointer.
    on(grid, "click", |event| {
        if event.dyn_ref::<web_sys::MouseEvent>().is_some_and(|e| e.detail() > 0) {
            event.prevent_default();
        }
    });
}

fn place(event: &PointerEvent) -> (f64, f64) {
    (f64::from(event.client_x()), f64::from(event.client_y()))
}

fn cell_at(x: f64, y: f64) -> Option<HtmlInputElement> {
    let found = document()?.element_from_point(x as f32, y as f32)?;
    let inside = found.closest(&["#", GRID, " label"].concat()).ok()??;
    inside.query_selector("input").ok()??.dyn_into().ok()
}

/// One stop for Tab; arrows lead from cell to cell.
fn step(grid: &Element) {
    let columns: i32 = attribute(GRID, "columns").parse().unwrap_or(1);
    let boxes: Vec<HtmlInputElement> = boxes(grid);
    for (i, cell) in boxes.iter().enumerate() {
        cell.set_tab_index(if i == 0 { 0 } else { -1 });
    }
    on(grid, "keydown", move |event| {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
        let by = match event.key().as_str() {
            "ArrowRight" => 1,
            "ArrowLeft" => -1,
            "ArrowDown" => columns,
            "ArrowUp" => -columns,
            _ => return,
        };
        let target = event.target().and_then(|t| t.dyn_into::<HtmlInputElement>().ok());
        let Some(at) = target.and_then(|t| boxes.iter().position(|b| *b == t)) else { return };
        event.prevent_default();
        let next = i32::try_from(at).ok().and_then(|at| usize::try_from(at + by).ok()).and_then(|at| boxes.get(at));
        if let Some(next) = next {
            boxes[at].set_tab_index(-1);
            next.set_tab_index(0);
            drop(next.focus());
        }
    });
}

fn boxes(grid: &Element) -> Vec<HtmlInputElement> {
    let mut found = Vec::new();
    if let Ok(list) = grid.query_selector_all("input") {
        for i in 0..list.length() {
            found.extend(list.item(i).and_then(|node| node.dyn_into().ok()));
        }
    }
    found
}
