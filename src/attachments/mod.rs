//! Attachments: the photos, screenshots and PDF files that a submitter hands in with a case.
//!
//! Promise (items 10, 21 and 23 of the promises): an attachment is never stored as it came. [`clean()`] reads what a
//! person can see in the file and writes a new file that holds that and nothing else: no place, no time, no device, no
//! author, no earlier version, nothing that runs. A file that cannot be cleaned is refused with a sentence that says
//! what to do; nothing is kept "for now".
//!
//! Words: a file is *cleaned* when it was rebuilt, *refused* when it was not. Its *kind* comes from its bytes, never
//! from its name or from the type a browser declares. Its submitted name is dropped; staff see a plain one
//! ([`shown_name`]).
//!
//! [`clean`](mod@clean) is pure: bytes in, bytes out. It is heavy (a photo takes tenths of a second and a few
//! hundred megabytes at worst); callers run it on a blocking thread, few at a time.

pub mod actions;
pub mod clean;
pub mod files;
pub mod model;
mod naming;
mod pages;
pub mod redact;
pub mod staged;
pub mod store;

use crate::{
    http::{Access, Route},
    ui::desk_page::CASE_ROLES,
};

pub use clean::{Cleaned, Kind, Limits, Refusal, clean};
pub use pages::handed_out;

pub use naming::{content_disposition, shown_name};

/// Routes of attachments.
#[must_use]
pub fn routes() -> Vec<Route> {
    vec![Route::get("/desk/cases/{number}/files/{id}", Access::Roles(CASE_ROLES), pages::file)]
}
