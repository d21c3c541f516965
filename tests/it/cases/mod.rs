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
mod second_pair;
mod splits;
mod stand_in;
pub mod story;
mod todos;
mod transfers;
mod week;
