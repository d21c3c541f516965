//! SQL of notices outside the pages.

pub mod channels;
pub mod deliveries;
pub mod news;
pub mod reports;
pub mod settings;
pub mod submitters;
