//! Public pages: the list of organisations, a start page, a board. They need no scripts.

pub mod board;
pub mod home;
pub mod start;
pub mod ways;

use leptos::prelude::*;

use crate::{http::Cx, organizations::model::Organization};

/// The foot of these pages: notice on data, the staff's way in, the office.
fn footer(cx: &Cx, org: Option<&Organization>) -> AnyView {
    let office = org.map(|o| {
        let (name, office) = (o.name.clone(), o.office_name.clone());
        view! { <p>{name}" "{office}</p> }
    });
    view! {
        <footer class="footer">
            <p>
                <a href=cx.href("/privacy")>{cx.t("board.privacy")}</a>
                <a href="/login">{cx.t("accounts.for_staff")}</a>
            </p>
            {office}
        </footer>
    }
    .into_any()
}

/// A row that leads on: icon, what, more about it.
fn row(href: String, icon: &'static str, title: impl Into<String>, more: impl Into<String>) -> AnyView {
    let (title, more): (String, String) = (title.into(), more.into());
    let more = (!more.is_empty()).then(|| view! { <small>{more}</small> });
    view! {
        <li><a class="link-row" href=href>{crate::ui::icon::icon(icon)}<span><b>{title}</b>{more}</span></a></li>
    }
    .into_any()
}
