//! What the browser adds to the form and the receipt, which are whole without it: the draft kept on the phone, the live
//! counter, photos made small and sent at once, sending that survives a dead net, a proof of work, keeping the receipt.
//!
//! The islands hold no markup of their own: the server's is the only one, and the code here works on it. So the plain form
//! stays the one form, nothing jumps when the code arrives, and when it does not arrive nothing is missing. Sentences lie
//! in `data-` attributes that [`server`] writes.

#[cfg(feature = "hydrate")]
mod browser;
#[cfg(feature = "ssr")]
pub mod server;

use leptos::prelude::*;

/// Brings the form on the page to life.
#[island]
pub fn IntakeForm() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    browser::start_form();
}

/// Brings the receipt on the page to life.
#[island]
pub fn IntakeReceipt() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    browser::start_receipt();
}
