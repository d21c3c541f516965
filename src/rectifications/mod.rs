//! Rectifications 整改: what is to be put in order, by which department and person, until when and for how much (专项经费).
//!
//! - The office makes one from a case or from what a patrol found; the department in charge of a case makes one for itself.
//! - Photos show it **before** (that of the finding may be taken) and **after**. The submitter's own photos are never
//!   taken: representatives see both sides, and they may not learn who wrote.
//! - Who has it reports it done. A representative who drew it by lot (`representatives::lots`) looks again: "not fixed"
//!   opens it again, and its case with it.
//! - One that was a mistake is withdrawn, with a reason, by who made it or by the office: it can still be read, is never
//!   looked at again, and counts as nothing.
//! - Whoever is recused from its case knows nothing of it (promise 12); one of a case outside the ordinary queue is seen
//!   by nobody here.

pub mod actions;
mod form;
pub mod looks;
pub mod model;
pub(crate) mod pages;
mod store;
pub mod withdraw;

use crate::{
    http::{Access, Route},
    kernel::roles::Role,
};

/// Who reads them: who supervises, and the departments that have them.
pub(crate) const READERS: &[Role] = &[Role::Office, Role::Leader, Role::DepartmentHead, Role::Handler];
/// Who makes them, and reports them done.
pub(crate) const MAKERS: &[Role] = &[Role::Office, Role::DepartmentHead, Role::Handler];
/// Most bytes of a form with its photos.
const BODY: usize = 32 * 1024 * 1024;

/// Routes of this slice.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/desk/rectifications", Access::Roles(READERS), pages::list::page),
        Route::get("/desk/rectifications/new", Access::Roles(MAKERS), pages::new::page),
        Route::post("/desk/rectifications/new", Access::Roles(MAKERS), pages::new::make).body_limit(BODY),
        Route::get("/desk/rectifications/{id}", Access::Roles(READERS), pages::one::page),
        Route::post("/desk/rectifications/{id}/report", Access::Roles(MAKERS), pages::one::report).body_limit(BODY),
        Route::post("/desk/rectifications/{id}/withdraw", Access::Roles(MAKERS), pages::one::withdraw),
        Route::get("/desk/rectifications/{id}/photos/{file}", Access::Roles(READERS), pages::one::photo),
    ]
}
