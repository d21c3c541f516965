//! Representatives 家长代表/群众代表: people from outside who watch an area for a term.
//!
//! - An **appointment** 聘任 ([`model::Appointment`]) says who, for which term and area. It ends by itself: every page and
//!   action below `/rep` asks the clock ([`actions::admit`]), so neither a session nor a sleeping job prolongs it.
//! - The **promise of confidentiality** 保密承诺 is read and accepted before anything else opens; its version is kept.
//! - A **second look** 回头看: cases of the area that were answered, and rectifications that were reported done, are drawn
//!   by lot ([`draw`]), and the representative says whether it is as the answer says. They see number, topic, place, answer
//!   and day, or measure and photos, never who wrote or what. "Not fixed" brings the case back to the office, and opens the
//!   rectification again.
//! - A draw can be made again by anybody who has its seed: the office's page does so and shows whether it is equal.

pub mod actions;
pub mod appoint;
pub mod draw;
mod form;
pub mod looks;
pub mod lots;
pub mod model;
mod pages;
mod store;

use crate::{
    http::{Access, Route},
    kernel::roles::Role,
};

/// Who appoints.
const OFFICE: Access = Access::Roles(&[Role::Office]);
/// Who reads along.
const READERS: Access = Access::Roles(&[Role::Office, Role::Leader]);
/// The representatives themselves; [`actions::admit`] asks for their term.
const OWN: Access = Access::Roles(&[Role::Representative]);
/// Most bytes of a second look with its photos.
const LOOK_BODY: usize = 32 * 1024 * 1024;

/// Routes of this slice.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/desk/representatives", READERS, pages::list::page),
        Route::get("/desk/representatives/new", OFFICE, pages::new::page),
        Route::post("/desk/representatives/new", OFFICE, pages::new::appoint),
        Route::get("/desk/representatives/rechecks", READERS, pages::rechecks::page),
        Route::post("/desk/representatives/rechecks", OFFICE, pages::rechecks::draw),
        Route::get("/desk/representatives/draws/{id}", READERS, pages::again::page),
        Route::get("/desk/representatives/{id}", READERS, pages::one::page),
        Route::post("/desk/representatives/{id}/end", OFFICE, pages::one::end),
        Route::post("/desk/representatives/{id}/invitation", OFFICE, pages::slip::invite),
        Route::get("/desk/representatives/{id}/letter", READERS, pages::paper::letter),
        Route::get("/desk/representatives/{id}/promise", READERS, pages::paper::promise),
        Route::get("/rep", OWN, pages::own::page),
        Route::get("/rep/promise", OWN, pages::own_promise::page),
        Route::post("/rep/promise", OWN, pages::own_promise::accept),
        Route::post("/rep/naming", OWN, pages::own_promise::naming),
        Route::get("/rep/place", OWN, pages::own_place::page),
        Route::post("/rep/place", OWN, pages::own_place::see),
        Route::get("/rep/rechecks/{id}", OWN, pages::own_look::page),
        Route::get("/rep/rechecks/{id}/photos/{file}", OWN, pages::own_look::photo),
        Route::post("/rep/rechecks/{id}", OWN, pages::own_look::finish).body_limit(LOOK_BODY),
    ]
}
