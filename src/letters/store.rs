//! SQL of letters: one file a table or two.

pub mod letters;
pub mod suggestions;
pub mod tables;
