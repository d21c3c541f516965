//! The desk.

mod clocks;
mod feed;
mod orders;
mod secrecy;
mod stand_in;
pub mod story;
mod week;
