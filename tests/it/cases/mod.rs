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
mod stand_in;
mod second_pair;
mod splits;
pub mod story;
mod todos;
mod transfers;
mod week;
