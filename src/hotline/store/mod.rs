//! SQL of the hotline, a file a table.

pub mod calls;
pub mod drafts;
pub mod duties;
pub mod tasks;
