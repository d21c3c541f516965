//! The tests of the whole program: one folder a slice, as in `src`. Run beside PostgreSQL (`scripts/postgres cargo test`)
//! they cover both databases.
#![expect(clippy::unwrap_used, reason = "a test that can't go on should stop")]

mod accounts;
mod architecture;
mod budgets;
mod callbacks;
mod cases;
mod contract;
mod demo;
mod hotline;
mod http;
mod i18n;
mod incidents;
mod intake;
mod letters;
mod measures;
mod notify;
mod organizations;
mod personal_data;
mod questionnaires;
mod rectifications;
mod reports;
mod representatives;
mod routing;
mod supervision;
mod support;
mod visits;
