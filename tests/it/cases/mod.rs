//! The desk.

mod assists;
mod clocks;
mod feed;
mod four_eyes;
mod merge;
mod merge_properties;
mod orders;
mod safeguarding;
mod second_pair;
mod secrecy;
mod splits;
mod stand_in;
pub mod story;
mod todos;
mod transfers;
mod week;
