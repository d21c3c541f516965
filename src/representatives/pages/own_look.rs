//! `/rep/rechecks/{id}`: a second look at one drawn case or rectification. The page knows number, topic, place, answer
//! and day; of a rectification the measure, the report, and the photos before and after.

use axum::http::StatusCode;
use leptos::prelude::*;

use crate::{
    attachments::staged::{self, Place, Staged},
    error::{Error, Result},
    http::{Cx, Req, Response, respond},
    kernel::ids::{RecheckId, RectificationPhotoId},
    organizations,
    rectifications::{
        self,
        model::Side,
        pages::{gallery, served},
    },
    representatives::{
        form::{self, MAX_WORDS},
        looks::{self, Seen, What},
        model::Finding,
        pages::{phone, rechecks::found_pill},
    },
    ui::{
        self, FormState,
        field::{self, Line},
        icon, time,
    },
};

/// Photos of one look.
const PHOTOS: Place<'static> = Place { field: "photos", tokens: "photo_token", most: 3 };

async fn asked_for(req: &Req) -> Result<Seen> {
    let id = RecheckId::parse(req.param("id")).ok_or(Error::NotFound)?;
    looks::one(&req.app, &mut req.app.db.read().await?, &*req.actor()?, id).await
}

/// `GET /rep/rechecks/{id}`.
pub async fn page(req: Req) -> Result<Response> {
    let seen = asked_for(&req).await?;
    answer(&req, &seen, &FormState::default(), &[], StatusCode::OK).await
}

/// `POST /rep/rechecks/{id}`.
pub async fn finish(req: Req) -> Result<Response> {
    let seen = asked_for(&req).await?;
    let mut state = FormState::of(req.form.clone());
    let read = form::look(&mut state);
    let files = staged::files_of(&req.app, &req.form, PHOTOS, &mut state).await?;
    match read {
        Some((found, comment)) if state.is_ok() => {
            let stored: Vec<_> = files.into_iter().map(|f| f.file).collect();
            looks::finish(&req.app, &*req.actor()?, seen.recheck.id, found, &comment, &stored).await?;
            Ok(respond::see_other("/rep"))
        }
        _ => answer(&req, &seen, &state, &files, StatusCode::UNPROCESSABLE_ENTITY).await,
    }
}

async fn answer(req: &Req, seen: &Seen, state: &FormState, kept: &[Staged], status: StatusCode) -> Result<Response> {
    let (cx, actor) = (&req.cx, req.actor()?);
    let topics = organizations::actions::all_topics(&mut req.app.db.read().await?, actor.organization_id).await?;
    let topic = topics.iter().find(|t| t.id == seen.what.topic_id()).map_or("", |t| t.label(cx.lang)).to_string();
    let title = format!("{} · {topic}", seen.what.place());
    let rest = if seen.recheck.result.is_some() {
        let comment = seen.recheck.comment.clone();
        view! { <p>{found_pill(cx, seen.recheck.result)}</p><p>{comment}</p> }.into_any()
    } else if seen.what.waits() {
        look_form(cx, state, seen, kept)
    } else {
        let withdrawn = matches!(&seen.what, What::Rectification(one) if one.is_withdrawn);
        let key = if withdrawn { "representatives.own.withdrawn" } else { "representatives.own.again_open" };
        view! { <p class="banner warn">{cx.t(key)}</p> }.into_any()
    };
    let main = view! {
        {field::error_summary(cx, state)}
        {told(cx, seen)}
        {rest}
    };
    let page = phone(cx, &title, Some("/rep"), main.into_any()).status(status);
    Ok(ui::respond(&req.app, cx, page).await)
}

/// What there is to compare with: the answer to a case, or what was to be put in order and was reported done.
fn told(cx: &Cx, seen: &Seen) -> AnyView {
    match &seen.what {
        What::Case(case) => {
            let when = case.answered_at.map(|at| cx.tf("representatives.own.answered", &[("day", &time::day(cx, at))]));
            let (number, reply) = (case.number.clone(), case.reply.clone());
            view! {
                <p class="hint">{number}</p>
                <section class="card">
                    <h2>{cx.t("representatives.own.reply")}</h2>
                    <blockquote class="quote"><p>{reply}</p></blockquote>
                    {when.map(|w| view! { <p class="hint">{w}</p> })}
                </section>
            }
            .into_any()
        }
        What::Rectification(one) => {
            let here = format!("/rep/rechecks/{}", seen.recheck.id);
            let when = one.reported_at.map(|at| cx.tf("representatives.own.reported", &[("day", &time::day(cx, at))]));
            let (measure, report) = (one.measure.clone(), one.report.clone());
            view! {
                <section class="card">
                    <h2>{cx.t("rectifications.one")}</h2>
                    <p>{measure}</p>
                    {gallery(cx, &one.photos, Side::Before, None, &here)}
                </section>
                <section class="card">
                    <h2>{cx.t("rectifications.report")}</h2>
                    <blockquote class="quote"><p>{report}</p></blockquote>
                    {when.map(|w| view! { <p class="hint">{w}</p> })}
                    {gallery(cx, &one.photos, Side::After, None, &here)}
                </section>
            }
            .into_any()
        }
    }
}

/// `GET /rep/rechecks/{id}/photos/{file}`: a photo before or after, of what was drawn for this representative.
pub async fn photo(req: Req) -> Result<Response> {
    let seen = asked_for(&req).await?;
    let id = RectificationPhotoId::parse(req.param("file")).ok_or(Error::NotFound)?;
    let What::Rectification(one) = &seen.what else { return Err(Error::NotFound) };
    let mut c = req.app.db.read().await?;
    let (photo, bytes) = rectifications::looks::photo(&req.app, &mut c, one, id).await?;
    Ok(served(&photo, bytes))
}

fn look_form(cx: &Cx, state: &FormState, seen: &Seen, kept: &[Staged]) -> AnyView {
    let results: Vec<(String, String)> = Finding::ALL
        .iter()
        .map(|f| (f.code().to_string(), cx.word("representatives.found", f.code()).into_owned()))
        .collect();
    let comment = Line {
        kind: "",
        autocomplete: "off",
        max: MAX_WORDS,
        required: false,
        hint: "representatives.own.comment_hint",
    };
    view! {
        <form method="post" enctype="multipart/form-data" action=format!("/rep/rechecks/{}", seen.recheck.id)>
            {field::token(cx)}
            {field::chips(cx, state, "result", "representatives.own.question", &results, true)}
            {field::text_area(cx, state, "comment", "representatives.comment", comment)}
            {photos(cx, state, kept)}
            <p>
                <button class="button main wide" type="submit">{cx.t("representatives.own.send")}</button>
            </p>
        </form>
    }
    .into_any()
}

/// Photos that were taken already stay, by their tokens.
fn photos(cx: &Cx, state: &FormState, kept: &[Staged]) -> AnyView {
    let error = state.message(cx, PHOTOS.field);
    let tokens = kept.iter().map(|f| field::hidden(PHOTOS.tokens, f.token.clone())).collect_view();
    let count = (!kept.is_empty()).then(
        || view! { <p class="hint">{cx.tf("representatives.own.kept", &[("count", &kept.len().to_string())])}</p> },
    );
    view! {
        <div class=if error.is_some() { "field has-error" } else { "field" }>
            <p class="label" id="photos-label">{cx.t("representatives.own.photos")}{field::optional(cx)}</p>
            {error.clone().map(|e| view! { <p class="error" id="f-photos-error">{e}</p> })}
            {count}{tokens}
            <label class="photo-add">
                <input type="file" id="f-photos" name=PHOTOS.field multiple accept="image/*" aria-labelledby="photos-label"/>
                <span>{icon::icon(icon::CAMERA)}{cx.t("representatives.own.add_photo")}</span>
            </label>
        </div>
    }
    .into_any()
}
