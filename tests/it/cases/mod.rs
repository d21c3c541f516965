//! The desk.

mod orders;
mod secrecy;
pub mod story;
