//! What the browser adds to the screen, which is whole without it: the topic by two letters, drafts every few seconds, cases
//! that may be meant while somebody speaks, a clock, keys. The server's markup is the only one; the code works on it.

#[cfg(feature = "hydrate")]
mod browser;
#[cfg(feature = "ssr")]
pub mod server;

use leptos::prelude::*;

/// Brings the screen to life.
#[island]
pub fn CallScreen() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    browser::start();
}

/// Lets a button print the page.
#[island]
pub fn PrintButton() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    browser::start_print();
}
