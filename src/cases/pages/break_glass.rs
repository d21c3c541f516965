//! The emergency look: `/desk/break-glass` shows, once, what a case says; `/desk/glass-reviews` judges it afterwards.

use axum::http::StatusCode;
use leptos::prelude::*;

use crate::{
    cases::{
        break_glass::{self, Seen, Verdict},
        form,
        pages::identity::contact_list,
        store::glass_breaks::GlassBreak,
    },
    error::{Error, Result},
    http::{Cx, Req, Response, respond},
    kernel::ids::GlassBreakId,
    ui::{
        self, FormState, Page, desk_page,
        field::{self, Line},
        icon, time,
    },
};

const NUMBER: Line =
    Line { kind: "codes", autocomplete: "off", max: 20, required: true, hint: "cases.glass.number_hint" };
const REASON: Line = Line { kind: "", autocomplete: "", max: 1000, required: true, hint: "cases.glass.reason_hint" };
const WORDS: Line = Line { kind: "", autocomplete: "", max: 1000, required: true, hint: "" };

/// `GET /desk/break-glass`.
pub async fn page(req: Req) -> Result<Response> {
    let mut state = FormState::default();
    state.values.set("number", req.query.text("case"));
    Ok(ui::respond(&req.app, &req.cx, ask(&req.cx, &state)).await)
}

fn ask(cx: &Cx, state: &FormState) -> Page {
    let main = view! {
        <h1>{cx.t("cases.glass.title")}</h1>
        {field::error_summary(cx, state)}
        <p class="banner warn">{cx.t("cases.glass.explain")}</p>
        <form method="post" action="/desk/break-glass">
            {field::token(cx)}
            {field::line(cx, state, "number", "cases.glass.number", NUMBER)}
            {field::text_area(cx, state, "reason", "cases.reason", REASON)}
            <p><button class="button danger" type="submit">{cx.t("cases.glass.look")}</button></p>
        </form>
    };
    desk_page::admin_page(cx, cx.t("cases.glass.title"), main)
}

/// `POST /desk/break-glass`: the answer is what the case says.
pub async fn look(req: Req) -> Result<Response> {
    let mut state = match form::words(&req.form, "reason", "cases.error.reason_missing") {
        Ok(reason) => match break_glass::look(&req.app, &*req.actor()?, req.form.text("number"), &reason).await {
            Ok(seen) => return Ok(ui::respond(&req.app, &req.cx, shown(&req.cx, seen)).await),
            Err(Error::NotFound) => FormState::of(req.form.clone()),
            Err(other) => return Err(other),
        },
        Err(state) => state,
    };
    if state.is_ok() {
        state.error("number", "cases.glass.error.none");
    }
    let page = ask(&req.cx, &state).status(StatusCode::UNPROCESSABLE_ENTITY);
    Ok(ui::respond(&req.app, &req.cx, page).await)
}

fn shown(cx: &Cx, seen: Seen) -> Page {
    let texts = seen
        .submissions
        .into_iter()
        .map(|s| {
            let answers = s
                .answers
                .into_iter()
                .map(|(question, answer)| view! { <dt>{question}</dt><dd>{answer}</dd> })
                .collect_view();
            view! {
                <section class="card">
                    <p class="hint">{cx.word("intake.person", s.person.code())}" · "{time::moment(cx, s.received_at)}</p>
                    <blockquote class="quote"><p>{s.body}</p></blockquote>
                    <dl class="facts">{answers}</dl>
                </section>
            }
        })
        .collect_view();
    let nobody = seen.contacts.is_empty().then(|| view! { <p>{cx.t("cases.glass.anonymous")}</p> });
    let main = view! {
        <small class="case-number">{seen.number}</small>
        <h1>{cx.t("cases.glass.title")}</h1>
        <p class="banner warn">{cx.t("cases.glass.once")}</p>
        <p><a class="button" href="tel:110">"110"</a>" "<a class="button" href="tel:120">"120"</a>" "<a class="button" href="tel:12355">"12355"</a></p>
        {texts}
        {nobody}
        {contact_list(cx, seen.contacts)}
    };
    desk_page::admin_page(cx, cx.t("cases.glass.title"), main)
}

/// `GET /desk/glass-reviews`.
pub async fn reviews(req: Req) -> Result<Response> {
    list(&req, &FormState::default(), StatusCode::OK).await
}

async fn list(req: &Req, state: &FormState, status: StatusCode) -> Result<Response> {
    let (cx, actor) = (&req.cx, req.actor()?);
    let looks = break_glass::newest(&mut req.app.db.read().await?, &actor).await?;
    let content = if looks.is_empty() {
        view! { <div class="empty">{icon::icon(icon::BELL)}<p>{cx.t("cases.glass.none")}</p></div> }.into_any()
    } else {
        looks.iter().map(|g| one(cx, state, g, g.broken_by == actor.staff_id)).collect_view().into_any()
    };
    let main = view! {
        <h1>{cx.t("cases.glass.reviews")}</h1>
        <p>{cx.t("cases.glass.reviews_hint")}</p>
        {field::error_summary(cx, state)}
        {content}
    };
    let page = desk_page::admin_page(cx, cx.t("cases.glass.reviews"), main).status(status);
    Ok(ui::respond(&req.app, cx, page).await)
}

fn one(cx: &Cx, state: &FormState, look: &GlassBreak, own: bool) -> AnyView {
    let (number, reason, who) = (look.number.clone(), look.reason.clone(), look.broken_name.clone());
    let pill = match look.verdict {
        Verdict::Open => "pill warn",
        Verdict::Justified => "pill ok",
        Verdict::NotJustified => "pill late",
    };
    let after = match (look.verdict, own) {
        (Verdict::Open, true) => view! { <p class="hint">{cx.t("cases.glass.own")}</p> }.into_any(),
        (Verdict::Open, false) => review_form(cx, state, look),
        _ => {
            let by = look.reviewed_name.clone().unwrap_or_default();
            let when = look.reviewed_at.map(|at| time::moment(cx, at));
            let words = look.words.clone();
            view! { <p>{words}<small class="soft">" "{by}" · "{when}</small></p> }.into_any()
        }
    };
    view! {
        <section class="card">
            <p><small class="case-number">{number}</small>" "<span class=pill>{cx.word("cases.glass.verdict", look.verdict.code())}</span></p>
            <p>{who}" · "{time::moment(cx, look.broken_at)}</p>
            <dl class="facts"><dt>{cx.t("cases.reason")}</dt><dd>{reason}</dd></dl>
            {after}
        </section>
    }
    .into_any()
}

fn review_form(cx: &Cx, state: &FormState, look: &GlassBreak) -> AnyView {
    let (verdict, words) = (format!("verdict.{}", look.id), format!("words.{}", look.id));
    let options = [Verdict::Justified, Verdict::NotJustified]
        .map(|v| (v.code().to_string(), cx.word("cases.glass.verdict", v.code()).into_owned()));
    view! {
        <form method="post" action=format!("/desk/glass-reviews/{}", look.id)>
            {field::token(cx)}
            {field::chips(cx, state, &verdict, "cases.glass.judge", &options, true)}
            {field::text_area(cx, state, &words, "cases.glass.words", WORDS)}
            <p><button class="button main" type="submit">{cx.t("cases.glass.save")}</button></p>
        </form>
    }
    .into_any()
}

/// `POST /desk/glass-reviews/{id}`.
pub async fn review(req: Req) -> Result<Response> {
    let id = GlassBreakId::parse(req.param("id")).ok_or(Error::NotFound)?;
    let actor = req.actor()?;
    let known = break_glass::newest(&mut req.app.db.read().await?, &actor).await?;
    if known.iter().all(|g| g.id != id) {
        return Err(Error::NotFound);
    }
    let field = format!("verdict.{id}");
    let verdict = Verdict::parse(req.form.text(&field)).filter(|v| *v != Verdict::Open);
    let words = form::words(&req.form, &format!("words.{id}"), "cases.error.reason_missing");
    let (verdict, words) = match (verdict, words) {
        (Some(verdict), Ok(words)) => (verdict, words),
        (None, words) => {
            let mut state = words.err().unwrap_or_else(|| FormState::of(req.form.clone()));
            state.error(field, "cases.glass.error.verdict");
            return list(&req, &state, StatusCode::UNPROCESSABLE_ENTITY).await;
        }
        (_, Err(state)) => return list(&req, &state, StatusCode::UNPROCESSABLE_ENTITY).await,
    };
    match break_glass::review(&req.app, &actor, id, verdict, &words).await {
        Ok(()) => Ok(respond::see_other("/desk/glass-reviews")),
        Err(Error::Conflict) => {
            let mut state = FormState::of(req.form.clone());
            state.error("", "error.conflict");
            list(&req, &state, StatusCode::CONFLICT).await
        }
        Err(other) => Err(other),
    }
}
