//! Callbacks 回访: asking people whether the answer helped, when they have not said so by themselves.
//!
//! - A case comes on the list by itself on the morning of the day on which its limit ends (domain: the callback's limit is
//!   the day the limit expires), but never before the first working day after the answer: until then the submitter can
//!   judge it on the tracking page. It is due when the office closes that day ([`model::first_due`]).
//! - Who asks: [`crate::cases::callback`] holds the rules. Three times without an answer, a wrong number, or "please don't
//!   call" ends it ([`model::Standing::Ended`]): the submitter's silence is counted as silence.
//! - A representative may ask instead, or look: with name and number only when the submitter is named and agreed, which is
//!   written down; otherwise they look on the spot, as in a second look 回头看.

pub mod actions;
mod form;
pub mod handover;
pub mod model;
mod pages;
mod store;

pub use pages::own::links as own_links;

use crate::{
    http::{Access, Route},
    kernel::roles::Role,
};

/// Who calls, and who looks on.
pub(crate) const READERS: &[Role] = &[Role::Office, Role::Leader, Role::SafeguardingLead];

/// Routes of this slice.
pub fn routes() -> Vec<Route> {
    let readers = Access::Roles(READERS);
    let callers = Access::Roles(&[Role::Office, Role::Leader, Role::SafeguardingLead]);
    let office = Access::Roles(&[Role::Office]);
    let own = Access::Roles(&[Role::Representative]);
    vec![
        Route::get("/desk/callbacks", readers, pages::list::page),
        Route::get("/desk/callbacks/{number}", readers, pages::call::page),
        Route::post("/desk/callbacks/{number}", callers, pages::call::asked),
        Route::post("/desk/callbacks/{number}/hand-over", office, pages::call::hand_over),
        Route::get("/rep/callbacks/{id}", own, pages::own::page),
        Route::post("/rep/callbacks/{id}", own, pages::own::finish),
    ]
}
