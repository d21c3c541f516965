//! The desk.

mod assists;
mod clocks;
mod feed;
mod four_eyes;
mod merge;
mod merge_properties;
mod orders;
mod safeguarding;
mod secrecy;
mod splits;
mod stand_in;
pub mod story;
mod transfers;
mod week;
