//! What tests are made of: the program over a database of its own, with a clock that can be set, and people who ask it.

mod app;
mod client;
mod dump;
mod multipart;

pub use app::{Engine, TestApp, engines, new_database, tuesday};
pub use client::{Client, Reply};
pub use multipart::Multipart;

/// A new idempotency key.
pub fn key() -> String {
    huiyin::kernel::random::secret(&huiyin::kernel::random::SystemRandom)
}
