//! Intake: the public side, and letters that staff type in. A person opens the form behind an access point, sends, gets a
//! receipt with a case number and a tracking code, and later follows the case with the code. What staff take down for
//! others ([`taken_down`]) goes the same way.
//!
//! - One press is one case (promise 2): the idempotency key of the form instance is unique in the same transaction as
//!   the submission; a repeat shows the same receipt; the same key with other content is refused.
//! - Anonymous means anonymous (promise 8): nothing of the sender's device reaches this slice; times are the hour.
//! - A flood is stored and acknowledged in a hold queue (promise 20), never refused.
//! - Everything works without scripts; [`islands`] add drafts, photo shrinking, progress and the offline queue.

#[cfg(any(feature = "ssr", feature = "bundle-intake"))]
pub mod islands;
pub mod rules;

#[cfg(feature = "ssr")]
pub mod actions;
#[cfg(feature = "ssr")]
mod form;
#[cfg(feature = "ssr")]
pub mod model;
#[cfg(feature = "ssr")]
pub mod open;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(feature = "ssr")]
pub mod submit;
#[cfg(feature = "ssr")]
pub mod taken_down;
#[cfg(feature = "ssr")]
pub mod track;

/// Most bytes of a submission: six photos straight from a phone's camera.
#[cfg(feature = "ssr")]
const SUBMISSION_BODY: usize = 64 * 1024 * 1024;

/// Routes of the public form, of tracking, and of taking down calls and visits.
#[cfg(feature = "ssr")]
pub fn routes() -> Vec<crate::http::Route> {
    use crate::{
        http::{Access, Route},
        kernel::roles::Role,
    };
    vec![
        Route::get("/q/{code}", Access::Public, pages::show::form_page),
        Route::post("/q/{code}", Access::Public, pages::show::submit).body_limit(SUBMISSION_BODY),
        Route::post("/q/{code}/files", Access::Public, pages::show::stage_file).body_limit(SUBMISSION_BODY / 4),
        Route::get("/track", Access::Public, pages::track::track_page),
        Route::post("/track", Access::Public, pages::track::track).body_limit(SUBMISSION_BODY),
        Route::get("/desk/box-openings/{id}/letter", Access::Roles(&[Role::Office]), pages::letter::letter_page),
        Route::post("/desk/box-openings/{id}/letter", Access::Roles(&[Role::Office]), pages::letter::letter)
            .body_limit(SUBMISSION_BODY),
        Route::get("/privacy", Access::Public, pages::privacy::privacy_page),
    ]
}
