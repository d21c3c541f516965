//! The hotline 热线 and the walk-in desk 监督台: people speak, somebody of the staff writes it down.
//!
//! - A **call** is one conversation, on the telephone or at the desk. What was said becomes a submission and a case by
//!   the same way as what people send themselves; or it joins an open case (several people, one matter, each with a
//!   tracking code of their own); or it is answered on the spot, which is a case that is closed at once.
//! - A **draft** is a call that is being written down. It is kept on the server every few seconds, sealed, so that a crash
//!   loses nothing and a copy of the database alone shows nothing; it goes when the call is saved, or after a day.
//! - A **task** is a call-back that somebody was promised, with a time. Its number is sealed, and gone when it has ended.
//! - A **duty** is half a day on which somebody is on the line. Outside of it the screen says so and locks nothing.
//!
//! Operators write and see no case: of a similar one they learn that it is there, and nothing that anybody wrote. The log
//! has the hour alone of people who want to stay anonymous (promise 8), and shows nobody a call of a case from which they
//! are recused (promise 12).

#[cfg(any(feature = "ssr", feature = "bundle-desk"))]
pub mod islands;
pub mod matching;

#[cfg(feature = "ssr")]
pub mod actions;
#[cfg(feature = "ssr")]
pub mod drafts;
#[cfg(feature = "ssr")]
mod form;
#[cfg(feature = "ssr")]
pub mod model;
#[cfg(feature = "ssr")]
mod pages;
#[cfg(feature = "ssr")]
mod pinyin;
#[cfg(feature = "ssr")]
pub mod roster;
#[cfg(feature = "ssr")]
pub mod spelling;
#[cfg(feature = "ssr")]
mod store;
#[cfg(feature = "ssr")]
pub mod tasks;

#[cfg(feature = "ssr")]
use crate::{
    http::{Access, Route},
    kernel::roles::Role,
};

/// Routes of this slice.
#[cfg(feature = "ssr")]
pub fn routes() -> Vec<Route> {
    const LISTENERS: Access = Access::Roles(&[Role::HotlineOperator, Role::Office]);
    const OFFICE: Access = Access::Roles(&[Role::Office]);
    /// A recording of some minutes, with the form around it.
    const RECORDING_BODY: usize = 22 * 1024 * 1024;
    vec![
        Route::get("/desk/hotline", LISTENERS, pages::log::calls),
        Route::get("/desk/walk-in", LISTENERS, pages::log::visits),
        Route::get("/desk/hotline/new", LISTENERS, pages::screen::call_page),
        Route::post("/desk/hotline/new", LISTENERS, pages::screen::call).body_limit(RECORDING_BODY),
        Route::get("/desk/walk-in/new", LISTENERS, pages::screen::visit_page),
        Route::post("/desk/walk-in/new", LISTENERS, pages::screen::visit).body_limit(RECORDING_BODY),
        Route::post("/desk/hotline/similar", LISTENERS, pages::screen::similar_to_call).body_limit(RECORDING_BODY),
        Route::post("/desk/walk-in/similar", LISTENERS, pages::screen::similar_to_visit).body_limit(RECORDING_BODY),
        Route::post("/desk/hotline/drafts", LISTENERS, pages::drafts::keep_call).body_limit(RECORDING_BODY),
        Route::post("/desk/walk-in/drafts", LISTENERS, pages::drafts::keep_visit).body_limit(RECORDING_BODY),
        Route::post("/desk/hotline/drafts/{id}/drop", LISTENERS, pages::drafts::forget),
        Route::get("/desk/hotline/missed", LISTENERS, pages::missed::page),
        Route::post("/desk/hotline/missed", LISTENERS, pages::missed::write_down),
        Route::post("/desk/hotline/tasks/{id}", LISTENERS, pages::tasks::tried),
        Route::get("/desk/hotline/roster", LISTENERS, pages::roster::page),
        Route::post("/desk/hotline/roster", OFFICE, pages::roster::keep),
    ]
}
