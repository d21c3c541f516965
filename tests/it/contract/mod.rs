//! What must hold on both databases alike, below the pages.

mod audit;
mod backup;
mod list;
mod schema;
mod statements;
