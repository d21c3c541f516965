//! `/rep/place`: a representative stands before a QR code and says how its paper looks.

use axum::http::StatusCode;
use leptos::prelude::*;

use crate::{
    access_points::{
        self,
        model::AccessPoint,
        sightings::{self, Condition, MAX_NOTE},
    },
    error::{Error, Result},
    http::{Cx, Req, Response, respond},
    kernel::roles::Channel,
    representatives::pages::phone,
    ui::{
        self, FormState, Page,
        field::{self, Line},
    },
};

/// The access point of the representative's own school that a code names.
async fn point(req: &Req, typed: &str) -> Result<Option<AccessPoint>> {
    let org = req.actor()?.organization_id;
    let found = access_points::actions::by_code(&mut req.app.db.read().await?, typed).await?;
    Ok(found.filter(|p| p.organization_id == org && p.revoked_at.is_none()))
}

/// `GET /rep/place?code=`: asks for a code, or how the paper of this code looks.
pub async fn page(req: Req) -> Result<Response> {
    let mut state = FormState::of(req.query.clone());
    let found = match req.query.optional("code") {
        None => None,
        Some(code) => {
            let found = point(&req, code).await?;
            if found.is_none() {
                state.error("code", "access_points.find.unknown");
            }
            found
        }
    };
    let status = if state.is_ok() { StatusCode::OK } else { StatusCode::NOT_FOUND };
    state.values.set("state", Condition::Intact.code());
    let page = view_of(&req, &state, found.as_ref()).status(status);
    Ok(ui::respond(&req.app, &req.cx, page).await)
}

/// `POST /rep/place`.
pub async fn see(req: Req) -> Result<Response> {
    let point = point(&req, req.form.text("code")).await?.ok_or(Error::NotFound)?;
    let condition = Condition::parse(req.form.text("state")).ok_or(Error::Bad("error.bad_form"))?;
    sightings::see(&req.app, &*req.actor()?, point.id, condition, req.form.text("note")).await?;
    Ok(respond::see_other("/rep/place?seen=1"))
}

fn view_of(req: &Req, state: &FormState, point: Option<&AccessPoint>) -> Page {
    let cx = &req.cx;
    let noted = req
        .query
        .has("seen")
        .then(|| view! { <p class="banner ok" role="status">{cx.t("access_points.seen_noted")}</p> });
    let form = match point {
        Some(point) => look_form(cx, state, point),
        None => code_form(cx, state),
    };
    let main = view! { {noted}{field::error_summary(cx, state)}{form} };
    phone(cx, &cx.t("representatives.own.place"), Some("/rep"), main.into_any())
}

fn code_form(cx: &Cx, state: &FormState) -> AnyView {
    let code = Line { kind: "code", autocomplete: "off", max: 20, required: true, hint: "access_points.find.text" };
    view! {
        <form method="get" action="/rep/place">
            {field::line(cx, state, "code", "access_points.code", code)}
            <p><button class="button main wide" type="submit">{cx.t("access_points.find.open")}</button></p>
        </form>
    }
    .into_any()
}

fn look_form(cx: &Cx, state: &FormState, point: &AccessPoint) -> AnyView {
    let conditions: Vec<(String, String)> = Condition::ALL
        .iter()
        .map(|c| (c.code().to_string(), cx.word("access_points.condition", c.code()).into_owned()))
        .collect();
    let note = Line { kind: "", autocomplete: "off", max: MAX_NOTE, required: false, hint: "" };
    let (place, title, code) = (point.place.clone(), point.title.clone(), point.code.clone());
    let walk = (point.channel == Channel::Representative).then(|| {
        let href = format!("/rep/start?place={code}");
        view! { <p><a class="button wide" href=href>{cx.t("representatives.own.start")}</a></p> }
    });
    view! {
        <div class="card"><b>{place}</b><p>{title}" · "{code.clone()}</p></div>
        <form method="post" action="/rep/place">
            {field::token(cx)}
            {field::hidden("code", code)}
            {field::chips(cx, state, "state", "access_points.found", &conditions, true)}
            {field::line(cx, state, "note", "access_points.note", note)}
            <p><button class="button main wide" type="submit">{cx.t("access_points.note_it")}</button></p>
        </form>
        {walk}
    }
    .into_any()
}
