//! SQL of wishes to erase, and of erasing.

pub mod requests;
pub mod retention;
pub mod wipe;
