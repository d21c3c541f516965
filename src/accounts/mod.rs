//! Accounts: people of an organisation who sign in, their passwords, sessions and invitations.
//!
//! - A session is a random secret in a `__Host-` cookie; the database has only its hash (promise 15). `tower-sessions`
//!   keeps its ids in the clear, hence this small table of our own.
//! - A password is an argon2id hash, computed behind a semaphore. Guesses are counted before they are checked, so that
//!   parallel guesses can't beat the throttle; they are counted by name and address, so that an attacker elsewhere
//!   does not lock the owner out.
//! - An invitation is a one-time link by which a person sets the first (or a forgotten) password.

pub mod actions;
mod device;
pub mod invitations;
pub mod model;
mod pages;
pub mod passwords;
pub mod second;
pub mod sessions;
pub mod store;
mod throttle;

use crate::http::{Access, Route};

/// Routes of signing in and of one's own account.
pub fn routes() -> Vec<Route> {
    let mut routes = vec![
        Route::get("/login", Access::Public, pages::login_page),
        Route::post("/login", Access::Public, pages::login).from_known_origins(),
        Route::post("/logout", Access::SignedIn, pages::logout),
        Route::get("/account", Access::SignedIn, pages::account_page),
        Route::post("/account/password", Access::SignedIn, pages::change_password),
        Route::post("/account/language", Access::SignedIn, pages::change_language),
        Route::post("/account/sign-out-everywhere", Access::SignedIn, pages::sign_out_everywhere),
        Route::get("/invitation/{token}", Access::Public, pages::invitation_page),
        Route::post("/invitation/{token}", Access::Public, pages::accept_invitation).from_known_origins(),
    ];
    routes.extend(second::routes());
    routes
}
