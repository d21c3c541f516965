//! Forms 表单: what an access point opens, what a visit is done by, what a letter asks back. A published version is frozen;
//! each submission and each response keeps the version it answered.
//!
//! - [`model`]: definition → sections → questions, each of one [`model::QuestionKind`], each perhaps only shown under a
//!   [`model::Condition`] over earlier answers; a section may jump ahead.
//! - [`logic`]: which sections and questions are reached with given answers; [`check`]: what is wrong with the answer of one
//!   question. Both are the same code in the browser and on the server, which never trusts the browser's result.
//! - [`view`]: questions as plain HTML that works without scripts: all sections show, with their conditions in words.
//! - [`codes`]: slips with one-time codes, where one answer from each is wanted.
//! - [`responses`]: answers that are no case: of questionnaires, letters, visits and patrols.
//!
//! The intake form asks a core of its own (who you are, topic, what happened, files, how you want to appear); its form adds
//! questions to it: where, when, and whatever the organisation needs.

pub mod check;
pub mod decimal;
pub mod islands;
pub mod logic;
pub mod model;
pub mod wire;

#[cfg(feature = "ssr")]
pub mod actions;
#[cfg(feature = "ssr")]
pub mod codes;
#[cfg(feature = "ssr")]
pub mod form;
#[cfg(feature = "ssr")]
pub mod problems;
#[cfg(feature = "ssr")]
pub mod responses;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(feature = "ssr")]
pub mod view;
