//! Questionnaires 问卷: the organisation asks, many people answer, nobody is named.
//!
//! - People build a **draft** ([`edit`]: every change is one pure step). **Publishing** freezes it as the next version of the
//!   questionnaire's form; what is changed later goes to the draft and is published as another version. Each response keeps
//!   the version that it answered.
//! - A questionnaire is a draft, **open** or **closed** ([`model::State`]); times may open and close it by themselves.
//! - An access point of the channel `questionnaire` with the questionnaire's form opens it: `/q/{code}`.
//! - **One-time codes** are printed on slips, some for each class. A code tells the class and is used once; which response
//!   it became is written nowhere (promise 8).
//! - **Leavings** count at which question people went away, without telling who.

pub mod actions;
pub mod exchange;
mod form;
pub mod model;
pub mod pages;
pub mod results;
mod store;
pub mod templates;

use crate::{
    http::{Access, Route},
    kernel::roles::Role,
};

/// Who builds questionnaires.
const BUILDERS: Access = Access::Roles(&[Role::Office, Role::Admin]);

/// Most bytes of what is told when somebody leaves: the key of a question.
const LEFT_BODY: usize = 1024;
/// Most bytes of a preview that is checked: its photos come along.
const PREVIEW_BODY: usize = 64 * 1024 * 1024;
/// Most bytes of a form with a file to import, or with what was read from one.
const IMPORT_BODY: usize = 4 * exchange::MOST_BYTES;

/// Routes of this slice. The questions themselves are shown at `/q/{code}`, which belongs to `intake`.
pub fn routes() -> Vec<Route> {
    let mut routes = vec![
        Route::post("/q/{code}/left", Access::Public, pages::left::left).body_limit(LEFT_BODY),
        Route::get("/desk/questionnaires", BUILDERS, pages::list::list_page),
        Route::get("/desk/questionnaires/new", BUILDERS, pages::new::new_page),
        Route::post("/desk/questionnaires/new", BUILDERS, pages::new::create),
        Route::get("/desk/questionnaires/templates/{template}", BUILDERS, templates::pages::template_page),
        Route::get("/desk/questionnaires/import", BUILDERS, exchange::pages::import::import_page),
        Route::post("/desk/questionnaires/import", BUILDERS, exchange::pages::import::look).body_limit(IMPORT_BODY),
        Route::post("/desk/questionnaires/import/draft", BUILDERS, exchange::pages::import::make)
            .body_limit(IMPORT_BODY),
        Route::get("/desk/questionnaires/{id}/export", BUILDERS, exchange::pages::export::export_page),
        Route::get("/desk/questionnaires/{id}", BUILDERS, pages::decide::overview_page),
        Route::post("/desk/questionnaires/{id}/publish", BUILDERS, pages::decide::publish),
        Route::post("/desk/questionnaires/{id}/close", BUILDERS, pages::decide::close),
        Route::post("/desk/questionnaires/{id}/open", BUILDERS, pages::decide::open),
        Route::post("/desk/questionnaires/{id}/settings", BUILDERS, pages::decide::settings),
        Route::post("/desk/questionnaires/{id}/points", BUILDERS, pages::decide::add_point),
        Route::get("/desk/questionnaires/{id}/codes", BUILDERS, pages::codes::no_sheet),
        Route::post("/desk/questionnaires/{id}/codes", BUILDERS, pages::codes::make),
        Route::get("/desk/questionnaires/{id}/edit", BUILDERS, pages::edit::edit_page),
        Route::post("/desk/questionnaires/{id}/edit", BUILDERS, pages::edit::press),
        Route::get("/desk/questionnaires/{id}/words", BUILDERS, pages::words::words_page),
        Route::post("/desk/questionnaires/{id}/words", BUILDERS, pages::words::save_words),
        Route::get("/desk/questionnaires/{id}/sections/{key}", BUILDERS, pages::section::section_page),
        Route::post("/desk/questionnaires/{id}/sections/{key}", BUILDERS, pages::section::save_section),
        Route::get("/desk/questionnaires/{id}/questions/{key}", BUILDERS, pages::question::question_page),
        Route::post("/desk/questionnaires/{id}/questions/{key}", BUILDERS, pages::question::save_question),
        Route::post("/desk/questionnaires/{id}/questions/{key}/look", BUILDERS, pages::question::look),
        Route::get("/desk/questionnaires/{id}/preview", BUILDERS, pages::preview::preview_page),
        Route::post("/desk/questionnaires/{id}/preview", BUILDERS, pages::preview::check).body_limit(PREVIEW_BODY),
    ];
    routes.extend(results::routes());
    routes
}
