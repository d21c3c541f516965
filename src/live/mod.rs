//! A part of a page that follows what is typed: the server draws it anew a moment after the last key, from the form as it
//! stands, and saves nothing. Without scripts a button does the same.

#[cfg(feature = "hydrate")]
mod browser;
#[cfg(feature = "ssr")]
pub mod server;

use leptos::prelude::*;

/// Watches the form.
#[island]
pub fn LivePart() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    browser::start();
}
