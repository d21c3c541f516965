//! Routing 分派: to which department a case goes first. The matrix 分派表 says it by topic, place and audience; the office
//! sees its proposal with the reason and may decide otherwise, with a reason of its own.
//!
//! # Words
//! - A **row** names a topic, a place and an audience (who speaks), each of them or "any", and a department.
//! - A **version** is a list of rows. As a draft it is edited; once published it has a day on which it starts and is never
//!   changed again, so that "by the matrix of 1 September" always means the same. Before that day it can be taken back.
//! - The version **in force** at a moment is the published one that started last.
//!
//! # Which row wins
//! Of the rows that fit, the one that names most; of two that name as many, the one that names the topic, then the one
//! that names the place, then the audience. A version has no two rows that name the same, so there is always one winner,
//! whatever the order of the rows ([`model::pick`]; a property test says so). Rows of departments that may not get the
//! case (recused, out of use, or right in saying "not ours") count as not there. Without a row the topic's own department
//! is proposed, and without that nobody: the office decides.
//!
//! A version goes out as a CSV file and comes back as a draft ([`actions::import`]): what is in force is changed by publishing
//! alone.

pub mod actions;
mod form;
pub mod model;
mod pages;
pub mod propose;
mod store;
mod table;
mod trial;
pub mod words;

use crate::{
    http::{Access, Route},
    kernel::roles::Role,
};

/// Who keeps the matrix.
const KEEPERS: Access = Access::Roles(&[Role::Office]);

/// Routes.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/desk/routing", KEEPERS, pages::list::page),
        Route::post("/desk/routing", KEEPERS, pages::list::begin),
        Route::post("/desk/routing/import", KEEPERS, pages::import::take),
        Route::get("/desk/routing/{id}", KEEPERS, pages::version::page),
        Route::post("/desk/routing/{id}/add", KEEPERS, pages::version::add),
        Route::post("/desk/routing/{id}/remove", KEEPERS, pages::version::remove),
        Route::post("/desk/routing/{id}/publish", KEEPERS, pages::version::publish),
        Route::post("/desk/routing/{id}/discard", KEEPERS, pages::version::discard),
        Route::post("/desk/routing/{id}/take-back", KEEPERS, pages::version::take_back),
        Route::get("/desk/routing/{id}/trial", KEEPERS, pages::trial::page),
    ]
}
