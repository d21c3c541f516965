//! `/admin`: the organisation itself, and how far it is set up.

use axum::http::StatusCode;
use leptos::prelude::*;

use crate::{
    error::Result,
    http::{Cx, Form, Req, Response, respond},
    kernel::roles::Role,
    organizations::{
        actions, departments, form,
        model::Organization,
        pages::{OPTIONAL, REQUIRED, answer},
        settings, staff, topics,
    },
    ui::{
        FormState,
        field::{self, Line},
    },
};

const EMBLEM: Line = Line { hint: "organizations.emblem.hint", ..REQUIRED };
const OFFICE: Line = Line { hint: "organizations.office_name.hint", ..REQUIRED };
const HOTLINE: Line = Line { kind: "tel", hint: "organizations.hotline.hint", ..OPTIONAL };
const WELCOME: Line = Line { hint: "organizations.welcome.hint", ..OPTIONAL };
const TRIAGE: Line = Line { kind: "number", hint: "organizations.triage.hint", ..REQUIRED };
const ACCEPTANCE: Line = Line { kind: "number", hint: "organizations.acceptance.hint", ..REQUIRED };
const OBJECTION: Line = Line { kind: "number", hint: "organizations.objection.hint", ..REQUIRED };
const HANDLING: Line = Line { kind: "number", hint: "organizations.handling.hint", ..REQUIRED };
const URGENT: Line = Line { kind: "number", hint: "organizations.urgent.hint", ..REQUIRED };

/// `GET /admin`.
pub async fn page(req: Req) -> Result<Response> {
    let organization = organization(&req).await?;
    show(&req, &FormState::of(values(&organization)), StatusCode::OK).await
}

/// `POST /admin`.
pub async fn save(req: Req) -> Result<Response> {
    match form::settings(req.form.clone()) {
        Ok(input) => {
            settings::change(&req.app, &*req.actor()?, input).await?;
            Ok(respond::see_other("/admin?saved=1"))
        }
        Err(state) => show(&req, &state, StatusCode::UNPROCESSABLE_ENTITY).await,
    }
}

async fn organization(req: &Req) -> Result<Organization> {
    actions::organization(&mut req.app.db.read().await?, req.actor()?.organization_id).await
}

fn values(o: &Organization) -> Form {
    let limits = &o.limits;
    Form::from_pairs([
        ("name", o.name.clone()),
        ("emblem", o.emblem.clone()),
        ("office_name", o.office_name.clone()),
        ("hotline", o.hotline.clone()),
        ("welcome", o.welcome.clone()),
        ("triage", limits.triage.to_string()),
        ("acceptance", limits.acceptance.to_string()),
        ("objection", limits.objection.to_string()),
        ("handling", limits.handling.to_string()),
        ("urgent", limits.urgent.to_string()),
    ])
}

async fn show(req: &Req, state: &FormState, status: StatusCode) -> Result<Response> {
    let (cx, actor) = (&req.cx, req.actor()?);
    let overview = overview(req).await?;
    let address = format!("{}/{}", req.app.config.base_url(), actor.organization_slug);
    let rest = view! {
        {overview}
        <form method="post" action="/admin">
            {field::token(cx)}
            {texts(cx, state, address)}
            {limits(cx, state)}
            <p class="button-row"><button class="button main" type="submit">{cx.t("ui.save")}</button></p>
        </form>
    };
    Ok(answer(req, actor.organization_name.clone(), state, status, rest.into_any()).await)
}

fn texts(cx: &Cx, state: &FormState, address: String) -> AnyView {
    let link = address.clone();
    view! {
        <section class="card">
            <h2>{cx.t("organizations.texts")}</h2>
            <p class="hint">{cx.t("organizations.address")}" "<a href=link>{address}</a></p>
            <div class="form-grid">
                {field::line(cx, state, "name", "organizations.name", REQUIRED)}
                {field::line(cx, state, "emblem", "organizations.emblem", EMBLEM)}
                {field::line(cx, state, "office_name", "organizations.office_name", OFFICE)}
                {field::line(cx, state, "hotline", "organizations.hotline", HOTLINE)}
                <div class="span-2">{field::text_area(cx, state, "welcome", "organizations.welcome", WELCOME)}</div>
            </div>
        </section>
    }
    .into_any()
}

fn limits(cx: &Cx, state: &FormState) -> AnyView {
    view! {
        <section class="card">
            <h2>{cx.t("organizations.limits")}</h2>
            <p class="hint">{cx.t("organizations.limits.hint")}</p>
            <div class="form-grid">
                {field::line(cx, state, "triage", "organizations.triage", TRIAGE)}
                {field::line(cx, state, "acceptance", "organizations.acceptance", ACCEPTANCE)}
                {field::line(cx, state, "objection", "organizations.objection", OBJECTION)}
                {field::line(cx, state, "handling", "organizations.handling", HANDLING)}
                {field::line(cx, state, "urgent", "organizations.urgent", URGENT)}
            </div>
        </section>
    }
    .into_any()
}

/// What there is, and the next thing to do in a new organisation.
async fn overview(req: &Req) -> Result<AnyView> {
    let (cx, org) = (&req.cx, req.actor()?.organization_id);
    let mut c = req.app.db.read().await?;
    let departments = departments::all(&mut c, org).await?.iter().filter(|d| d.disabled_at.is_none()).count();
    let topics = topics::all(&mut c, org).await?.iter().filter(|t| t.disabled_at.is_none()).count();
    let people = staff::all(&mut c, org).await?;
    let active = people.iter().filter(|s| s.disabled_at.is_none()).count();
    let waiting = people.iter().filter(|s| s.disabled_at.is_none() && !s.has_password).count();
    let nobody = |role| !people.iter().any(|s| s.role == role && s.disabled_at.is_none() && s.has_password);
    let next = match (departments, active) {
        (0, _) => Some(("/admin/departments", "organizations.next.departments")),
        (_, 1) => Some(("/admin/staff/new", "organizations.next.staff")),
        _ if nobody(Role::Office) => Some(("/admin/staff/new", "organizations.next.office")),
        _ if nobody(Role::SafeguardingLead) => Some(("/admin/staff/new", "organizations.next.lead")),
        _ => None,
    };
    let waiting = (waiting > 0).then(|| cx.tf("organizations.waiting", &[("count", &waiting.to_string())]));
    Ok(view! {
        <div class="stat-row">
            <div class="stat"><b>{departments}</b><span>{cx.t("organizations.departments")}</span></div>
            <div class="stat"><b>{topics}</b><span>{cx.t("organizations.topics")}</span></div>
            <div class="stat"><b>{active}</b><span>{cx.t("organizations.staff")}</span>{waiting.map(|w| view! { <small>{w}</small> })}</div>
        </div>
        {next.map(|(href, key)| view! { <div class="notice"><div><p><a href=href>{cx.t(key)}</a></p></div></div> })}
    }
    .into_any())
}
