//! The desk.

mod orders;
mod secrecy;
mod stand_in;
pub mod story;
