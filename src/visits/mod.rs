//! Visits by checklist 巡查: what representatives and student inspectors see when they walk through the school.
//!
//! A [`model::Checklist`] is a form whose items are yes-or-no questions and scores; under each one a comment and a photo are
//! asked for when it is not in order. Such an answer is a [`model::Finding`]. Findings of representatives become cases at
//! once ([`becomes_case`]); those of patrols stay with the office, see `patrols`. A visit is stored as a response of its
//! form, by a person with a role and with exact times; sending it twice is one visit.
//!
//! Shipped checklists ([`templates`]) are given to every organisation when it is founded ([`checklists`]).

pub mod drawing;
#[cfg(any(feature = "ssr", feature = "bundle-field"))]
pub mod islands;
pub mod rules;

#[cfg(feature = "ssr")]
pub mod actions;
#[cfg(feature = "ssr")]
pub mod becomes_case;
#[cfg(feature = "ssr")]
pub mod checklists;
#[cfg(feature = "ssr")]
pub mod classes;
#[cfg(feature = "ssr")]
pub mod findings;
#[cfg(feature = "ssr")]
mod form;
#[cfg(feature = "ssr")]
pub mod items;
#[cfg(feature = "ssr")]
pub mod model;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
mod store;
#[cfg(feature = "ssr")]
pub mod templates;

/// Most bytes of a visit: a photo under each item, made small by the browser or straight from the camera.
#[cfg(feature = "ssr")]
const VISIT_BODY: usize = 64 * 1024 * 1024;

/// Routes of walking, and of what the office keeps and reads.
#[cfg(feature = "ssr")]
pub fn routes() -> Vec<crate::http::Route> {
    use crate::{
        http::{Access, Route},
        kernel::roles::Role,
    };
    use pages::{checklists, choose, desk, one, walk};
    const REPRESENTATIVES: Access = Access::Roles(&[Role::Representative]);
    const INSPECTORS: Access = Access::Roles(&[Role::StudentInspector]);
    const KEEPERS: Access = Access::Roles(&[Role::Office]);
    const READERS: Access = Access::Roles(&[Role::Office, Role::Leader]);
    vec![
        Route::get("/rep/start", REPRESENTATIVES, choose::start),
        Route::get("/rep/visits", REPRESENTATIVES, choose::choose_page),
        Route::get("/rep/visits/new/{id}", REPRESENTATIVES, walk::walk),
        Route::post("/rep/visits/new/{id}", REPRESENTATIVES, walk::send).body_limit(VISIT_BODY),
        Route::get("/rep/visits/{id}", REPRESENTATIVES, one::own_page),
        Route::get("/rep/visits/{id}/files/{file}", REPRESENTATIVES, one::photo),
        Route::get("/patrol/visits", INSPECTORS, choose::choose_page),
        Route::get("/patrol/visits/new/{id}", INSPECTORS, walk::walk),
        Route::post("/patrol/visits/new/{id}", INSPECTORS, walk::send).body_limit(VISIT_BODY),
        Route::get("/patrol/visits/{id}", INSPECTORS, one::own_page),
        Route::get("/patrol/visits/{id}/files/{file}", INSPECTORS, one::photo),
        Route::get("/desk/visits", READERS, desk::list_page),
        Route::get("/desk/visits/{id}", READERS, one::desk_visit),
        Route::get("/desk/visits/{id}/files/{file}", READERS, one::photo),
        Route::get("/desk/checklists", KEEPERS, checklists::list_page),
        Route::get("/desk/checklists/new", KEEPERS, checklists::new_page),
        Route::post("/desk/checklists/new", KEEPERS, checklists::create),
        Route::get("/desk/checklists/{id}", KEEPERS, checklists::edit_page),
        Route::post("/desk/checklists/{id}", KEEPERS, checklists::edit),
    ]
}
