//! The desk.

mod secrecy;
mod story;
