//! The page behind a code that is unknown, revoked, or not open now: it leads on.

use axum::http::StatusCode;
use leptos::prelude::*;

use crate::{
    access_points::{self, model::AccessPoint},
    error::Result,
    http::{Req, Response, respond},
    kernel::roles::Channel,
    organizations,
    ui::{self, Page, page},
};

/// The answer for a code that opens no form: 404 for an unknown one, 410 for one that was; both lead to a live one.
pub async fn respond(req: &Req) -> Result<Response> {
    let cx = &req.cx;
    let mut c = req.app.db.read().await?;
    let point = access_points::actions::by_code(&mut c, req.param("code")).await?;
    let status = if point.is_some() { StatusCode::GONE } else { StatusCode::NOT_FOUND };
    let mut links = Vec::new();
    let mut name = cx.t("ui.product").into_owned();
    let mut emblem = "回".to_string();
    let mut start = "/".to_string();
    if let Some(point) = &point {
        let org = organizations::actions::organization(&mut c, point.organization_id).await?;
        // What is for people with a duty of their own leads nobody else on.
        let public = |p: &AccessPoint| !matches!(p.channel, Channel::Representative | Channel::Patrol);
        for live in access_points::actions::live_of(&req.app, &mut c, org.id).await?.into_iter().filter(public) {
            let title =
                if live.place.is_empty() { live.title.clone() } else { format!("{} · {}", live.title, live.place) };
            if Some(live.id) == point.replaced_by {
                links.insert(0, (cx.href(&format!("/q/{}", live.code)), title));
            } else {
                links.push((cx.href(&format!("/q/{}", live.code)), title));
            }
        }
        links.truncate(6);
        (name, emblem, start) = (org.name, org.emblem, format!("/{}", org.slug));
    }
    let (title, text) = match point {
        Some(_) => ("intake.gone.title", "intake.gone.text"),
        None => ("intake.gone.unknown", "intake.gone.unknown_text"),
    };
    if req.wants_json() {
        return respond::json(status, &serde_json::json!({ "error": "intake.gone", "message": cx.t(text) }));
    }
    let list = links
        .into_iter()
        .map(|(href, title)| view! { <a class="link-row" href=href><span><b>{title}</b></span></a> })
        .collect_view();
    let body = view! {
        <main class="page" id="main">
            {page::masthead(cx, &emblem, &name, "")}
            <h1>{cx.t(title)}</h1>
            <p class="lead">{cx.t(text)}</p>
            <div class="link-list">{list}</div>
            <p><a class="button" href=cx.href(&start)>{cx.t("intake.gone.start")}</a></p>
        </main>
    };
    Ok(ui::respond(&req.app, cx, Page::public(cx.t(title), body).status(status)).await)
}
