//! `/login/code`: the code after the password. It works without scripts, and leads where signing in would have.

use axum::http::StatusCode;
use leptos::prelude::*;

use crate::{
    accounts::{
        device,
        pages::{destination, safe_next},
        second::sign_in::{self, Tried},
        sessions,
    },
    error::{Error, Result},
    http::{Cx, Req, Response, respond},
    ui::{
        self, FormState, Page,
        field::{self, Line},
        page,
    },
};

const CODE: Line = Line { kind: "", autocomplete: "one-time-code", max: 20, required: true, hint: "second.code.hint" };

/// `GET /login/code`.
pub async fn page(req: Req) -> Result<Response> {
    let Some(lang) = sign_in::waiting(&req.app, &req.headers).await? else { return Ok(back(&req)) };
    let mut state = FormState::default();
    state.values.set("next", safe_next(req.query.text("next")));
    let cx = Cx { lang, ..req.cx.clone() };
    Ok(ui::respond(&req.app, &cx, view(&cx, &state)).await)
}

/// Nobody owes a code here: the password comes first.
fn back(req: &Req) -> Response {
    let next = safe_next(req.query.text("next"));
    let to = if next.is_empty() { "/login?over=1".to_string() } else { format!("/login?over=1&next={next}") };
    respond::see_other(&to)
}

/// `POST /login/code`.
pub async fn finish(req: Req) -> Result<Response> {
    let lang = sign_in::waiting(&req.app, &req.headers).await?.unwrap_or(req.cx.lang);
    let cx = Cx { lang, ..req.cx.clone() };
    let mut state = FormState::of(req.form.clone());
    let status = match sign_in::finish(&req.app, &req.headers, req.form.text("code"), req.client).await {
        Ok(Tried::In(started, username)) => {
            let next = safe_next(req.form.text("next"));
            let mut response = respond::see_other(destination(started.role, &next));
            sessions::set_cookie(&mut response, &started.token)?;
            device::remember(&req.app, &mut response, &username)?;
            sign_in::clear_cookie(&mut response);
            return Ok(response);
        }
        Ok(Tried::Over) => return Ok(back(&req)),
        Ok(Tried::Wrong) => {
            state.error("code", "second.error.code");
            StatusCode::UNAUTHORIZED
        }
        Err(Error::TooMany(seconds)) => {
            state.error_with("code", "accounts.error.wait", &[("seconds", seconds.to_string())]);
            StatusCode::TOO_MANY_REQUESTS
        }
        Err(other) => return Err(other),
    };
    Ok(ui::respond(&req.app, &cx, view(&cx, &state).status(status)).await)
}

fn view(cx: &Cx, state: &FormState) -> Page {
    let next = state.values.text("next").to_string();
    let body = view! {
        <main class="page" id="main">
            {page::masthead(cx, "回", &cx.t("ui.product"), &cx.t("accounts.for_staff"))}
            <h1>{cx.t("second.code.title")}</h1>
            {field::error_summary(cx, state)}
            <form method="post" action=cx.href("/login/code")>
                {field::hidden("next", next)}
                {field::line(cx, state, "code", "second.code", CODE)}
                <p><button class="button main" type="submit">{cx.t("accounts.sign_in")}</button></p>
            </form>
            <p class="hint">{cx.t("second.code.lost")}</p>
            <p><a href=cx.href("/login")>{cx.t("second.code.back")}</a></p>
        </main>
    };
    Page::public(cx.t("second.code.title"), body)
}
