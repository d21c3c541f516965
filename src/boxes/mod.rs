//! The wooden complaint box 意见箱: its opening log, and the letters in it.
//!
//! Two people open a box together and count the letters; none is a number too. Each letter is typed in and becomes a case
//! by the same way as all others. As long as more letters were counted than typed in, the log says so, until somebody
//! writes why. A box that was not opened for [`model::INTERVAL_DAYS`], or for an interval of its own, is flagged.

pub mod actions;
mod form;
pub mod model;
mod pages;
mod store;

use crate::{
    http::{Access, Route},
    kernel::roles::Role,
};

/// Who keeps the log.
const KEEPERS: Access = Access::Roles(&[Role::Office]);

/// A photo of the seal, with the form around it.
const SEAL_BODY: usize = 22 * 1024 * 1024;

/// Routes of this slice.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/desk/boxes", KEEPERS, pages::log::log_page),
        Route::post("/desk/boxes", KEEPERS, pages::log::open_box).body_limit(SEAL_BODY),
        Route::post("/desk/boxes/{id}/interval", KEEPERS, pages::log::keep_interval),
        Route::get("/desk/box-openings/{id}/seal", KEEPERS, pages::opening::seal),
        Route::get("/desk/box-openings/{id}", KEEPERS, pages::opening::opening_page),
        Route::post("/desk/box-openings/{id}", KEEPERS, pages::opening::explain),
    ]
}
