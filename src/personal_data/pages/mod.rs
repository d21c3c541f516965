//! The office's pages about people's data, and what the tracking page offers.

mod of_case;
mod retention;
pub mod track;
mod waiting;

use crate::{
    http::{Access, Route},
    kernel::roles::Role,
};

/// Who keeps cases, and who decides about wishes.
pub const KEEPERS: &[Role] = &[Role::Office, Role::Leader, Role::SafeguardingLead];

/// Who reads the trial run: the administrator, and the safeguarding lead for their lane.
pub const RETENTION: &[Role] = &[Role::Admin, Role::SafeguardingLead];

/// Routes of the office's pages.
pub fn routes() -> Vec<Route> {
    let keepers = Access::Roles(KEEPERS);
    vec![
        Route::get("/desk/erasures", keepers, waiting::page),
        Route::post("/desk/erasures/{id}", keepers, waiting::decide),
        Route::get("/desk/cases/{number}/personal-data", keepers, of_case::page),
        Route::post("/desk/cases/{number}/personal-data/erase", keepers, of_case::erase),
        Route::post("/desk/cases/{number}/personal-data/copy", keepers, of_case::copy),
        Route::get("/admin/retention", Access::Roles(RETENTION), retention::page),
        Route::post("/admin/retention", Access::Roles(&[Role::Admin]), retention::save),
    ]
}
