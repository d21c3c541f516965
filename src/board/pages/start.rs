//! The start page of an organisation: every open way to be heard.

use leptos::prelude::*;

use crate::{
    access_points,
    board::pages::{
        footer, row,
        ways::{Ways, ways},
    },
    error::Result,
    http::{Cx, Req, Response},
    organizations::{self, model::Organization},
    representatives,
    ui::{self, Page, icon, page},
};

/// `GET /{slug}`.
pub async fn start_page(req: Req) -> Result<Response> {
    let cx = &req.cx;
    let mut c = req.app.db.read().await?;
    let org = organizations::actions::organization_by_slug(&mut c, req.param("slug")).await?;
    let open = access_points::actions::live_of(&req.app, &mut c, org.id).await?;
    let serving = representatives::actions::serving(&mut c, org.id, cx.now).await?;
    let topics = organizations::actions::topics(&mut c, org.id).await?;
    drop(c);
    let title = format!("{} · {}", org.name, cx.t("ui.product"));
    let welcome = if org.welcome.is_empty() { cx.t("board.start.lead").into_owned() } else { org.welcome.clone() };
    let board = cx.href(&format!("/{}/board", org.slug));
    let body = view! {
        <main class="page" id="main">
            {page::masthead(cx, &org.emblem, &org.name, &org.office_name)}
            <h1>{cx.t("board.start.title")}</h1>
            <p class="lead">{welcome}</p>
            {ways(cx, Ways { org: &org, open, representatives: serving, topics })}
            <ul class="link-list section">
                {row(cx.href("/track"), icon::SEARCH, cx.t("board.track"), cx.t("board.track.text"))}
                {row(cx.href("/q"), icon::QR, cx.t("board.code"), cx.t("board.code.text"))}
                {row(board, icon::CHART, cx.t("board.title"), cx.t("board.text"))}
            </ul>
            <div class="section">
                <h2>{cx.t("board.start.next")}</h2>
                <p>{next(cx, &org)}</p>
            </div>
        </main>
        {footer(cx, Some(&org))}
    };
    Ok(ui::respond(&req.app, cx, Page::public(title, body)).await)
}

fn next(cx: &Cx, org: &Organization) -> String {
    let days = org.limits.handling.to_string();
    cx.tf("board.start.next_text", &[("office", &org.office_name), ("days", &days)])
}
