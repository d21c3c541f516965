//! Huiyin 回音: the feedback and complaint intake of schools, on phones.
//!
//! # The map
//! - [`kernel`]: what uses nothing: ids, clock, codes, text, roles, calendar.
//! - `db`: SQLite or PostgreSQL behind one type; `http`: the one table of routes and what surrounds handlers; `ui`: what
//!   pages are made of; `keyboard`: keys at the desk; `painting`: cells of a photo that are drawn over; `browser`: what islands share; `i18n`: every sentence, in two
//!   languages; `audit`: who did and saw what.
//! - Slices, one folder a noun of the domain: `organizations`, `accounts`, `access_points`, `intake` (public: show,
//!   submit, receipt, track), `cases` (the desk), `callbacks` (whether the answer helped), `routing` (which department gets
//!   what), `personal_data` (copies, erasure, how long things are kept), `supervision` (orders, the ladder of time),
//!   `rectifications` (what is put in order, with photos before and after), `reports`, `attachments`, `templates` (texts
//!   that are written again and again), `board`.
//! - `notify`: news leave the house by e-mail, robots and webhooks, without a word of a case.
//! - Channels: `boxes` (the wooden box), `hotline` (and the walk-in desk), `questionnaires`, `letters` (open letters),
//!   `representatives` (appointments, looking again), `visits` (checklists on a phone, also offline), `patrols`.
//! - `forms` is what they ask with: questions of every kind, conditions, checks, answers; the same code in the browser.
//!
//! # The life of a request
//! `http::serve` accepts → `http::router` finds the route in its table → body within its limit → cross-site defence →
//! session → rights → the slice's page handler → its action (right → change → event → audit → outbox, in one
//! transaction) → its store → `db`. Then the page is rendered at once and sent with its headers.
//!
//! # Rules
//! Pages call actions, actions call stores, stores alone speak SQL; a slice calls another through its actions and model,
//! never through its store. Clock, randomness and ids come in as parameters. `tests/it/architecture.rs` checks this.

#[cfg(feature = "hydrate")]
pub mod browser;
pub mod kernel;

#[cfg(feature = "ssr")]
pub mod access_points;
#[cfg(feature = "ssr")]
pub mod accounts;
#[cfg(feature = "ssr")]
pub mod attachments;
#[cfg(feature = "ssr")]
pub mod audit;
#[cfg(feature = "ssr")]
pub mod backup;
#[cfg(feature = "ssr")]
pub mod board;
#[cfg(feature = "ssr")]
pub mod boxes;
#[cfg(feature = "ssr")]
pub mod callbacks;
#[cfg(feature = "ssr")]
pub mod cases;
#[cfg(feature = "ssr")]
pub mod cli;
#[cfg(feature = "ssr")]
pub mod config;
#[cfg(feature = "ssr")]
pub mod db;
#[cfg(feature = "ssr")]
pub mod error;
pub mod forms;
pub mod hotline;
#[cfg(feature = "ssr")]
pub mod http;
#[cfg(feature = "ssr")]
pub mod i18n;
pub mod intake;
#[cfg(feature = "ssr")]
pub mod jobs;
#[cfg(any(feature = "ssr", feature = "bundle-desk"))]
pub mod keyboard;
#[cfg(feature = "ssr")]
pub mod letters;
#[cfg(any(feature = "ssr", feature = "bundle-desk"))]
pub mod live;
#[cfg(feature = "ssr")]
pub mod notify;
#[cfg(feature = "ssr")]
pub mod organizations;
#[cfg(any(feature = "ssr", feature = "bundle-desk"))]
pub mod painting;
#[cfg(feature = "ssr")]
pub mod patrols;
#[cfg(feature = "ssr")]
pub mod personal_data;
#[cfg(feature = "ssr")]
pub mod questionnaires;
#[cfg(feature = "ssr")]
pub mod rectifications;
#[cfg(feature = "ssr")]
pub mod reports;
#[cfg(feature = "ssr")]
pub mod representatives;
#[cfg(feature = "ssr")]
pub mod routing;
#[cfg(feature = "ssr")]
pub mod supervision;
#[cfg(feature = "ssr")]
pub mod templates;
#[cfg(feature = "ssr")]
pub mod ui;
pub mod visits;

#[cfg(feature = "ssr")]
rust_i18n::i18n!("src/i18n", fallback = "zh-CN");

/// Starts the islands in the browser.
#[cfg(feature = "hydrate")]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
