//! A call that nobody answered (`/desk/hotline/missed`): when, which number, whether to call back.

use axum::http::StatusCode;
use chrono::TimeDelta;
use leptos::prelude::*;

use crate::{
    error::Result,
    hotline::{actions, form},
    http::{Cx, Form, Req, Response, respond},
    ui::{
        self, FormState, Page, back, desk_page,
        field::{self, Line},
    },
};

/// Who was not heard is called back within this, unless the operator says otherwise.
const SOON: TimeDelta = TimeDelta::minutes(30);

/// `GET /desk/hotline/missed`.
pub async fn page(req: Req) -> Result<Response> {
    let values = Form::from_pairs([
        ("called_at", form::shown(req.now()).as_str()),
        ("call_back", "1"),
        ("call_back_at", form::shown(req.now() + SOON).as_str()),
    ]);
    Ok(ui::respond(&req.app, &req.cx, view_of(&req.cx, &FormState::of(values))).await)
}

/// `POST /desk/hotline/missed`.
pub async fn write_down(req: Req) -> Result<Response> {
    match form::missed(&req.form, req.now()) {
        Ok(missed) => {
            let actor = req.actor()?;
            actions::missed(&req.app, &actor, missed.called_at, &missed.number, missed.call_back_at).await?;
            Ok(respond::see_other("/desk/hotline"))
        }
        Err(state) => {
            let page = view_of(&req.cx, &state).status(StatusCode::UNPROCESSABLE_ENTITY);
            Ok(ui::respond(&req.app, &req.cx, page).await)
        }
    }
}

fn view_of(cx: &Cx, state: &FormState) -> Page {
    let line = |kind: &'static str, required: bool, hint: &'static str| Line {
        kind,
        autocomplete: "off",
        max: if kind == "tel" { form::MAX_NUMBER } else { 0 },
        required,
        hint,
    };
    let main = view! {
        {back::link("/desk/hotline", cx.t("hotline.log.hotline"))}
        <header class="page-head"><h1>{cx.t("hotline.missed.add")}</h1></header>
        {field::error_summary(cx, state)}
        <form method="post" action="/desk/hotline/missed">
            {field::token(cx)}
            {field::line(cx, state, "called_at", "hotline.missed.when", line("datetime-local", true, ""))}
            {field::line(cx, state, "number", "hotline.missed.number", line("tel", false, "hotline.missed.number.hint"))}
            {field::switch(cx, state, "call_back", "hotline.missed.call_back")}
            {field::line(cx, state, "call_back_at", "hotline.call_back_at", line("datetime-local", false, ""))}
            <p class="button-row"><button class="button main" type="submit">{cx.t("intake.taken.save")}</button></p>
        </form>
    };
    desk_page::admin_page(cx, cx.t("hotline.missed.add"), main)
}
