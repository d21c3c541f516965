//! SQL of cases, a file a table.

pub mod assignments;
pub mod callbacks;
pub mod cases;
pub mod events;
pub mod list;
pub mod messages;
pub mod notes;
pub mod outbox;
pub mod recusals;
pub mod replies;
pub mod similar;
pub mod visible;
