//! The desk.

mod bulk;
mod clocks;
mod feed;
mod four_eyes;
mod merge;
mod merge_properties;
mod orders;
mod safeguarding;
mod secrecy;
mod stand_in;
mod steps;
pub mod story;
mod tags;
pub mod templates;
mod week;
