//! Cases 件: what the office handles. See [`model`] for the life of a case.
//!
//! A verb is a function of its own: right → change → event ([`history`]) → audit → outbox ([`notices`]), in one
//! transaction. [`open`] makes a case of a submission, [`submitter`] holds what the person with the tracking code does.

pub mod assist;
pub mod break_glass;
pub mod bulk;
pub mod callback;
mod case_data;
pub mod clocks;
pub mod close;
pub mod deeds;
pub mod erase;
pub mod export;
pub mod extend;
pub mod facts;
pub mod feed;
pub mod fill;
mod form;
pub mod handle;
mod history;
pub mod identity;
pub mod join;
mod judge;
pub mod legal_hold;
pub mod list;
pub mod mandatory;
mod mention;
pub mod merge;
pub mod model;
mod naming;
pub mod notices;
pub mod object;
pub mod on_the_spot;
pub mod open;
mod pages;
pub mod rechecks;
pub mod rectify;
pub mod recuse;
pub mod redact;
pub mod review;
pub mod routed;
pub mod safeguarding;
mod search;
pub mod second;
pub mod similar;
pub mod split;
pub mod store;
pub mod submitter;
pub mod supervise;
pub mod tags;
pub mod todo;
pub mod transfer;
pub mod triage;
pub mod visibility;
pub mod watch;
pub mod work;
pub mod write;

use crate::http::Route;

/// Routes of the desk.
pub fn routes() -> Vec<Route> {
    pages::routes()
}
