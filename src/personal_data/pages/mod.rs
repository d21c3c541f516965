//! The office's pages about people's data, and what the tracking page offers.

mod of_case;
pub mod track;
mod waiting;

use crate::{
    http::{Access, Route},
    kernel::roles::Role,
};

/// Who keeps cases, and who decides about wishes.
pub const KEEPERS: &[Role] = &[Role::Office, Role::Leader, Role::SafeguardingLead];

/// Routes of the office's pages.
pub fn routes() -> Vec<Route> {
    let keepers = Access::Roles(KEEPERS);
    vec![
        Route::get("/desk/erasures", keepers, waiting::page),
        Route::post("/desk/erasures/{id}", keepers, waiting::decide),
        Route::get("/desk/cases/{number}/personal-data", keepers, of_case::page),
        Route::post("/desk/cases/{number}/personal-data/erase", keepers, of_case::erase),
        Route::post("/desk/cases/{number}/personal-data/copy", keepers, of_case::copy),
    ]
}
