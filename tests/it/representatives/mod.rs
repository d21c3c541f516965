//! Representatives: their term, their promise, and their second looks.

mod appointment;
mod places;
mod rechecks;

pub use appointment::representative;
pub use rechecks::{answered, drawn, waiting};
