//! Reply templates 回复模板: texts that are written again and again, with variables that are filled in from the case.
//!
//! The office keeps those of the organisation, for everybody who answers. Each department owns its own (各处室制定本处室实施细则,
//! 上报备案): its head keeps them, its people use them, and the office, with which they are filed, reads them and uses them
//! for the cases of that department. A template may name a topic and a state: it is offered first where they fit.
//!
//! Variables stand in braces, in Chinese or English: `{编号}`, `{number}` ([`model::Variable`]). A text with one that nobody
//! knows is refused, so that no submitter reads braces.

pub mod actions;
mod form;
pub mod model;
mod pages;
mod store;

pub use pages::variables;

use crate::{
    http::{Access, Route},
    kernel::roles::Role,
};

/// Who uses them.
const READERS: Access = Access::Roles(&[Role::Office, Role::DepartmentHead, Role::Handler, Role::SafeguardingLead]);
/// Who keeps them.
const KEEPERS: Access = Access::Roles(&[Role::Office, Role::DepartmentHead]);

/// Routes.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/desk/templates", READERS, pages::list),
        Route::get("/desk/templates/new", KEEPERS, pages::new),
        Route::post("/desk/templates/new", KEEPERS, pages::create),
        Route::get("/desk/templates/{id}", KEEPERS, pages::edit),
        Route::post("/desk/templates/{id}", KEEPERS, pages::save),
    ]
}
