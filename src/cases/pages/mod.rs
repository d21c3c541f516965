//! The pages of the desk: the list, the page of a case, and the targets of its forms.

mod aside;
mod case_page;
mod composer;
mod dialogs;
mod head;
mod identity;
mod list;
mod merged;
mod notices;
mod story;
mod verbs;

use crate::{
    http::{Access, Route},
    kernel::roles::Role,
    ui::desk_page::CASE_ROLES,
};

/// Routes of the desk.
pub fn routes() -> Vec<Route> {
    let lead = Access::Roles(&[Role::SafeguardingLead]);
    let mut routes = vec![
        Route::get("/desk", Access::Roles(CASE_ROLES), list::page),
        Route::get("/desk/notices", Access::Roles(CASE_ROLES), notices::page),
        Route::post("/desk/notices", Access::Roles(CASE_ROLES), notices::mark_read),
        Route::get("/desk/cases/{number}", Access::Roles(CASE_ROLES), case_page::page),
        Route::get("/desk/cases/{number}/identity", lead, identity::page),
        Route::post("/desk/cases/{number}/identity", lead, identity::open),
    ];
    routes.extend(verbs::routes());
    routes
}
