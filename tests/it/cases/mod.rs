//! The desk.

mod merge;
mod merge_properties;
mod orders;
mod secrecy;
mod stand_in;
pub mod story;
