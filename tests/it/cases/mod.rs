//! The desk.

mod orders;
mod secrecy;
mod story;
