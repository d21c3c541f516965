//! Access points 受理点: one printed QR code each. It says where a submission came from, so that nobody has to ask.
//!
//! - The **code** is 6 Crockford symbols: what the QR code's address ends in (`/q/K7M3PX`) and what people type who can't
//!   scan. It is no secret. It belongs to one installation, not to one organisation.
//! - An access point is **live** from its first to its last day, until it is revoked. A revoked one never comes back; it
//!   may point to the one that replaced it, so that old paper still leads somewhere.
//! - **Opens** are counted in memory and written in batches ([`opens::Opens`]): looking at a form writes nothing.
//! - Somebody **sees** from time to time that the paper still hangs there ([`sightings`]); the register says which ones
//!   nobody saw or opened for a month ([`watch`]).
//! - **Paper** is a page for the browser's printer: A4 poster, A5 notice, a sheet of stickers.

pub mod actions;
mod form;
pub mod model;
pub mod opens;
mod pages;
pub mod sightings;
mod store;
pub mod watch;

use crate::{
    http::{Access, Route},
    kernel::roles::Role,
};

/// Who keeps access points.
const KEEPERS: Access = Access::Roles(&[Role::Office, Role::Admin]);

/// Routes of this slice.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/q", Access::Public, pages::find::find_page),
        Route::get("/desk/access-points", KEEPERS, pages::list::list_page),
        Route::get("/desk/access-points/new", KEEPERS, pages::edit::new_page),
        Route::post("/desk/access-points/new", KEEPERS, pages::edit::add),
        Route::get("/desk/access-points/register", KEEPERS, pages::register::print_page),
        Route::get("/desk/access-points/{id}", KEEPERS, pages::edit::edit_page),
        Route::post("/desk/access-points/{id}", KEEPERS, pages::edit::change),
        Route::post("/desk/access-points/{id}/seen", KEEPERS, pages::seen::seen),
        Route::post("/desk/access-points/{id}/revoke", KEEPERS, pages::edit::revoke),
        Route::post("/desk/access-points/{id}/replace", KEEPERS, pages::edit::replace),
        Route::get("/desk/access-points/{id}/print", KEEPERS, pages::paper::print_page),
        Route::get("/desk/access-points/{id}/qr.svg", KEEPERS, pages::paper::svg_file),
        Route::get("/desk/access-points/{id}/qr.png", KEEPERS, pages::paper::png_file),
    ]
}
