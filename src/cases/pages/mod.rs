//! The pages of the desk: the list, the page of a case, and the targets of its forms.

mod aside;
mod assists;
mod break_glass;
mod bulk;
mod case_page;
mod clocks;
mod composer;
mod dialogs;
mod gone;
mod head;
mod identity;
mod legal_hold;
mod list;
mod merged;
mod month;
mod notices;
mod redact;
mod safeguarding;
mod safeguarding_paper;
mod splits;
mod story;
mod tags;
mod todos;
mod transfers;
mod verbs;

use crate::{
    cases::{
        break_glass::{BREAKERS, REVIEWERS},
        identity::SECOND,
    },
    http::{Access, Route},
    kernel::roles::Role,
    ui::desk_page::CASE_ROLES,
};

/// The safeguarding lead, and who stands in for them.
const KEEPERS: Access = Access::Roles(&[Role::SafeguardingLead, Role::Leader, Role::Office]);

/// Routes of the desk.
pub fn routes() -> Vec<Route> {
    let lead = Access::Roles(&[Role::SafeguardingLead]);
    let mut routes = vec![
        Route::get("/desk", Access::Roles(CASE_ROLES), list::page),
        Route::get("/desk/notices", Access::Roles(CASE_ROLES), notices::page),
        Route::post("/desk/notices", Access::Roles(CASE_ROLES), notices::mark_read),
        Route::get("/desk/tasks", Access::Roles(CASE_ROLES), todos::page),
        Route::post("/desk/tasks/{id}/done", Access::Roles(CASE_ROLES), todos::done),
        Route::post("/desk/cases/{number}/watch", Access::Roles(CASE_ROLES), todos::watch),
        Route::post("/desk/cases/{number}/unwatch", Access::Roles(CASE_ROLES), todos::unwatch),
        Route::get("/desk/calendar", Access::Roles(CASE_ROLES), month::page),
        Route::post("/desk/calendar/feed", Access::Roles(CASE_ROLES), month::renew),
        Route::get("/feeds/{token}", Access::Public, month::subscribed),
        Route::get("/desk/cases/{number}", Access::Roles(CASE_ROLES), case_page::page),
        Route::get("/desk/cases/{number}/letter", KEEPERS, transfers::letter),
        Route::get("/desk/cases/{number}/identity", lead, identity::page),
        Route::post("/desk/cases/{number}/identity", lead, identity::ask),
        Route::post("/desk/cases/{number}/identity/open", lead, identity::open),
        Route::get("/desk/identity-requests", Access::Roles(SECOND), identity::waiting_page),
        Route::post("/desk/identity-requests/{id}", Access::Roles(SECOND), identity::decide),
        Route::get("/desk/safeguarding", Access::Roles(CASE_ROLES), safeguarding::queue_page),
        Route::get("/desk/safeguarding/{number}", Access::Roles(CASE_ROLES), safeguarding::page),
        Route::get("/desk/safeguarding/{number}/print", Access::Roles(CASE_ROLES), safeguarding_paper::page),
        Route::post("/desk/safeguarding/{number}/report", KEEPERS, safeguarding::report),
        Route::post("/desk/safeguarding/{number}/guests", KEEPERS, safeguarding::add_guest),
        Route::post("/desk/safeguarding/{number}/guests/end", KEEPERS, safeguarding::end_guest),
        Route::get("/desk/break-glass", Access::Roles(BREAKERS), break_glass::page),
        Route::post("/desk/break-glass", Access::Roles(BREAKERS), break_glass::look),
        Route::get("/desk/glass-reviews", Access::Roles(REVIEWERS), break_glass::reviews),
        Route::post("/desk/glass-reviews/{id}", Access::Roles(REVIEWERS), break_glass::review),
    ];
    routes.extend(verbs::routes());
    routes.extend(redact::routes());
    routes.extend(bulk::routes());
    routes.extend(tags::routes());
    routes
}
