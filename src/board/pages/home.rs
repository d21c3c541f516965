//! The address of the installation itself.

use leptos::prelude::*;

use crate::{
    board::pages::{footer, row},
    error::Result,
    http::{Req, Response, respond},
    organizations,
    ui::{self, Page, icon, page},
};

/// `GET /`: the start page of the only organisation, or a list of all.
pub async fn home_page(req: Req) -> Result<Response> {
    let cx = &req.cx;
    let organizations = organizations::actions::organizations(&mut req.app.db.read().await?).await?;
    if let [only] = organizations.as_slice() {
        return Ok(respond::see_other(&cx.href(&format!("/{}", only.slug))));
    }
    let list = organizations
        .into_iter()
        .map(|o| row(cx.href(&format!("/{}", o.slug)), icon::HOUSE, o.name, o.office_name))
        .collect_view();
    let body = view! {
        <main class="page" id="main">
            {page::masthead(cx, "回", &cx.t("ui.product"), "")}
            <h1>{cx.t("board.home.title")}</h1>
            <p class="lead">{cx.t("board.home.text")}</p>
            <ul class="link-list">
                {list}
                {row(cx.href("/q"), icon::QR, cx.t("board.code"), cx.t("board.code.text"))}
                {row(cx.href("/track"), icon::SEARCH, cx.t("board.track"), cx.t("board.track.text"))}
            </ul>
        </main>
        {footer(cx, None)}
    };
    Ok(ui::respond(&req.app, cx, Page::public(cx.t("ui.product"), body)).await)
}
