//! The notice on data, at length: what is kept, what is not, and what nobody here can promise.

use leptos::prelude::*;

use crate::{
    error::Result,
    http::{Req, Response},
    intake::model::NOTICE_VERSION,
    ui::{self, Page, page},
};

/// `GET /privacy`.
pub async fn privacy_page(req: Req) -> Result<Response> {
    let cx = &req.cx;
    let version = NOTICE_VERSION.to_string();
    let sections = [
        ("privacy.anonymous.title", "privacy.anonymous.text"),
        ("privacy.sealed.title", "privacy.sealed.text"),
        ("privacy.named.title", "privacy.named.text"),
        ("privacy.photos.title", "privacy.photos.text"),
        ("privacy.code.title", "privacy.code.text"),
        ("privacy.limits.title", "privacy.limits.text"),
        ("privacy.minors.title", "privacy.minors.text"),
    ]
    .map(|(title, text)| view! { <section class="section"><h2>{cx.t(title)}</h2><p>{cx.t(text)}</p></section> })
    .collect_view();
    let body = view! {
        <main class="page" id="main">
            {page::masthead(cx, "回", &cx.t("ui.product"), "")}
            <h1>{cx.t("privacy.title")}</h1>
            {sections}
            <p class="hint">{cx.tf("privacy.version", &[("version", &version)])}</p>
        </main>
    };
    Ok(ui::respond(&req.app, cx, Page::public(cx.t("privacy.title"), body)).await)
}
