//! SQL of notices outside the pages.

pub mod channels;
pub mod deliveries;
pub mod news;
pub mod settings;
