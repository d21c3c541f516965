//! The administrator's pages: the organisation, its departments, topics and people.

pub mod calendar;
mod calendar_view;
pub mod departments;
pub mod settings;
pub mod sign_in;
pub mod staff;
pub mod staff_new;
pub mod topics;

use axum::http::StatusCode;
use leptos::prelude::*;

use crate::{
    http::{Cx, Req, Response},
    kernel::roles::Role,
    organizations::model::{Department, Staff},
    ui::{self, FormState, desk_page, field::Line},
};

/// A field that must be filled.
const REQUIRED: Line = Line { kind: "", autocomplete: "off", max: 0, required: true, hint: "" };
/// A field that may be empty.
const OPTIONAL: Line = Line { kind: "", autocomplete: "off", max: 0, required: false, hint: "" };
/// The place in a list.
const POSITION: Line =
    Line { kind: "number", autocomplete: "off", max: 0, required: true, hint: "organizations.position.hint" };

const PAGES: [(&str, &str); 8] = [
    ("/admin", "organizations.settings"),
    ("/admin/calendar", "calendar.title"),
    ("/admin/departments", "organizations.departments"),
    ("/admin/topics", "organizations.topics"),
    ("/admin/staff", "organizations.staff"),
    ("/admin/notices", "notify.admin.title"),
    ("/admin/sign-in", "second.admin.title"),
    ("/admin/retention", "personal_data.retention.title"),
];

/// Sends a page of the administrator: its links to the others, "saved", what is wrong, the rest.
async fn answer(req: &Req, title: String, state: &FormState, status: StatusCode, rest: AnyView) -> Response {
    let cx = &req.cx;
    let heading = title.clone();
    let main = view! {
        <header class="page-head"><h1>{heading}</h1></header>
        {links(cx)}
        {req.query.has("saved").then(|| view! { <p class="banner ok" role="status">{cx.t("organizations.saved")}</p> })}
        {ui::field::error_summary(cx, state)}
        {rest}
    };
    ui::respond(&req.app, cx, desk_page::admin_page(cx, title, main).status(status)).await
}

/// The links between the administrator's pages.
pub fn links(cx: &Cx) -> AnyView {
    let items = PAGES
        .iter()
        .map(|(href, label)| {
            let here = *href == &*cx.path || (*href != "/admin" && cx.path.starts_with(href));
            view! { <a class="filter" href=*href aria-current=here.then_some("true")>{cx.t(label)}</a> }
        })
        .collect_view();
    view! { <nav class="filters" aria-label=cx.t("organizations.nav")>{items}</nav> }.into_any()
}

/// The choices of a list of departments: nothing, those in use, and the one chosen already.
fn department_choices(cx: &Cx, departments: &[Department], chosen: &str) -> Vec<(String, String)> {
    let offered = departments.iter().filter(|d| d.disabled_at.is_none() || d.id.to_string() == chosen);
    let nothing = (String::new(), cx.t("organizations.nobody").into_owned());
    std::iter::once(nothing).chain(offered.map(|d| (d.id.to_string(), d.name.clone()))).collect()
}

/// The choices of a list of leaders: nobody, and those with access.
fn leader_choices(cx: &Cx, staff: &[Staff]) -> Vec<(String, String)> {
    let offered = staff.iter().filter(|s| s.role == Role::Leader && s.disabled_at.is_none());
    let nobody = (String::new(), cx.t("organizations.nobody").into_owned());
    std::iter::once(nobody).chain(offered.map(|s| (s.id.to_string(), s.display_name.clone()))).collect()
}

/// Whether something is in use, as a small sign.
fn use_pill(cx: &Cx, in_use: bool) -> AnyView {
    if in_use {
        view! { <span class="pill ok">{cx.t("organizations.in_use")}</span> }.into_any()
    } else {
        view! { <span class="pill soft">{cx.t("organizations.out_of_use")}</span> }.into_any()
    }
}

/// The name of a department in a list of them; empty when there is none.
fn department_name(departments: &[Department], id: Option<crate::kernel::ids::DepartmentId>) -> String {
    departments.iter().find(|d| Some(d.id) == id).map(|d| d.name.clone()).unwrap_or_default()
}
