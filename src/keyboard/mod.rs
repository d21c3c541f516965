//! The keyboard at the desk: people who work there all day leave the mouse alone.
//!
//! An element that a key belongs to says so: `data-key="a"`. Pressing the key opens it, follows it, or moves the focus into
//! it; a button that would change something is only focused, so that a slip of the finger changes nothing. `j` and `k` step
//! through the list; on the page of a case they follow the links to its neighbours there. `Ctrl+Enter` sends what is being typed, `Escape` closes what
//! was opened. Everything can be reached without any of it (by Tab), and it can be switched off (WCAG 2.2, 2.1.4).

#[cfg(feature = "hydrate")]
mod browser;
#[cfg(feature = "ssr")]
pub mod sheet;
#[cfg(feature = "hydrate")]
mod typed;

use leptos::prelude::*;

/// Listens to keys on a page of the desk, and keeps what is typed there until it is sent.
#[island]
pub fn DeskKeys() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    {
        browser::start();
        typed::start();
    }
}
