//! One opening: its letters, and why some of them are missing.

use axum::http::{HeaderValue, StatusCode, header};
use leptos::prelude::*;

use crate::{
    access_points::{self, model::AccessPoint},
    boxes::{actions, form, model::Opening, pages::state_pill},
    error::{Error, Result},
    http::{Cx, Form, Req, Response, respond},
    kernel::ids::OpeningId,
    ui::{
        self, FormState, Page, back, desk_page,
        field::{self, Line},
        time,
    },
};

async fn asked_for(req: &Req) -> Result<(Opening, AccessPoint, bool)> {
    let id = OpeningId::parse(req.param("id")).ok_or(Error::NotFound)?;
    let org = req.actor()?.organization_id;
    let mut c = req.app.db.read().await?;
    let opening = actions::by_id(&mut c, org, id).await?;
    let point = access_points::actions::by_id(&mut c, org, opening.access_point_id).await?;
    let sealed = actions::has_seal(&mut c, org, id).await?;
    Ok((opening, point, sealed))
}

/// `GET /desk/box-openings/{id}/seal`: the photo.
pub async fn seal(req: Req) -> Result<Response> {
    let id = OpeningId::parse(req.param("id")).ok_or(Error::NotFound)?;
    let mut c = req.app.db.read().await?;
    let (bytes, kind) = actions::seal(&req.app, &mut c, req.actor()?.organization_id, id).await?;
    let mime = if kind == "png" { "image/png" } else { "image/jpeg" };
    let mut response = respond::download(mime, &format!("fengtiao.{kind}"), bytes);
    response.headers_mut().insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("inline"));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// `GET /desk/box-openings/{id}`.
pub async fn opening_page(req: Req) -> Result<Response> {
    let (opening, point, sealed) = asked_for(&req).await?;
    let state = FormState::of(Form::from_pairs([("explanation", opening.explanation.as_str())]));
    Ok(ui::respond(&req.app, &req.cx, view_of(&req.cx, &opening, &point, sealed, &state)).await)
}

/// `POST /desk/box-openings/{id}`: why letters are missing.
pub async fn explain(req: Req) -> Result<Response> {
    let (opening, point, sealed) = asked_for(&req).await?;
    match form::explanation(&req.form) {
        Ok(words) => {
            actions::explain(&req.app, &*req.actor()?, opening.id, &words).await?;
            Ok(respond::see_other(&format!("/desk/box-openings/{}", opening.id)))
        }
        Err(state) => {
            let page = view_of(&req.cx, &opening, &point, sealed, &state).status(StatusCode::UNPROCESSABLE_ENTITY);
            Ok(ui::respond(&req.app, &req.cx, page).await)
        }
    }
}

fn view_of(cx: &Cx, opening: &Opening, point: &AccessPoint, sealed: bool, state: &FormState) -> Page {
    let here = format!("/desk/box-openings/{}", opening.id);
    let title = format!("{} · {}", point.place, time::moment(cx, opening.opened_at));
    let people = format!("{}、{}", opening.opener, opening.witness);
    let counts =
        cx.tf("boxes.counts", &[("letters", &opening.letters.to_string()), ("typed", &opening.typed.to_string())]);
    let type_in = opening.takes_letters().then(|| {
        let href = format!("{here}/letter");
        view! { <p class="button-row"><a class="button main" href=href>{cx.t("boxes.type_in")}</a></p> }
    });
    let explanation = (opening.takes_letters() || !opening.explanation.is_empty()).then(|| {
        let line = Line { required: true, hint: "boxes.explanation_hint", ..Line::default() };
        view! {
            <form method="post" action=here.clone()>
                {field::token(cx)}
                {field::text_area(cx, state, "explanation", "boxes.explanation", line)}
                <p class="button-row"><button class="button" type="submit">{cx.t("boxes.explain")}</button></p>
            </form>
        }
    });
    let photo = sealed.then(|| {
        let href = format!("{here}/seal");
        view! { <ul class="photos"><li class="photo"><a href=href.clone()><img src=href.clone() alt=cx.t("boxes.seal.photo")/></a></li></ul> }
    });
    let main = view! {
        {back::link("/desk/boxes", cx.t("boxes.title"))}
        <header class="page-head"><h1>{title.clone()}</h1></header>
        <p>{people}</p>
        <p>{counts}" "{state_pill(cx, opening)}</p>
        {field::error_summary(cx, state)}
        {photo}
        {type_in}
        {explanation}
    };
    desk_page::admin_page(cx, title, main)
}
