//! HTTP: the one table of routes, what surrounds every handler (headers, sessions, rights, cross-site defence, limits),
//! and the server loop.
//!
//! A request's life: [`serve`] accepts → [`router`] finds the [`Route`] → client address, request id → body within its
//! limit, read as a [`Form`] → cross-site defence → session → rights (deny by default) → the slice's handler (in a task
//! of its own when it writes, so that a phone that hangs up does not cut a write in half) → [`respond`].

pub mod app;
pub mod assets;
pub mod client_addr;
pub mod cross_site;
pub mod form;
pub mod headers;
pub mod health;
pub mod limits;
pub mod request;
pub mod respond;
pub mod route;
pub mod router;
pub mod serve;

pub use app::App;
pub use form::{Form, Upload};
pub use request::{Cx, Req};
pub use route::{Access, Route};

/// What a handler gives back.
pub type Response = axum::response::Response;
