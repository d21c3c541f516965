//! The second step of signing in 二次验证: a code of an app on the phone, after the password (promise 15).
//!
//! - Set up: the secret is shown as a QR code to whoever typed the password again, and holds once a code of it was
//!   typed. It lies in the database sealed with a key outside of it.
//! - Ten recovery codes stand in when the phone is lost: shown once, printed, stored as keyed hashes, each good once.
//! - Signing in: the right password gives a short-lived cookie that opens nothing but the page for the code.
//! - An organisation may require it of roles. Who has not set it up signs in all the same, and gets no further than to
//!   the set-up ([`open_while_due`]).
//! - Lost for good: an administrator resets it for somebody else, never for themselves; for the last administrator the
//!   command line does (`huiyin staff reset-second-factor`).

mod pages;
mod setup;
pub mod sign_in;
mod step_page;
mod store;

pub use pages::PAGE;
pub(super) use setup::is_required;
pub use setup::{is_set_up, reset, reset_by_operator, set_up};

use crate::http::{Access, Route};

/// Routes of the second step.
pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/login/code", Access::Public, step_page::page),
        Route::post("/login/code", Access::Public, step_page::finish).from_known_origins(),
        Route::get("/account/second-factor", Access::SignedIn, pages::page),
        Route::post("/account/second-factor/begin", Access::SignedIn, pages::begin),
        Route::post("/account/second-factor/confirm", Access::SignedIn, pages::confirm),
        Route::post("/account/second-factor/codes", Access::SignedIn, pages::codes),
        Route::post("/account/second-factor/off", Access::SignedIn, pages::off),
    ]
}

/// Whether a route is open to somebody who owes the set-up.
pub fn open_while_due(path: &str) -> bool {
    path.starts_with("/account") || path == "/logout"
}
