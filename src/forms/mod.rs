//! Forms 表单: what an access point opens. A published version is frozen; each submission keeps the version it answered.
//!
//! Every intake form asks the same core (who you are, topic, what happened, files, how you want to appear); a form adds
//! its own questions to it: where, when, and whatever the organisation needs.

pub mod actions;
pub mod model;
pub mod store;
