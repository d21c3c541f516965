//! Notices 提醒 outside the pages: e-mail to people of the staff, robots in the groups of WeCom and DingTalk, signed
//! webhooks.
//!
//! - What happens writes rows of the outbox (`cases::notices`), each for one person. [`gather`] makes messages of them, at
//!   most one in five minutes to a person or channel. A message says how many cases have news and where to sign in, never
//!   a word of a case and never a name ([`words`]).
//! - Nobody is told by a message what the pages would not tell: cases are counted by `cases::visibility`, when the message
//!   is made and once more when it is sent. Who reads a group is not known, so channels count only what everybody of the
//!   staff may know of.
//! - A message about what an anonymous person did leaves when the hour is over ([`model::ripe_at`]; promise 8).
//! - [`send`] claims a message by a lease and settles it: retries that wait longer each time, then "dead", which
//!   `/admin/notices` and `huiyin doctor` show. At least once, under one id.
//! - A submitter may leave an address to hear that there is an answer ([`submitters`]): confirmed by a link, removed at any
//!   time, without a word of the case.
//! - Addresses of people and of robots are encrypted; outgoing addresses are safe by construction ([`send::guard`]).

pub mod channels;
pub mod deliveries;
mod form;
pub mod gather;
pub mod model;
mod pages;
pub mod reports;
mod runner;
pub mod send;
pub mod settings;
mod store;
pub mod submitters;
pub mod words;

pub use runner::run;

use crate::{
    http::{Access, Route},
    kernel::roles::Role,
};

const ADMIN: Access = Access::Roles(&[Role::Admin]);

/// Routes of one's own settings and of the administrator's page.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/account/notices", Access::SignedIn, pages::account::page),
        Route::post("/account/notices", Access::SignedIn, pages::account::save),
        Route::post("/account/notices/test", Access::SignedIn, pages::account::test),
        Route::get("/mail/{token}", Access::Public, pages::submitter::page),
        Route::post("/mail/{token}", Access::Public, pages::submitter::decide),
        Route::get("/admin/notices", ADMIN, pages::admin::page),
        Route::get("/admin/notices/channels/new", ADMIN, pages::channel::new_page),
        Route::post("/admin/notices/channels/new", ADMIN, pages::channel::add),
        Route::get("/admin/notices/channels/{id}", ADMIN, pages::channel::edit_page),
        Route::post("/admin/notices/channels/{id}", ADMIN, pages::channel::save),
        Route::post("/admin/notices/channels/{id}/test", ADMIN, pages::channel::test),
        Route::post("/admin/notices/reports", ADMIN, pages::admin::choose_reports),
        Route::post("/admin/notices/deliveries/{id}/again", ADMIN, pages::admin::again),
        Route::post("/admin/notices/deliveries/{id}/give-up", ADMIN, pages::admin::give_up),
    ]
}
