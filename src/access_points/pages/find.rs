//! The page where people type the code who can't scan it.

use axum::http::StatusCode;
use leptos::prelude::*;

use crate::{
    access_points::actions,
    error::{Error, Result},
    http::{Cx, Req, Response, respond},
    ui::{
        self, FormState, Page,
        field::{self, Line},
        page,
    },
};

const CODE: Line = Line { kind: "code", autocomplete: "off", max: 20, required: true, hint: "access_points.find.text" };

/// `GET /q`: a field for the code; `?code=` leads on to the form. A code is public, so it may stand in an address.
pub async fn find_page(req: Req) -> Result<Response> {
    let mut state = FormState::of(req.query.clone());
    let Some(typed) = req.query.optional("code") else {
        return Ok(ui::respond(&req.app, &req.cx, find_view(&req.cx, &state)).await);
    };
    if !req.app.limits.lookup(req.client) {
        return Err(Error::TooMany(60));
    }
    if let Some(point) = actions::by_code(&mut req.app.db.read().await?, typed).await? {
        return Ok(respond::see_other(&req.cx.href(&format!("/q/{}", point.code))));
    }
    state.error("code", "access_points.find.unknown");
    Ok(ui::respond(&req.app, &req.cx, find_view(&req.cx, &state).status(StatusCode::NOT_FOUND)).await)
}

fn find_view(cx: &Cx, state: &FormState) -> Page {
    let body = view! {
        <main class="page" id="main">
            {page::masthead(cx, "回", &cx.t("ui.product"), "")}
            <h1>{cx.t("access_points.find.title")}</h1>
            {field::error_summary(cx, state)}
            <form method="get" action="/q">
                {field::hidden("lang", cx.lang.code())}
                {cx.large.then(|| field::hidden("large", "1"))}
                {field::line(cx, state, "code", "access_points.code", CODE)}
                <p><button class="button main" type="submit">{cx.t("access_points.find.open")}</button></p>
            </form>
        </main>
    };
    Page::public(cx.t("access_points.find.title"), body)
}
