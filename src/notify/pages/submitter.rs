//! `/mail/{token}`: what the link in an e-mail to a submitter leads to. Opening it changes nothing: mail programs open
//! links by themselves.

use leptos::prelude::*;

use crate::{
    error::{Error, Result},
    http::{Cx, Req, Response},
    notify::submitters,
    ui::{self, Page, field, page},
};

/// `GET /mail/{token}`.
pub async fn page(req: Req) -> Result<Response> {
    let wish = submitters::by_token(&req.app, &mut req.app.db.read().await?, req.param("token")).await?;
    let cx = &req.cx;
    let here = cx.href(&format!("/mail/{}", req.param("token")));
    let confirmed = wish.confirmed_at.is_some();
    let button = |action: &'static str, label: &'static str, class: &'static str| {
        view! {
            <form method="post" action=here.clone()>
                {field::hidden("action", action)}
                <button class=class type="submit">{cx.t(label)}</button>
            </form>
        }
    };
    let lead = if confirmed { "notify.submitter.page.on" } else { "notify.submitter.page.ask" };
    let rest = view! {
        <p class="lead">{cx.t(lead)}</p>
        {(!confirmed).then(|| button("confirm", "notify.submitter.page.yes", "button main wide"))}
        {button("stop", "notify.submitter.page.stop", "button wide")}
    };
    Ok(ui::respond(&req.app, cx, framed(cx, rest.into_any())).await)
}

/// `POST /mail/{token}`: confirms, or forgets the address; what mail programs press by themselves forgets it.
pub async fn decide(req: Req) -> Result<Response> {
    let token = req.param("token");
    let said = match req.form.text("action") {
        "confirm" => {
            submitters::confirm(&req.app, token).await?;
            "notify.submitter.page.confirmed"
        }
        "stop" | "" => {
            submitters::stop_by_link(&req.app, token).await?;
            "notify.submitter.page.stopped"
        }
        _ => return Err(Error::Bad("error.bad_form")),
    };
    let cx = &req.cx;
    let rest = view! {
        <p class="notice" role="status">{cx.t(said)}</p>
        <p><a class="button" href=cx.href("/track")>{cx.t("error.to_tracking")}</a></p>
    };
    Ok(ui::respond(&req.app, cx, framed(cx, rest.into_any())).await)
}

fn framed(cx: &Cx, rest: AnyView) -> Page {
    let body = view! {
        <main class="page" id="main">
            {page::masthead(cx, "回", &cx.t("ui.product"), &cx.t("notify.submitter.page.title"))}
            <h1>{cx.t("notify.submitter.page.title")}</h1>
            {rest}
        </main>
    };
    Page::public(cx.t("notify.submitter.page.title"), body)
}
