//! Student patrols 学生检查: student inspectors of the youth league walk by checklists (`visits`) through classes, corridors and
//! other places, and look at things, never at people.
//!
//! - The office, leaders and class teachers read them by day: scores by class and by item, what was found.
//! - What was found makes no case by itself. What is found again and again at the same place ([`model::REPEATS`] times in
//!   [`model::REPEAT_DAYS`] days) is shown to the office, which makes a case of it, or does not.
//! - Once a day the office and the class teachers are told that there is a summary; the notice says nothing else.

pub mod actions;
pub mod model;
mod pages;
pub mod summary;

mod store;

use crate::{
    http::{Access, Route},
    kernel::roles::Role,
};

/// Who decides.
const OFFICE: Access = Access::Roles(&[Role::Office]);
/// Who reads: the office and leaders everything, class teachers the sheets of their classes.
const READERS: Access = Access::Roles(&[Role::Office, Role::Leader, Role::Handler, Role::DepartmentHead]);

/// Routes of this slice.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/patrol", Access::Roles(&[Role::StudentInspector]), pages::home::home_page),
        Route::get("/desk/patrols", READERS, pages::day::day_page),
        Route::get("/desk/patrols/sheets/{id}", READERS, pages::sheet::sheet_page),
        Route::post("/desk/patrols/repeats", OFFICE, pages::day::make_case),
        Route::post("/desk/patrols/findings/{id}", OFFICE, pages::day::set_aside),
        Route::get("/desk/patrols/classes", OFFICE, pages::classes::list_page),
        Route::post("/desk/patrols/classes", OFFICE, pages::classes::add),
        Route::post("/desk/patrols/classes/{id}", OFFICE, pages::classes::change),
    ]
}
