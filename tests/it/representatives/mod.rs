//! Representatives: their term, their promise, and their second looks.

pub mod appointment;
mod places;
mod rechecks;

pub use appointment::representative;
pub use rechecks::{answered, drawn, waiting};
