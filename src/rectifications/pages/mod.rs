//! Pages of rectifications at the desk.

mod file;
pub mod list;
pub mod new;
pub mod one;

use std::sync::Arc;

use axum::http::{HeaderValue, header};
use leptos::prelude::*;

use crate::{
    attachments::{
        model::StoredFile,
        staged::{self, Place, Staged},
    },
    error::Result,
    http::{App, Cx, Req, Response, respond},
    rectifications::model::{Photo, Rectification, Side, State, yuan},
    ui::{FormState, field, icon},
};

/// Where a form has its photos.
const PHOTOS: Place<'static> = Place { field: "photos", tokens: "photo_token", most: 4 };

/// Where one stands, as a pill.
fn state_pill(cx: &Cx, one: &Rectification) -> AnyView {
    let class = match one.state {
        _ if one.is_late(cx.now) => "pill late",
        State::Open => "pill warn",
        State::Reported => "pill",
        State::Fixed => "pill ok",
        State::NotFixed => "pill late",
        State::Withdrawn => "pill soft",
    };
    let word = cx.word("rectifications.state", one.state.code());
    let late = one.is_late(cx.now).then(|| cx.t("rectifications.late"));
    view! { <span class=class>{word}{late.map(|l| format!(" · {l}"))}</span> }.into_any()
}

/// Money in words.
fn money(cx: &Cx, fen: i64) -> String {
    cx.tf("rectifications.yuan", &[("amount", &yuan(fen))])
}

/// The photos of a form: those accepted before and new ones. A paper shows nothing.
async fn photos_of(app: &Arc<App>, req: &Req, state: &mut FormState) -> Result<Vec<Staged>> {
    let mut files = staged::files_of(app, &req.form, PHOTOS, state).await?;
    if files.iter().any(|f| f.file.kind == "pdf") {
        files.retain(|f| f.file.kind != "pdf");
        state.error(PHOTOS.field, "rectifications.error.photo");
    }
    Ok(files)
}

fn stored(files: &[Staged]) -> Vec<StoredFile> {
    files.iter().map(|f| f.file.clone()).collect()
}

/// The field of photos. Those that were sent already stay, by their tokens.
fn photo_field(cx: &Cx, state: &FormState, label: &'static str, required: bool, kept: &[Staged]) -> AnyView {
    let error = state.message(cx, PHOTOS.field);
    let tokens = kept.iter().map(|f| field::hidden(PHOTOS.tokens, f.token.clone())).collect_view();
    let count = (!kept.is_empty())
        .then(|| view! { <p class="hint">{cx.tf("rectifications.kept", &[("count", &kept.len().to_string())])}</p> });
    let optional = (!required).then(|| field::optional(cx));
    view! {
        <div class=if error.is_some() { "field has-error" } else { "field" }>
            <p class="label" id="photos-label">{cx.t(label)}{optional}</p>
            <p class="hint" id="f-photos-hint">{cx.t("rectifications.photos_hint")}</p>
            {error.clone().map(|e| view! { <p class="error" id="f-photos-error">{e}</p> })}
            {count}{tokens}
            <label class="photo-add">
                <input type="file" id="f-photos" name=PHOTOS.field multiple accept="image/*" aria-labelledby="photos-label"
                    aria-describedby=if error.is_some() { "f-photos-error f-photos-hint" } else { "f-photos-hint" }/>
                <span>{icon::icon(icon::CAMERA)}{cx.t("rectifications.add_photo")}</span>
            </label>
        </div>
    }
    .into_any()
}

/// Photos of one side, below an address; `round` when the side has several.
pub fn gallery(cx: &Cx, photos: &[Photo], side: Side, round: Option<i64>, address: &str) -> Option<AnyView> {
    let label = cx.word("rectifications.side", side.code()).into_owned();
    let shown: Vec<&Photo> =
        photos.iter().filter(|p| p.side == side && round.is_none_or(|round| p.round == round)).collect();
    if shown.is_empty() {
        return None;
    }
    let items = shown
        .into_iter()
        .enumerate()
        .map(|(i, p)| {
            let src = format!("{address}/photos/{}", p.id);
            let alt = format!("{label} {}", i + 1);
            view! { <li class="photo"><a href=src.clone()><img src=src.clone() alt=alt/></a></li> }
        })
        .collect_view();
    let view = view! { <h3>{label.clone()}</h3><ul class="photos">{items}</ul> };
    Some(view.into_any())
}

/// A photo, shown in the page only; nothing in it runs, and nothing of it is kept on the way (promise 23).
pub fn served(photo: &Photo, bytes: Vec<u8>) -> Response {
    let mime = if photo.kind == "png" { "image/png" } else { "image/jpeg" };
    let mut response = respond::download(mime, &format!("zhenggai.{}", photo.kind), bytes);
    let head = response.headers_mut();
    head.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("inline"));
    head.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
