//! One appointment: what it says, its paper, its end.

use axum::http::StatusCode;
use leptos::prelude::*;

use crate::{
    error::Result,
    http::{Cx, Req, Response, respond},
    kernel::roles::Role,
    organizations::{self, model::Topic},
    representatives::{
        appoint,
        form::{self, MAX_WORDS},
        model::{Appointment, Area, PROMISE_VERSION},
        pages::{asked_for, standing_pill, term, topic_names},
    },
    ui::{
        self, FormState, Page, back, desk_page,
        field::{self, Line},
        time,
    },
};

/// `GET /desk/representatives/{id}`.
pub async fn page(req: Req) -> Result<Response> {
    let page = view_of(&req, &FormState::default()).await?;
    Ok(ui::respond(&req.app, &req.cx, page).await)
}

/// `POST /desk/representatives/{id}/end`.
pub async fn end(req: Req) -> Result<Response> {
    let (appointment, _) = asked_for(&req).await?;
    match form::reason(&req.form) {
        Ok(reason) => {
            appoint::end(&req.app, &*req.actor()?, appointment.id, &reason).await?;
            Ok(respond::see_other(&format!("/desk/representatives/{}?done=ended", appointment.id)))
        }
        Err(state) => {
            let page = view_of(&req, &state).await?.status(StatusCode::UNPROCESSABLE_ENTITY);
            Ok(ui::respond(&req.app, &req.cx, page).await)
        }
    }
}

async fn view_of(req: &Req, state: &FormState) -> Result<Page> {
    let (cx, actor) = (&req.cx, req.actor()?);
    let (a, area) = asked_for(req).await?;
    let topics = organizations::actions::all_topics(&mut req.app.db.read().await?, actor.organization_id).await?;
    let done = match req.query.text("done") {
        "appointed" => Some("representatives.appointed"),
        "ended" => Some("representatives.ended_now"),
        _ => None,
    };
    let here = format!("/desk/representatives/{}", a.id);
    let is_office = actor.role == Role::Office;
    let acts = (is_office && a.can_end(cx.now)).then(|| acts(cx, state, &here));
    let again = is_office.then(|| {
        let href = format!("/desk/representatives/new?person={}", a.staff_id);
        view! { <a class="button quiet" href=href>{cx.t("representatives.again")}</a> }
    });
    let (letter, promise, name) = (format!("{here}/letter"), format!("{here}/promise"), a.name.clone());
    let main = view! {
        {back::link("/desk/representatives", cx.t("representatives.title"))}
        <header class="page-head"><h1>{name.clone()}</h1></header>
        {done.map(|key| view! { <p class="banner ok" role="status">{cx.t(key)}</p> })}
        {field::error_summary(cx, state)}
        <section class="card">{facts(cx, &a, &area, &topics)}</section>
        <p class="button-row">
            <a class="button main" href=letter>{cx.t("representatives.letter")}</a>
            <a class="button" href=promise>{cx.t("representatives.promise")}</a>
            {again}
        </p>
        {acts}
    };
    Ok(desk_page::admin_page(cx, name, main))
}

fn facts(cx: &Cx, a: &Appointment, area: &Area, topics: &[Topic]) -> AnyView {
    let comma = cx.t("representatives.comma");
    let places = area.places.join(&comma);
    let topics = topic_names(cx, topics, &area.topics).join(&comma);
    let promised = match (a.promised_at, a.promise_version) {
        (Some(at), Some(version)) if version == PROMISE_VERSION => {
            cx.tf("representatives.promised", &[("when", &time::moment(cx, at)), ("version", &version.to_string())])
        }
        _ => cx.t("representatives.not_promised").into_owned(),
    };
    let ended = a.ended_at.map(|at| {
        let (when, why) = (time::moment(cx, at), a.end_reason.clone());
        view! { <dt>{cx.t("representatives.ended")}</dt><dd>{when}<small>{why}</small></dd> }
    });
    let by = format!("{} · {}", a.appointed_by, time::day(cx, a.appointed_at));
    let public = cx.t(if a.visible { "representatives.named" } else { "representatives.not_named" });
    let username = a.username.clone();
    view! {
        <dl class="facts long-facts">
            <dt>{cx.t("access_points.state")}</dt><dd>{standing_pill(cx, a)}</dd>
            <dt>{cx.t("representatives.kind")}</dt><dd>{cx.word("representatives.kind", a.kind.code())}</dd>
            <dt>{cx.t("representatives.term")}</dt><dd>{term(cx, a)}</dd>
            <dt>{cx.t("representatives.places")}</dt><dd>{places}</dd>
            <dt>{cx.t("representatives.topics")}</dt><dd>{topics}</dd>
            <dt>{cx.t("representatives.promise")}</dt><dd>{promised}</dd>
            <dt>{cx.t("representatives.start_page")}</dt><dd>{public}</dd>
            <dt>{cx.t("accounts.username")}</dt><dd>{username}</dd>
            <dt>{cx.t("representatives.appointed_by")}</dt><dd>{by}</dd>
            {ended}
        </dl>
    }
    .into_any()
}

/// A new link, and the end.
fn acts(cx: &Cx, state: &FormState, here: &str) -> AnyView {
    let reason =
        Line { kind: "", autocomplete: "off", max: MAX_WORDS, required: true, hint: "representatives.reason_hint" };
    view! {
        <section class="card">
            <h2>{cx.t("representatives.invitation")}</h2>
            <p>{cx.t("representatives.invitation_text")}</p>
            <form method="post" action=format!("{here}/invitation")>
                {field::token(cx)}
                <button class="button" type="submit">{cx.t("representatives.invite")}</button>
            </form>
        </section>
        <section class="card">
            <h2>{cx.t("representatives.end_title")}</h2>
            <p>{cx.t("representatives.end_text")}</p>
            <details class="dialog" open=!state.is_ok()>
                <summary class="button danger">{cx.t("representatives.end")}</summary>
                <form class="dialog-body" method="post" action=format!("{here}/end")>
                    {field::token(cx)}
                    <h2>{cx.t("representatives.end_title")}</h2>
                    {field::text_area(cx, state, "reason", "representatives.reason", reason)}
                    <p class="dialog-foot">
                        <a class="button quiet" href=here.to_string()>{cx.t("representatives.cancel")}</a>
                        <button class="button danger" type="submit">{cx.t("representatives.end")}</button>
                    </p>
                </form>
            </details>
        </section>
    }
    .into_any()
}
