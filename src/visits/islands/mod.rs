//! What the browser adds to walking by a checklist, which is whole without it: one part a screen, a summary before signing,
//! photos made small, everything kept on the phone until it was sent, and sending when there is a net again.
//!
//! - [`FieldShell`] stands where a walk begins: it fetches every checklist, so that all of them open without a net, shows
//!   what waits to be sent, and sends it.
//! - [`FieldWalk`] stands in the form of a walk: it keeps what is answered and photographed, and puts it into the queue when
//!   it is signed.
//!
//! Only checklists are kept: no page of this kind holds a case. Signing out erases them; what waits to be sent stays, and is
//! sent only as what the person who made it sends.

#[cfg(all(feature = "hydrate", feature = "bundle-field"))]
mod browser;
#[cfg(feature = "ssr")]
pub mod server;

use leptos::prelude::*;

/// Keeps the checklists on the phone, and sends what waits.
#[island]
pub fn FieldShell() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    browser::start_shell();
}

/// Brings the form of a walk to life.
#[island]
pub fn FieldWalk() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    browser::start_walk();
}
