//! `/desk/orders/new`: an order is written.

use axum::http::StatusCode;
use leptos::prelude::*;

use crate::{
    error::{Error, Result},
    http::{Cx, Form, Req, Response, respond},
    supervision::{
        actions,
        form::{self, LONGEST},
        model::Level,
    },
    ui::{
        self, FormState, Page, back, desk_page,
        field::{self, Line},
    },
};

/// `GET /desk/orders/new?case=NUMBER`.
pub async fn new_page(req: Req) -> Result<Response> {
    let numbers = req.query.all("case").collect::<Vec<_>>().join(" ");
    let state = FormState::of(Form::from_pairs([("cases", numbers.as_str()), ("level", Level::Written.code())]));
    Ok(ui::respond(&req.app, &req.cx, view_of(&req.cx, &state)).await)
}

/// `POST /desk/orders`.
pub async fn issue(req: Req) -> Result<Response> {
    let actor = req.actor()?;
    let state = match form::order(&req.form) {
        Err(state) => state,
        Ok(new) => match actions::issue(&req.app, &actor, &new).await {
            Ok(id) => return Ok(respond::see_other(&format!("/desk/orders/{id}"))),
            Err(Error::Bad(key)) => {
                let mut state = FormState::of(req.form.clone());
                state.error(if key == "supervision.error.due_passed" { "due_on" } else { "cases" }, key);
                state
            }
            Err(other) => return Err(other),
        },
    };
    let page = view_of(&req.cx, &state).status(StatusCode::UNPROCESSABLE_ENTITY);
    Ok(ui::respond(&req.app, &req.cx, page).await)
}

fn view_of(cx: &Cx, state: &FormState) -> Page {
    let levels: Vec<(String, String)> = Level::ALL
        .iter()
        .map(|l| (l.code().to_string(), cx.word("supervision.level", l.code()).into_owned()))
        .collect();
    let line = |kind, hint| Line { kind, autocomplete: "off", max: 0, required: true, hint };
    let text = |hint| Line { max: LONGEST, required: true, hint, ..Line::default() };
    let main = view! {
        {back::link("/desk/orders", cx.t("supervision.title"))}
        <header class="page-head"><h1>{cx.t("supervision.new")}</h1></header>
        {field::error_summary(cx, state)}
        <form method="post" action="/desk/orders">
            {field::token(cx)}
            {field::line(cx, state, "cases", "supervision.cases", line("codes", "supervision.cases_hint"))}
            {field::chips(cx, state, "level", "supervision.level", &levels, true)}
            {field::text_area(cx, state, "basis", "supervision.basis", text("supervision.basis_hint"))}
            {field::text_area(cx, state, "demand", "supervision.demand", text("supervision.demand_hint"))}
            {field::line(cx, state, "due_on", "supervision.due_on", line("date", ""))}
            <p class="button-row"><button class="button main" type="submit">{cx.t("supervision.issue")}</button></p>
        </form>
    };
    desk_page::admin_page(cx, cx.t("supervision.new"), main)
}
