//! Cells of a photo that are made black by drawing over them. Without it each one is ticked alone.

#[cfg(feature = "hydrate")]
mod browser;
#[cfg(feature = "ssr")]
pub mod grid;

use leptos::prelude::*;

/// The id of the element around the cells.
const GRID: &str = "paint-grid";

/// Lets a finger, a pen or a mouse draw over the cells, and arrows step through them.
#[island]
pub fn Painting() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    browser::start();
}
