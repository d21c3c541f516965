//! `/rep/callbacks/{id}`: a callback in the hands of a representative. Name and number are there only when the submitter
//! agreed; otherwise the representative looks on the spot.

use axum::http::StatusCode;
use leptos::prelude::*;

use crate::{
    callbacks::{
        form::{self, LONGEST},
        handover::{self, Own},
        pages::{contacts, list::heading, three},
    },
    error::{Error, Result},
    http::{Cx, Req, Response, respond},
    kernel::ids::HandoverId,
    organizations::{self, model::Topic},
    ui::{
        self, FormState, back, desk_page,
        field::{self, Line},
        icon, time,
    },
};

async fn asked_for(req: &Req) -> Result<Own> {
    let id = HandoverId::parse(req.param("id")).ok_or(Error::NotFound)?;
    handover::one(&req.app, &mut req.app.db.read().await?, &*req.actor()?, id).await
}

/// `GET /rep/callbacks/{id}`.
pub async fn page(req: Req) -> Result<Response> {
    let own = asked_for(&req).await?;
    show(&req, &own, &FormState::default(), StatusCode::OK).await
}

/// `POST /rep/callbacks/{id}`.
pub async fn finish(req: Req) -> Result<Response> {
    let own = asked_for(&req).await?;
    match form::brought(&req.form, own.handover.with_contact) {
        Ok(brought) => {
            handover::finish(&req.app, &*req.actor()?, own.handover.id, &brought).await?;
            Ok(respond::see_other("/rep"))
        }
        Err(state) => show(&req, &own, &state, StatusCode::UNPROCESSABLE_ENTITY).await,
    }
}

async fn show(req: &Req, own: &Own, state: &FormState, status: StatusCode) -> Result<Response> {
    let (cx, actor) = (&req.cx, req.actor()?);
    let topics = organizations::actions::all_topics(&mut req.app.db.read().await?, actor.organization_id).await?;
    let title = heading(cx, &topics, own.case.topic_id, &own.case.place);
    let (number, reply) = (own.case.number.clone(), own.case.reply.clone());
    let when = own.case.answered_at.map(|at| time::day(cx, at));
    let note = Line { max: LONGEST, ..Line::default() };
    let questions = if own.handover.with_contact {
        let greeting = cx.tf(
            "callbacks.script.representative",
            &[("organization", &actor.organization_name), ("name", &actor.display_name), ("about", &title)],
        );
        view! {
            {contacts(cx, &own.contacts)}
            <blockquote class="quote"><p>{greeting}</p></blockquote>
            {three(cx, state)}
        }
        .into_any()
    } else {
        let options: Vec<(String, String)> = ["fixed", "not_fixed", "unclear"]
            .map(|code| (code.to_string(), cx.word("representatives.found", code).into_owned()))
            .into();
        field::chips(cx, state, "found", "callbacks.look", &options, true)
    };
    let main = view! {
        {back::link("/rep", cx.t("representatives.own.title"))}
        <header class="page-head"><h1>{title.clone()}</h1></header>
        <p class="hint">{number}</p>
        {field::error_summary(cx, state)}
        <section class="card"><h2>{cx.t("callbacks.reply")}</h2>
            <blockquote class="quote"><p>{reply}</p></blockquote><p class="hint">{when}</p></section>
        <form method="post" action=format!("/rep/callbacks/{}", own.handover.id)>
            {field::token(cx)}
            {questions}
            {field::text_area(cx, state, "note", "callbacks.note", note)}
            <p class="hint">{cx.t("callbacks.not_solved_hint")}</p>
            <p><button class="button main wide" type="submit">{cx.t("callbacks.save")}</button></p>
        </form>
    };
    let page = desk_page::desk_page(
        cx,
        title,
        "admin walking",
        view! { <main class="admin-pane walk-pane" id="main">{main}</main> },
    );
    Ok(ui::respond(&req.app, cx, page.status(status)).await)
}

/// What waits, as links for the representative's first page.
pub fn links(cx: &Cx, topics: &[Topic], waiting: &[Own]) -> Option<AnyView> {
    if waiting.is_empty() {
        return None;
    }
    let rows = waiting
        .iter()
        .map(|own| {
            let title = heading(cx, topics, own.case.topic_id, &own.case.place);
            let key = if own.handover.with_contact { "callbacks.own.ask" } else { "callbacks.own.look" };
            let (href, icon_of) =
                (format!("/rep/callbacks/{}", own.handover.id), if own.handover.with_contact { icon::PHONE } else { icon::CLOCK });
            view! { <li><a class="walk-link" href=href>{icon::icon(icon_of)}<span><b>{title}</b><small>{cx.t(key)}</small></span></a></li> }
        })
        .collect_view();
    let section = view! {
        <section><h2>{cx.t("callbacks.title")}</h2><p>{cx.t("callbacks.own.text")}</p><ul class="walk-links">{rows}</ul></section>
    };
    Some(section.into_any())
}
