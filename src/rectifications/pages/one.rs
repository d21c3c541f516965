//! `/desk/rectifications/{id}`: one, with its photos before and after, and what happened.

use axum::http::StatusCode;
use leptos::prelude::*;

use crate::{
    attachments::staged::Staged,
    audit::{self, Entry},
    error::{Error, Result},
    http::{Cx, Req, Response, respond},
    kernel::ids::{RectificationId, RectificationPhotoId},
    rectifications::{
        actions,
        form::{self, LONGEST},
        model::{Photo, Rectification, Side, Step, StepKind},
        pages::{PHOTOS, gallery, money, photo_field, photos_of, served, state_pill, stored},
        withdraw,
    },
    ui::{
        self, FormState, Page, back, desk_page,
        field::{self, Line},
        time,
    },
};

/// What the page shows.
struct Shown {
    one: Rectification,
    steps: Vec<Step>,
    photos: Vec<Photo>,
    may_report: bool,
    may_withdraw: bool,
    kept: Vec<Staged>,
}

async fn read(req: &Req) -> Result<Shown> {
    let id = RectificationId::parse(req.param("id")).ok_or(Error::NotFound)?;
    let actor = req.actor()?;
    let mut c = req.app.db.read().await?;
    let one = actions::by_id(&mut c, &actor, id).await?;
    Ok(Shown {
        may_report: actions::may_report(&actor, &one),
        steps: actions::steps(&mut c, id).await?,
        photos: actions::photos(&mut c, id).await?,
        kept: Vec::new(),
        may_withdraw: withdraw::may_withdraw(&actor, &one),
        one,
    })
}

/// `GET /desk/rectifications/{id}`.
pub async fn page(req: Req) -> Result<Response> {
    let shown = read(&req).await?;
    Ok(ui::respond(&req.app, &req.cx, view_of(&req.cx, &shown, &FormState::default())).await)
}

/// `POST /desk/rectifications/{id}/report`: it is done.
pub async fn report(req: Req) -> Result<Response> {
    let mut shown = read(&req).await?;
    let mut state = FormState::of(req.form.clone());
    let said = form::report(&mut state);
    shown.kept = photos_of(&req.app, &req, &mut state).await?;
    if shown.kept.is_empty() && state.message(&req.cx, PHOTOS.field).is_none() {
        state.error(PHOTOS.field, "rectifications.error.after");
    }
    let seen = req.form.text("version").parse::<i64>().ok();
    let status = match said.filter(|_| state.is_ok()) {
        _ if seen != Some(shown.one.version) => StatusCode::CONFLICT,
        Some((words, actual)) => {
            let files = stored(&shown.kept);
            match actions::report(&req.app, &*req.actor()?, &shown.one, &words, actual, &files).await {
                Ok(()) => return Ok(respond::see_other(&format!("/desk/rectifications/{}", shown.one.id))),
                Err(Error::Conflict) => StatusCode::CONFLICT,
                Err(other) => return Err(other),
            }
        }
        None => StatusCode::UNPROCESSABLE_ENTITY,
    };
    refused(&req, shown, state, status).await
}

/// The page again; as it is now, when somebody was faster.
async fn refused(req: &Req, mut shown: Shown, mut state: FormState, status: StatusCode) -> Result<Response> {
    if status == StatusCode::CONFLICT {
        shown = Shown { kept: shown.kept, ..read(req).await? };
        state.errors.clear();
        state.error("", "error.conflict");
    }
    Ok(ui::respond(&req.app, &req.cx, view_of(&req.cx, &shown, &state).status(status)).await)
}

/// `POST /desk/rectifications/{id}/withdraw`: it was a mistake.
pub async fn withdraw(req: Req) -> Result<Response> {
    let (shown, actor) = (read(&req).await?, req.actor()?);
    if !withdraw::is_theirs(&actor, &shown.one) {
        return Err(Error::NotFound);
    }
    let mut state = FormState::of(req.form.clone());
    let reason = form::withdrawal(&mut state);
    let status = match reason {
        _ if req.form.text("version").parse() != Ok(shown.one.version) => StatusCode::CONFLICT,
        Some(reason) => match withdraw::withdraw(&req.app, &actor, &shown.one, &reason).await {
            Ok(()) => return Ok(respond::see_other(&format!("/desk/rectifications/{}", shown.one.id))),
            Err(Error::Conflict) => StatusCode::CONFLICT,
            Err(other) => return Err(other),
        },
        None => StatusCode::UNPROCESSABLE_ENTITY,
    };
    refused(&req, shown, state, status).await
}

/// `GET /desk/rectifications/{id}/photos/{file}`. That somebody read it is written down.
pub async fn photo(req: Req) -> Result<Response> {
    let id = RectificationId::parse(req.param("id")).ok_or(Error::NotFound)?;
    let file = RectificationPhotoId::parse(req.param("file")).ok_or(Error::NotFound)?;
    let actor = req.actor()?;
    let mut tx = req.app.db.write().await?;
    let one = actions::by_id(&mut tx, &actor, id).await?;
    let (photo, bytes) = actions::photo(&req.app, &mut tx, one.id, file).await?;
    let entry = Entry::new("rectification.photo_read", "rectification").actor(&actor).entity(one.id.0).detail(photo.id);
    audit::record(&req.app, &mut tx, actor.organization_id, entry).await?;
    tx.commit().await?;
    Ok(served(&photo, bytes))
}

fn view_of(cx: &Cx, shown: &Shown, state: &FormState) -> Page {
    let one = &shown.one;
    let here = format!("/desk/rectifications/{}", one.id);
    // What was typed into a form that is no longer there.
    let offered = if state.values.has("reason") { shown.may_withdraw } else { shown.may_report };
    let conflict = !offered && !state.is_ok();
    let main = view! {
        {back::link("/desk/rectifications", cx.t("rectifications.title"))}
        <header class="page-head"><h1>{cx.t("rectifications.one")}</h1></header>
        <p>{state_pill(cx, one)}</p>
        {field::error_summary(cx, state)}
        {conflict.then(|| field::unsent(cx, &state.values))}
        <section class="card">{facts(cx, shown)}</section>
        {gallery(cx, &shown.photos, Side::Before, None, &here)}
        {story(cx, shown, &here)}
        {shown.may_report.then(|| report_form(cx, shown, &here, state))}
        {shown.may_withdraw.then(|| withdraw_form(cx, shown, &here, state))}
    };
    desk_page::admin_page(cx, cx.t("rectifications.one"), main)
}

fn facts(cx: &Cx, shown: &Shown) -> AnyView {
    let one = &shown.one;
    let fact = |label: &'static str, value: Option<String>| value.map(|v| view! { <dt>{cx.t(label)}</dt><dd>{v}</dd> });
    let case = one.number.as_ref().map(|number| {
        let (href, number) = (format!("/desk/cases/{number}"), number.clone());
        view! { <dt>{cx.t("rectifications.case")}</dt><dd><a href=href>{number}</a></dd> }
    });
    let made = format!("{} · {}", one.made_by, time::day(cx, one.made_at));
    view! {
        <dl class="facts long-facts">
            {fact("rectifications.withdrawn_because", one.withdrawn_because.clone())}
            {fact("rectifications.measure", Some(one.measure.clone()))}
            {fact("rectifications.place", Some(one.place.clone()).filter(|p| !p.is_empty()))}
            {fact("rectifications.department", Some(one.department.clone()))}
            {fact("rectifications.person", one.person.clone())}
            {fact("rectifications.due", Some(time::day(cx, one.due_at)))}
            {fact("rectifications.planned", one.planned_fen.map(|fen| money(cx, fen)))}
            {fact("rectifications.actual", one.actual_fen.map(|fen| money(cx, fen)))}
            {case}
            {fact("rectifications.made", Some(made))}
        </dl>
    }
    .into_any()
}

/// What was reported and what was found, the oldest first, each with its photos.
fn story(cx: &Cx, shown: &Shown, here: &str) -> AnyView {
    shown
        .steps
        .iter()
        .map(|step| {
            let side = if step.kind == StepKind::Reported { Side::After } else { Side::Look };
            let (name, words) = (step.name.clone(), step.words.clone());
            view! {
                <section class="card">
                    <h2>{cx.word("rectifications.step", step.kind.code())}</h2>
                    <p class="hint">{name}" · "{time::moment(cx, step.at)}</p>
                    {(!words.is_empty()).then(|| view! { <p>{words}</p> })}
                    {gallery(cx, &shown.photos, side, Some(step.round), here)}
                </section>
            }
        })
        .collect_view()
        .into_any()
}

fn report_form(cx: &Cx, shown: &Shown, here: &str, state: &FormState) -> AnyView {
    let text = Line { max: LONGEST, required: true, hint: "rectifications.report_hint", ..Line::default() };
    let cost =
        Line { kind: "decimal", autocomplete: "off", max: 0, required: false, hint: "rectifications.money_hint" };
    view! {
        <h2>{cx.t("rectifications.report_title")}</h2>
        <form method="post" action=format!("{here}/report") enctype="multipart/form-data">
            {field::token(cx)}
            {field::hidden("version", shown.one.version.to_string())}
            {field::text_area(cx, state, "report", "rectifications.report", text)}
            {photo_field(cx, state, "rectifications.photos_after", true, &shown.kept)}
            {field::line(cx, state, "actual", "rectifications.actual", cost)}
            <p class="button-row"><button class="button main" type="submit">{cx.t("rectifications.send_report")}</button></p>
        </form>
    }
    .into_any()
}

/// Taking it back: what it will mean, and why.
fn withdraw_form(cx: &Cx, shown: &Shown, here: &str, state: &FormState) -> AnyView {
    let text = Line { max: LONGEST, required: true, hint: "rectifications.reason_hint", ..Line::default() };
    view! {
        <details class="fold" open=state.values.has("reason")>
            <summary>{cx.t("rectifications.withdraw_title")}</summary>
            <form method="post" action=format!("{here}/withdraw")>
                <p>{cx.t("rectifications.withdraw_text")}</p>
                {field::token(cx)}
                {field::hidden("version", shown.one.version.to_string())}
                {field::text_area(cx, state, "reason", "rectifications.reason", text)}
                <p class="button-row"><button class="button quiet" type="submit">{cx.t("rectifications.withdraw")}</button></p>
            </form>
        </details>
    }
    .into_any()
}
