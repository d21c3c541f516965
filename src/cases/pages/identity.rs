//! The custodian's page: a wish with a reason, and what was sealed, once, after a second person agreed; and the second
//! person's list.

use axum::http::StatusCode;
use leptos::prelude::*;

use crate::{
    cases::{
        form,
        identity::{self, Standing},
        store::identity_requests::IdentityRequest,
    },
    error::{Error, Result},
    http::{Cx, Req, Response, respond},
    intake::model::Contact,
    kernel::{case_number, ids::IdentityRequestId, roles::Role},
    ui::{
        self, FormState, Page, desk_page,
        field::{self, Line},
        icon, time,
    },
};

const REASON: Line = Line { kind: "", autocomplete: "", max: 1000, required: true, hint: "cases.identity.reason_hint" };

/// `GET /desk/cases/{number}/identity`: how far it is. Nothing is opened.
pub async fn page(req: Req) -> Result<Response> {
    show(&req, &FormState::default(), StatusCode::OK).await
}

async fn show(req: &Req, state: &FormState, status: StatusCode) -> Result<Response> {
    let (cx, number) = (&req.cx, req.param("number"));
    let standing = identity::standing(&req.app, &*req.actor()?, number).await?;
    let number = case_number::parse(number).unwrap_or_default();
    let main = view! {
        <small class="case-number">{number.clone()}</small>
        <h1>{cx.t("cases.identity.open")}</h1>
        {field::error_summary(cx, state)}
        {match standing {
            Standing::Free(refused) => ask_form(cx, &number, state, refused),
            Standing::Waiting(request) => waiting(cx, &request),
            Standing::Agreed(request, until) => agreed(cx, &number, &request, until),
        }}
    };
    let page = desk_page::admin_page(cx, cx.t("cases.identity.open"), main).status(status);
    Ok(ui::respond(&req.app, cx, page).await)
}

fn ask_form(cx: &Cx, number: &str, state: &FormState, refused: Option<IdentityRequest>) -> AnyView {
    let refused = refused.map(|r| {
        let (who, words) = (r.decided_name.unwrap_or_default(), r.words);
        let sentence = cx.tf("cases.identity.was_refused", &[("who", &who), ("words", &words)]);
        view! { <p class="banner warn">{sentence}</p> }
    });
    view! {
        {refused}
        <p>{cx.t("cases.identity.explain")}</p>
        <form method="post" action=format!("/desk/cases/{number}/identity")>
            {field::token(cx)}
            {field::text_area(cx, state, "reason", "cases.reason", REASON)}
            <p><button class="button main" type="submit">{cx.t("cases.identity.ask")}</button></p>
        </form>
    }
    .into_any()
}

fn waiting(cx: &Cx, request: &IdentityRequest) -> AnyView {
    let reason = request.reason.clone();
    let until = cx.tf("cases.identity.waits", &[("when", &time::moment(cx, request.expires_at))]);
    view! {
        <p class="banner" role="status">{until}</p>
        <dl class="facts"><dt>{cx.t("cases.reason")}</dt><dd>{reason}</dd></dl>
    }
    .into_any()
}

fn agreed(cx: &Cx, number: &str, request: &IdentityRequest, until: chrono::DateTime<chrono::Utc>) -> AnyView {
    let who = request.decided_name.clone().unwrap_or_default();
    let sentence = cx.tf("cases.identity.agreed", &[("who", &who), ("when", &time::moment(cx, until))]);
    view! {
        <p class="banner ok" role="status">{sentence}</p>
        <p>{cx.t("cases.identity.look_hint")}</p>
        <form method="post" action=format!("/desk/cases/{number}/identity/open")>
            {field::token(cx)}
            <p><button class="button danger" type="submit">{cx.t("cases.identity.look")}</button></p>
        </form>
    }
    .into_any()
}

/// `POST /desk/cases/{number}/identity`: the wish.
pub async fn ask(req: Req) -> Result<Response> {
    let (actor, number) = (req.actor()?, req.param("number"));
    match form::words(&req.form, "reason", "cases.error.reason_missing") {
        Ok(reason) => match identity::ask(&req.app, &actor, number, &reason).await {
            Ok(()) => Ok(respond::see_other(&format!("/desk/cases/{number}/identity"))),
            Err(Error::Conflict) => conflict(&req).await,
            Err(other) => Err(other),
        },
        Err(state) => show(&req, &state, StatusCode::UNPROCESSABLE_ENTITY).await,
    }
}

async fn conflict(req: &Req) -> Result<Response> {
    let mut state = FormState::of(req.form.clone());
    state.error("", "error.conflict");
    show(req, &state, StatusCode::CONFLICT).await
}

/// `POST /desk/cases/{number}/identity/open`: the one look.
pub async fn open(req: Req) -> Result<Response> {
    match identity::open(&req.app, &*req.actor()?, req.param("number")).await {
        Ok(contacts) => Ok(ui::respond(&req.app, &req.cx, shown(&req.cx, req.param("number"), contacts)).await),
        Err(Error::Conflict) => conflict(&req).await,
        Err(other) => Err(other),
    }
}

fn shown(cx: &Cx, number: &str, contacts: Vec<Contact>) -> Page {
    let number = case_number::parse(number).unwrap_or_default();
    let main = view! {
        <small class="case-number">{number}</small>
        <h1>{cx.t("cases.identity.opened")}</h1>
        {contact_list(cx, contacts)}
        <p class="hint">{cx.t("cases.identity.once")}</p>
    };
    desk_page::admin_page(cx, cx.t("cases.identity.opened"), main)
}

/// Names and contacts.
pub fn contact_list(cx: &Cx, contacts: Vec<Contact>) -> AnyView {
    let items = contacts
        .into_iter()
        .map(|contact| {
            view! {
                <dl class="facts">
                    <dt>{cx.t("cases.identity.name")}</dt><dd>{contact.name}</dd>
                    <dt>{cx.t("cases.identity.contact")}</dt><dd>{contact.contact}</dd>
                </dl>
            }
        })
        .collect_view();
    items.into_any()
}

/// `GET /desk/identity-requests`: what waits for the second person.
pub async fn waiting_page(req: Req) -> Result<Response> {
    let mut state = FormState::of(req.query.clone());
    let Some(number) = req.query.optional("case") else { return list(&req, &state, StatusCode::OK).await };
    let actor = req.actor()?;
    match (actor.role, identity::standing(&req.app, &actor, number).await) {
        (Role::SafeguardingLead, Ok(_)) => {
            let number = case_number::parse(number).unwrap_or_default();
            Ok(respond::see_other(&format!("/desk/cases/{number}/identity")))
        }
        (_, Ok(_) | Err(Error::NotFound)) => {
            state.error("case", "cases.identity.error.none");
            list(&req, &state, StatusCode::OK).await
        }
        (_, Err(other)) => Err(other),
    }
}

/// The way for the safeguarding lead to a case that they don't see: by its number.
fn by_number(cx: &Cx, state: &FormState) -> AnyView {
    let number =
        Line { kind: "codes", autocomplete: "off", max: 20, required: true, hint: "cases.identity.number_hint" };
    view! {
        <section class="card">
            <form method="get" action="/desk/identity-requests">
                {field::line(cx, state, "case", "cases.glass.number", number)}
                <p><button class="button" type="submit">{cx.t("cases.identity.open")}</button></p>
            </form>
        </section>
    }
    .into_any()
}

async fn list(req: &Req, state: &FormState, status: StatusCode) -> Result<Response> {
    let cx = &req.cx;
    let asks = req.actor()?.role == Role::SafeguardingLead;
    let waiting = identity::waiting_for(&mut req.app.db.read().await?, &*req.actor()?, req.app.now()).await?;
    let content = if waiting.is_empty() {
        view! { <div class="empty">{icon::icon(icon::BELL)}<p>{cx.t("cases.identity.none_waits")}</p></div> }.into_any()
    } else {
        waiting.iter().map(|r| decision_form(cx, state, r)).collect_view().into_any()
    };
    let main = view! {
        <h1>{cx.t("cases.identity.second")}</h1>
        <p>{cx.t("cases.identity.second_hint")}</p>
        {field::error_summary(cx, state)}
        {content}
        {asks.then(|| by_number(cx, state))}
    };
    let page = desk_page::admin_page(cx, cx.t("cases.identity.second"), main).status(status);
    Ok(ui::respond(&req.app, cx, page).await)
}

fn decision_form(cx: &Cx, state: &FormState, request: &IdentityRequest) -> AnyView {
    // One of several forms of the page: its field has a name of its own.
    let field = format!("words.{}", request.id);
    let words = Line { kind: "", autocomplete: "", max: 1000, required: true, hint: "cases.identity.words_hint" };
    let asked = [("who", request.asked_name.clone()), ("when", time::moment(cx, request.asked_at))];
    let asked = cx.tf("cases.identity.asked", &[("who", &asked[0].1), ("when", &asked[1].1)]);
    let until = cx.tf("cases.identity.waits", &[("when", &time::moment(cx, request.expires_at))]);
    let (number, reason) = (request.number.clone(), request.reason.clone());
    view! {
        <section class="card">
            <small class="case-number">{number}</small>
            <p>{asked}</p>
            <dl class="facts"><dt>{cx.t("cases.reason")}</dt><dd>{reason}</dd></dl>
            <p class="hint">{until}</p>
            <form method="post" action=format!("/desk/identity-requests/{}", request.id)>
                {field::token(cx)}
                {field::text_area(cx, state, &field, "cases.identity.words", words)}
                <p class="button-row">
                    <button class="button main" type="submit" name="decision" value="agree">{cx.t("cases.identity.agree")}</button>
                    <button class="button" type="submit" name="decision" value="refuse">{cx.t("cases.identity.refuse")}</button>
                </p>
            </form>
        </section>
    }
    .into_any()
}

/// `POST /desk/identity-requests/{id}`: the second person decides.
pub async fn decide(req: Req) -> Result<Response> {
    let id = IdentityRequestId::parse(req.param("id")).ok_or(Error::NotFound)?;
    let actor = req.actor()?;
    identity::waiting_one(&mut req.app.db.read().await?, &actor, id).await?;
    let agreed = match req.form.text("decision") {
        "agree" => true,
        "refuse" => false,
        _ => return Err(Error::Bad("error.bad_form")),
    };
    match form::words(&req.form, &format!("words.{id}"), "cases.error.reason_missing") {
        Ok(words) => match identity::decide(&req.app, &actor, id, agreed, &words).await {
            Ok(()) => Ok(respond::see_other("/desk/identity-requests")),
            Err(Error::Conflict) => {
                let mut state = FormState::of(req.form.clone());
                state.error("", "error.conflict");
                list(&req, &state, StatusCode::CONFLICT).await
            }
            Err(other) => Err(other),
        },
        Err(state) => list(&req, &state, StatusCode::UNPROCESSABLE_ENTITY).await,
    }
}
