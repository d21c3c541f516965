//! `/desk/erasures`: the wishes that wait for a second person. What the case says does not stand here.

use axum::http::StatusCode;
use leptos::prelude::*;

use crate::{
    error::{Error, Result},
    http::{Cx, Req, Response, respond},
    kernel::{
        ids::ErasureRequestId,
        text::{char_count, normalize_text},
    },
    personal_data::{
        pages::of_case::with_parts,
        requests::{self, Waiting},
    },
    ui::{
        self, FormState, desk_page,
        field::{self, Line},
        icon, time,
    },
};

/// Most characters of an answer.
const LONGEST: usize = 1000;

/// `GET /desk/erasures`.
pub async fn page(req: Req) -> Result<Response> {
    show(&req, &FormState::default(), StatusCode::OK).await
}

async fn show(req: &Req, state: &FormState, status: StatusCode) -> Result<Response> {
    let cx = &req.cx;
    let waiting = requests::waiting_for(&mut req.app.db.read().await?, &*req.actor()?).await?;
    let content = if waiting.is_empty() {
        view! { <div class="empty">{icon::icon(icon::LOCK)}<p>{cx.t("personal_data.none")}</p></div> }.into_any()
    } else {
        waiting.iter().map(|w| one(cx, state, w)).collect_view().into_any()
    };
    let main = view! {
        <h1>{cx.t("personal_data.erasures")}</h1>
        <p>{cx.t("personal_data.erasures_hint")}</p>
        {field::error_summary(cx, state)}
        {content}
    };
    let page = desk_page::admin_page(cx, cx.t("personal_data.erasures"), main).status(status);
    Ok(ui::respond(&req.app, cx, page).await)
}

fn one(cx: &Cx, state: &FormState, waiting: &Waiting) -> AnyView {
    let request = &waiting.request;
    // One of several forms of the page: its field has a name of its own.
    let name = format!("answer.{}", request.id);
    let answer = Line { max: LONGEST, required: true, hint: "personal_data.answer_hint", ..Line::default() };
    let by = request.asked_name.clone().unwrap_or_else(|| cx.t("cases.submitter").into_owned());
    let asked = cx.tf("personal_data.asked", &[("who", &by), ("when", &time::moment(cx, request.asked_at))]);
    let what = if request.submission_id.is_some() { "personal_data.what.person" } else { "personal_data.what.case" };
    let facts = format!("{} · {}", cx.word("channel", request.channel.code()), time::day(cx, request.received_at));
    let (number, words) = (request.number.clone(), request.words.clone());
    let words = (!words.is_empty()).then(|| view! { <dt>{cx.t("personal_data.words")}</dt><dd>{words}</dd> });
    let stays = waiting.stays.map(|key| view! { <p class="banner warn">{cx.t(key)}</p> });
    let grant = waiting.stays.is_none().then(|| {
        view! {
            <button class="button danger" type="submit" name="decision" value="grant">{cx.t("personal_data.grant")}</button>
        }
    });
    view! {
        <section class="card">
            <h2><span class="case-number">{number}</span>" "<small>{facts}</small></h2>
            <p>{asked}</p>
            <dl class="facts">
                <dt>{cx.t("personal_data.what")}</dt><dd>{cx.t(what)}</dd>
                <dt>{cx.t("personal_data.basis")}</dt><dd>{cx.word("personal_data.basis", request.basis.code())}</dd>
                <dt>{cx.t("personal_data.proof")}</dt><dd>{cx.word("personal_data.proof", request.proof.code())}</dd>
                {words}
            </dl>
            {stays}
            {with_parts(cx, waiting.parts)}
            <form method="post" action=format!("/desk/erasures/{}", request.id)>
                {field::token(cx)}
                {field::text_area(cx, state, &name, "personal_data.answer", answer)}
                <p class="button-row">
                    {grant}
                    <button class="button" type="submit" name="decision" value="refuse">{cx.t("personal_data.refuse")}</button>
                </p>
            </form>
        </section>
    }
    .into_any()
}

/// `POST /desk/erasures/{id}`.
pub async fn decide(req: Req) -> Result<Response> {
    let id = ErasureRequestId::parse(req.param("id")).ok_or(Error::NotFound)?;
    let actor = req.actor()?;
    let waiting = requests::waiting_for(&mut req.app.db.read().await?, &actor).await?;
    if !waiting.iter().any(|w| w.request.id == id) {
        // Decided meanwhile, or never theirs: both look the same.
        return Err(Error::NotFound);
    }
    let grant = match req.form.text("decision") {
        "grant" => true,
        "refuse" => false,
        _ => return Err(Error::Bad("error.bad_form")),
    };
    let name = format!("answer.{id}");
    let answer = normalize_text(req.form.text(&name));
    let mut state = FormState::of(req.form.clone());
    if answer.is_empty() {
        state.error(name, "cases.error.reason_missing");
        return show(&req, &state, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    if char_count(&answer) > LONGEST {
        state.error_with(name, "cases.error.too_long", &[("most", LONGEST.to_string())]);
        return show(&req, &state, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    match requests::decide(&req.app, &actor, id, grant, &answer).await {
        Ok(()) => Ok(respond::see_other("/desk/erasures")),
        Err(Error::Bad(key)) => {
            state.error(name, key);
            show(&req, &state, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(Error::Conflict) => {
            state.error("", "error.conflict");
            show(&req, &state, StatusCode::CONFLICT).await
        }
        Err(other) => Err(other),
    }
}
