//! The desk.

mod secrecy;
pub mod story;
