//! Open letters 一封信: the organisation writes to families, they answer on a reply slip, and what they suggest gets an
//! answer in the adoption table 采纳情况表.
//!
//! - A letter is **written** in a small markup ([`markup`]), then **published**: it gets an access point of its own and a
//!   form of its own (statements to agree with or not, a comment). From then on its words are frozen; a correction is a new
//!   version that says so on the page.
//! - **Replies** are responses ([`crate::forms::responses`]) with the class as their group; anonymous. Where the office chooses, each
//!   needs a one-time code from a slip ([`crate::forms::codes`]), so that nobody replies twice. They end at a day.
//!   How many agreed is shown only then, once, and never so that fewer than 5 could be read from it ([`results`]).
//! - The office groups comments into **suggestions**; one comment may belong to several. Each suggestion is adopted, partly
//!   adopted or not, always with a reason (信访工作条例 §29). What is decided goes into the **adoption table**, which the same
//!   readers see; a published table is frozen, too. It holds the office's words, never those of a sender.
//! - A comment that is a complaint becomes a case by one press.
//! - The other direction, the **letter to the head** 校长信箱, is an access point with an intake form of its own.

pub mod actions;
mod form;
pub mod markup;
pub mod model;
mod pages;
pub mod results;
mod store;

pub use pages::public::{letter_page, reply};

use crate::{
    http::{Access, Route},
    kernel::roles::Role,
};

/// Who writes letters and decides about replies.
const WRITERS: Access = Access::Roles(&[Role::Office, Role::Admin]);
/// Who reads what became of them.
const READERS: Access = Access::Roles(&[Role::Office, Role::Admin, Role::Leader]);

/// Routes of this slice; readers find a letter at `/q/{code}`.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/desk/letters", READERS, pages::list::list_page),
        Route::post("/desk/letters/to-the-head", WRITERS, pages::list::open_head_box),
        Route::get("/desk/letters/new", WRITERS, pages::write::new_page),
        Route::post("/desk/letters/new", WRITERS, pages::write::create),
        Route::get("/desk/letters/{id}", READERS, pages::letter::letter_page),
        Route::get("/desk/letters/{id}/edit", WRITERS, pages::write::edit_page),
        Route::post("/desk/letters/{id}/edit", WRITERS, pages::write::save),
        Route::post("/desk/letters/{id}/remove", WRITERS, pages::letter::remove),
        Route::post("/desk/letters/{id}/publish", WRITERS, pages::letter::publish),
        Route::get("/desk/letters/{id}/codes", WRITERS, pages::codes::no_sheet),
        Route::post("/desk/letters/{id}/codes", WRITERS, pages::codes::make),
        Route::post("/desk/letters/{id}/until", WRITERS, pages::letter::set_end),
        Route::post("/desk/letters/{id}/comments", WRITERS, pages::letter::sort),
        Route::post("/desk/letters/{id}/table", WRITERS, pages::letter::publish_table),
        Route::get("/desk/letters/{id}/print", READERS, pages::paper::letter_paper),
        Route::get("/desk/letters/{id}/table", READERS, pages::paper::table_paper),
        Route::get("/desk/letter-suggestions/{id}", WRITERS, pages::suggestion::suggestion_page),
        Route::post("/desk/letter-suggestions/{id}", WRITERS, pages::suggestion::decide),
        Route::post("/desk/letter-suggestions/{id}/remove", WRITERS, pages::suggestion::remove),
    ]
}
