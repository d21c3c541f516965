//! What everybody may see of an organisation: its start page with the open channels, and the public board 公开栏, which
//! shows what was received, answered and overdue.
//!
//! - Words on these pages are the staff's: titles, places, names of topics. Nothing that a submitter wrote (domain rules).
//! - Danger cases are never counted; held ones only once the office has let them in.
//! - The board stands still for a week ([`actions::Period`]): who looks before and after a submission sees the same.
//! - Small numbers can't be read from it, nor worked out (promise 11): [`suppress`] says how.

pub mod actions;
mod pages;
mod store;
pub mod suppress;

use crate::http::{Access, Route};

/// Routes of this slice.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/", Access::Public, pages::home::home_page),
        Route::get("/{slug}", Access::Public, pages::start::start_page),
        Route::get("/{slug}/board", Access::Public, pages::board::board_page),
    ]
}
