//! The desk.

mod four_eyes;
mod orders;
mod safeguarding;
mod secrecy;
mod stand_in;
pub mod story;
