//! Reports 报表: what came in a period, what became of it, how fast, and what people say of it: 三率 by department, topic
//! and channel. Every number opens the cases that it counts, and equals the exports of the same list.
//!
//! - 响应率 answered within the limit / due; of callbacks answered: 联系率 "contacted", 解决率 "solved", 满意率 "satisfied".
//!   What a case's submitter said last counts, from the moment it was said.
//! - Silence is a number of its own, never satisfaction. Denominators are always shown.
//! - A number is a [`measure::Measure`] over a choice of cases: the same question counts, lists and exports.
//! - A reader counts what they may see ([`crate::cases::visibility`]): never the safeguarding lane, never a case from which
//!   they are recused.
//! - [`terms`] are the school's own; the [`paper`] of a term or a year is frozen when it is issued.

pub mod actions;
mod address;
mod document;
mod docx;
mod export;
pub mod measure;
pub mod model;
mod pages;
mod paper;
pub mod period;
pub mod sheet;
mod store;
mod terms;
mod trace;

use crate::{
    http::{Access, Route},
    kernel::roles::Role,
};

/// Who reads reports.
const READERS: Access = Access::Roles(&[Role::Office, Role::Leader]);
/// Who writes them.
const OFFICE: Access = Access::Roles(&[Role::Office]);

/// Routes of this slice.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/desk/reports", READERS, pages::page),
        Route::get("/desk/reports/rates", READERS, pages::rates::page),
        Route::get("/desk/reports/conduct", READERS, pages::conduct::page),
        Route::get("/desk/reports/cases", READERS, pages::cases::page),
        Route::get("/desk/reports/departments", READERS, pages::departments::page),
        Route::get("/desk/reports/terms", READERS, pages::terms::page),
        Route::post("/desk/reports/terms", OFFICE, pages::terms::add),
        Route::post("/desk/reports/terms/{id}/remove", OFFICE, pages::terms::remove),
        Route::get("/desk/reports/term", READERS, pages::paper::list),
        Route::post("/desk/reports/term", OFFICE, pages::paper::begin),
        Route::get("/desk/reports/term/{id}", READERS, pages::paper::page),
        Route::post("/desk/reports/term/{id}", OFFICE, pages::paper::save),
        Route::get("/desk/reports/term/{id}/print", READERS, pages::print::page),
    ]
}
