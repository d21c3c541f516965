//! The desk.

mod assists;
mod bulk;
mod clocks;
mod feed;
mod four_eyes;
mod legal_hold;
pub mod macros;
pub mod merge;
mod merge_properties;
mod orders;
mod redact;
mod safeguarding;
mod second_pair;
mod secrecy;
mod splits;
mod stand_in;
mod steps;
pub mod story;
pub mod tags;
pub mod templates;
mod todos;
mod transfers;
mod views;
mod week;
