//! What the browser adds to a form of questions, which is whole without it: what is not reached is hidden, one section a
//! screen, checks before sending, answers kept on the device until they are sent. The same logic and checks as the
//! server's ([`crate::forms::logic`], [`crate::forms::check`]).
//!
//! The server's markup is the only one: the code here hides, shows and adds errors to it.

#[cfg(feature = "hydrate")]
pub mod browser;
#[cfg(feature = "ssr")]
pub mod server;

#[cfg(any(feature = "ssr", feature = "bundle-forms"))]
use leptos::prelude::*;

/// Brings the form `#answers` on the page to life.
#[cfg(any(feature = "ssr", feature = "bundle-forms"))]
#[island]
pub fn FormLogic() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    browser::start();
}
