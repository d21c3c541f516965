//! Questionnaires 问卷: the organisation asks, many people answer, nobody is named.
//!
//! - People build a **draft** ([`edit`]: every change is one pure step). **Publishing** freezes it as the next version of the
//!   questionnaire's form; what is changed later goes to the draft and is published as another version. Each response keeps
//!   the version that it answered.
//! - A questionnaire is a draft, **open** or **closed** ([`model::State`]); times may open and close it by themselves.
//! - An access point of the channel `questionnaire` with the questionnaire's form opens it: `/q/{code}`.
//! - **One-time codes** are printed on slips, some for each class. A code tells the class and is used once; which response
//!   it became is written nowhere (promise 8).
//! - **Leavings** count at which question people went away, without telling who.

pub mod actions;
pub mod model;
pub mod pages;
pub mod results;
mod store;

use crate::http::{Access, Route};

/// Most bytes of what is told when somebody leaves: the key of a question.
const LEFT_BODY: usize = 1024;

/// Routes of this slice. The questions themselves are shown at `/q/{code}`, which belongs to `intake`.
pub fn routes() -> Vec<Route> {
    [vec![Route::post("/q/{code}/left", Access::Public, pages::left::left).body_limit(LEFT_BODY)], results::routes()]
        .concat()
}
