//! The markup that the browser's code works on.

use leptos::prelude::*;

use super::{GRID, Painting};
use crate::http::Cx;

/// Cells in rows of so many columns: `label > input[type=checkbox]` each.
pub fn grid(columns: u32, cells: impl IntoAny) -> AnyView {
    view! {
        <div class="redact-grid" id=GRID data-columns=columns.to_string()>{cells.into_any()}</div>
        <Painting/>
    }
    .into_any()
}

/// How to draw; hidden until the browser's code runs.
pub fn hint(cx: &Cx) -> AnyView {
    view! { <p class="hint" id="paint-hint" hidden>{cx.t("redact.draw")}</p> }.into_any()
}
