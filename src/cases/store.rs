//! SQL of cases, a file a table.

pub mod assignments;
pub mod callbacks;
pub mod cases;
pub mod clocks;
pub mod events;
pub mod extensions;
pub mod facts;
pub mod feeds;
pub mod glass_breaks;
pub mod identity_requests;
pub mod ladder;
pub mod list;
pub mod merges;
pub mod messages;
pub mod notes;
pub mod objections;
pub mod outbox;
pub mod pauses;
pub mod rechecks;
pub mod recusals;
pub mod replies;
pub mod routed;
pub mod safeguarding;
pub mod similar;
pub mod transfers;
pub mod visible;
