//! Results 结果: what the answers of a questionnaire say together, and never what one person said (promise 11).
//!
//! # What is published, and why nobody can be found in it
//! Everything that pages and files show is worked out from the same few tables ([`publish::Stage`]); a page that sums, compares or
//! converts them adds nothing that could not be worked out from them. So it is enough that these tables are safe:
//!
//! 1. **Stages.** Answers are counted in stages, each at least [`stages::SMALLEST`] answers: by themselves whenever as many new ones
//!    have come as were counted before, and when the office says so. A stage is counted once and its tables never change, so
//!    today's totals minus yesterday's are the tables of a stage, not one person. How many answers came in all is told at
//!    any time; what they say is not.
//! 2. **Groups.** A table of one question holds everybody of a stage, those who gave no answer too. Answers that stand next
//!    to each other are put together until each group has [`groups::SMALLEST`] people ([`groups::split`]); an answer that nobody
//!    gave counts as small too, so that "nobody" and "one" look alike. A group begins and ends where its *numbers before its last
//!    member* are too small, whatever the sizes inside it, so every hidden number can be anything from 0 to 4.
//! 3. **No link between questions.** Within a group of people and a question the answers could be exchanged without changing
//!    anything that is published: tables of different questions say nothing about their combination. What would break this is
//!    taken care of: a question that is only asked after a certain answer is counted only within published groups all of which
//!    were asked ([`fields::Gate`]); the choices of one multiple question are bound by "at least one, at most three", so none
//!    is told where their sum would give away the rest ([`publish`]); mean, deviation and histogram are worked out
//!    from the published groups, not from the answers.
//! 4. **One breakdown.** Filters, cross tables and classes are one and the same: each question by one thing that is chosen once
//!    for a questionnaire and stays ([`fields::By`]). Two of them together would cut small pieces out of each other. A question is
//!    only broken down into rows all of whose cells have five people ([`groups::rows`]); the page of one class is a row.
//! 5. **Rows of a file are not people.** The file has one row an answer, but each column is in an order of its own: it holds
//!    the tables and nothing else. Free texts stand alone, in an order that says nothing, and only where five or more wrote.
//!
//! The tests attack small worlds: from everything that is published, no number from 1 to 4 can be worked out.

pub mod actions;
pub mod cache;
pub mod chart;
pub mod combine;
pub mod fields;
pub mod groups;
mod pages;
pub mod publish;
pub mod stages;
mod store;
pub mod table_files;
pub mod tally;
mod words;

use crate::{
    http::{Access, Route},
    kernel::roles::Role,
};

/// Who reads results.
const READERS: Access = Access::Roles(&[Role::Office, Role::Admin, Role::Leader]);
/// Who decides what is counted, and opens cases.
const KEEPERS: Access = Access::Roles(&[Role::Office]);

/// Routes of the results.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/desk/questionnaires/{id}/results", READERS, pages::results),
        Route::get("/desk/questionnaires/{id}/results/print", READERS, pages::print),
        Route::get("/desk/questionnaires/{id}/results/texts", READERS, pages::texts::page),
        Route::post("/desk/questionnaires/{id}/results/count", KEEPERS, pages::count),
        Route::post("/desk/questionnaires/{id}/results/by", KEEPERS, pages::choose),
        Route::post("/desk/questionnaires/{id}/results/case", KEEPERS, pages::texts::open_case),
    ]
}
