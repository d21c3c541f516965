//! The custodian's page: a sealed identity is opened by a POST with a reason, written down, and shown once.

use axum::http::StatusCode;
use leptos::prelude::*;

use crate::{
    cases::{form, identity},
    error::Result,
    http::{Cx, Req, Response},
    intake::model::Contact,
    kernel::case_number,
    ui::{
        self, FormState, Page, desk_page,
        field::{self, Line},
    },
};

/// `GET /desk/cases/{number}/identity`: asks for the reason. Nothing is opened.
pub async fn page(req: Req) -> Result<Response> {
    identity::check(&req.app, &*req.actor()?, req.param("number")).await?;
    let page = ask(&req.cx, req.param("number"), &FormState::default());
    Ok(ui::respond(&req.app, &req.cx, page).await)
}

/// `POST /desk/cases/{number}/identity`.
pub async fn open(req: Req) -> Result<Response> {
    let (actor, number) = (req.actor()?, req.param("number"));
    let page = match form::words(&req.form, "reason", "cases.error.reason_missing") {
        Ok(reason) => {
            let contact = identity::open(&req.app, &actor, number, &reason).await?;
            shown(&req.cx, number, contact)
        }
        Err(state) => {
            identity::check(&req.app, &actor, number).await?;
            ask(&req.cx, number, &state).status(StatusCode::UNPROCESSABLE_ENTITY)
        }
    };
    Ok(ui::respond(&req.app, &req.cx, page).await)
}

fn ask(cx: &Cx, number: &str, state: &FormState) -> Page {
    let number = case_number::parse(number).unwrap_or_default();
    let reason = Line { kind: "", autocomplete: "", max: 1000, required: true, hint: "cases.identity.reason_hint" };
    let action = format!("/desk/cases/{number}/identity");
    let main = view! {
        <small class="case-number">{number}</small>
        <h1>{cx.t("cases.identity.open")}</h1>
        {field::error_summary(cx, state)}
        <p>{cx.t("cases.identity.explain")}</p>
        <form method="post" action=action>
            {field::token(cx)}
            {field::text_area(cx, state, "reason", "cases.reason", reason)}
            <p><button class="button danger" type="submit">{cx.t("cases.identity.open")}</button></p>
        </form>
    };
    desk_page::admin_page(cx, cx.t("cases.identity.open"), main)
}

fn shown(cx: &Cx, number: &str, contact: Contact) -> Page {
    let number = case_number::parse(number).unwrap_or_default();
    let main = view! {
        <small class="case-number">{number}</small>
        <h1>{cx.t("cases.identity.opened")}</h1>
        <dl class="facts">
            <dt>{cx.t("cases.identity.name")}</dt><dd>{contact.name}</dd>
            <dt>{cx.t("cases.identity.contact")}</dt><dd>{contact.contact}</dd>
        </dl>
        <p class="hint">{cx.t("cases.identity.once")}</p>
    };
    desk_page::admin_page(cx, cx.t("cases.identity.opened"), main)
}
