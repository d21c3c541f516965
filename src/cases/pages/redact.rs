//! `/desk/cases/{number}/redact/…`: a photo under a grid whose cells are ticked, and a text with words to hide; first to look
//! at, then to send. Works without scripts: a cell is a tick box.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use base64::{Engine, engine::general_purpose::STANDARD};
use leptos::prelude::*;

use crate::{
    attachments::{
        Cleaned,
        redact::{COLUMNS, Cell, hide_words},
    },
    cases::{
        form,
        pages::verbs::OFFICE,
        redact::{self, Picture},
        write,
    },
    error::{Error, Result},
    http::{Req, Response, Route, respond},
    intake,
    kernel::{ids::AttachmentId, text::normalize_text},
    painting,
    ui::{
        self, FormState, back, desk_page,
        field::{self, Line},
        page::Bundle,
    },
};

const WORDS: Line = Line { kind: "", autocomplete: "off", max: form::LONGEST, required: true, hint: "" };

/// Routes of redaction.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/desk/cases/{number}/redact/{id}", OFFICE, photo_page),
        Route::post("/desk/cases/{number}/redact/{id}", OFFICE, photo),
        Route::get("/desk/cases/{number}/redact-text", OFFICE, text_page),
        Route::post("/desk/cases/{number}/redact-text", OFFICE, text),
    ]
}

async fn picture(req: &Req) -> Result<Picture> {
    let id = AttachmentId::parse(req.param("id")).ok_or(Error::NotFound)?;
    redact::picture(&req.app, &*req.actor()?, req.param("number"), id).await
}

/// `GET /desk/cases/{number}/redact/{id}`.
async fn photo_page(req: Req) -> Result<Response> {
    let picture = picture(&req).await?;
    Ok(show_photo(&req, &picture, &FormState::default(), StatusCode::OK, None).await)
}

/// The chosen cells: `cell` = `row-column`.
fn cells(req: &Req) -> BTreeSet<Cell> {
    let parse = |value: &str| -> Option<Cell> {
        let (row, column) = value.split_once('-')?;
        Some((row.parse().ok()?, column.parse().ok()?))
    };
    req.form.all("cell").filter_map(parse).collect()
}

async fn show_photo(
    req: &Req,
    picture: &Picture,
    state: &FormState,
    status: StatusCode,
    preview: Option<Cleaned>,
) -> Response {
    let cx = &req.cx;
    let number = picture.case.number.clone();
    let back = format!("/desk/cases/{number}");
    let source = format!("/desk/cases/{number}/files/{}?inline=1", picture.file.id);
    let chosen = cells(req);
    let grid = (0..picture.rows).flat_map(|row| (0..COLUMNS).map(move |column| (row, column))).map(|(row, column)| {
        let place = [("row", (row + 1).to_string()), ("column", (column + 1).to_string())];
        let label = cx.tf("redact.cell", &[("row", &place[0].1), ("column", &place[1].1)]);
        let (value, checked) = (format!("{row}-{column}"), chosen.contains(&(row, column)));
        view! { <label class="redact-cell"><input type="checkbox" name="cell" value=value checked=checked aria-label=label/><span></span></label> }
    });
    let preview = preview.map(|copy| {
        let data = format!("data:{};base64,{}", copy.kind.mime(), STANDARD.encode(&copy.bytes));
        view! {
            <section class="card"><h2>{cx.t("redact.preview")}</h2>
                <img class="redact-preview" src=data alt=cx.t("redact.preview_alt")/></section>
        }
    });
    let main = view! {
        {back::link(back, view! { <span class="case-number">{number}</span> })}
        <h1>{cx.t("redact.photo")}</h1>
        <p>{cx.t("redact.photo_hint")}</p>
        {field::error_summary(cx, state)}
        {preview}
        <form method="post">
            {field::token(cx)}
            <fieldset class="redact"><legend class="label">{cx.t("redact.cells")}</legend>
                {painting::grid::hint(cx)}
                <div class="redact-frame">
                    <img src=source alt=cx.t("redact.original_alt")/>
                    {painting::grid::grid(COLUMNS, grid.collect_view())}
                </div>
            </fieldset>
            {field::text_area(cx, state, "message", "redact.message", WORDS)}
            <p class="button-row">
                <button class="button" type="submit" name="then" value="look" formnovalidate>{cx.t("redact.look")}</button>
                <button class="button" type="submit" name="then" value="keep" formnovalidate>{cx.t("redact.keep")}</button>
                <button class="button main" type="submit" name="then" value="send">{cx.t("redact.send")}</button>
            </p>
            <p class="hint">{cx.t("redact.keep_hint")}</p>
        </form>
    };
    let page = desk_page::admin_page(cx, cx.t("redact.photo"), main).with_islands(Bundle::Desk).status(status);
    ui::respond(&req.app, cx, page).await
}

/// `POST /desk/cases/{number}/redact/{id}`.
async fn photo(req: Req) -> Result<Response> {
    let picture = picture(&req).await?;
    let (cells, mut state) = (cells(&req), FormState::of(req.form.clone()));
    let refused = StatusCode::UNPROCESSABLE_ENTITY;
    let then = req.form.text("then");
    if !matches!(then, "send" | "keep") {
        return match redact::black_out(&req.app, &picture, &cells).await {
            Ok(copy) => Ok(show_photo(&req, &picture, &state, StatusCode::OK, Some(copy)).await),
            Err(Error::Bad(key)) => {
                state.error("cell", key);
                Ok(show_photo(&req, &picture, &state, refused, None).await)
            }
            Err(other) => Err(other),
        };
    }
    let words = match form::words(&req.form, "message", "cases.error.message_missing") {
        _ if then == "keep" => None,
        Ok(words) => Some(words),
        Err(state) => return Ok(show_photo(&req, &picture, &state, refused, None).await),
    };
    match redact::save(&req.app, &*req.actor()?, &picture, &cells, words.as_deref()).await {
        Ok(()) => Ok(respond::see_other(&format!("/desk/cases/{}", picture.case.number))),
        Err(Error::Bad(key)) => {
            state.error("cell", key);
            Ok(show_photo(&req, &picture, &state, refused, None).await)
        }
        Err(Error::Conflict) => {
            state.error("", "error.conflict");
            Ok(show_photo(&req, &picture, &state, StatusCode::CONFLICT, None).await)
        }
        Err(other) => Err(other),
    }
}

/// `GET /desk/cases/{number}/redact-text`.
async fn text_page(req: Req) -> Result<Response> {
    let case = redact::case_to_write_to(&req.app, &*req.actor()?, req.param("number")).await?;
    let mut c = req.app.db.read().await?;
    let bodies = intake::actions::bodies_of_case(&mut c, case.organization_id, case.id).await?;
    drop(c);
    let mut state = FormState::default();
    state.values.set("text", bodies.join("\n\n"));
    show_text(&req, &state, StatusCode::OK, None).await
}

async fn show_text(req: &Req, state: &FormState, status: StatusCode, preview: Option<String>) -> Result<Response> {
    let cx = &req.cx;
    let case = redact::case_to_write_to(&req.app, &*req.actor()?, req.param("number")).await?;
    let number = case.number;
    let back = format!("/desk/cases/{number}");
    let preview = preview.map(|text| {
        view! { <section class="card"><h2>{cx.t("redact.preview")}</h2><p class="text">{text}</p></section> }
    });
    let hidden = Line { hint: "redact.words_hint", ..WORDS };
    let main = view! {
        {back::link(back, view! { <span class="case-number">{number}</span> })}
        <h1>{cx.t("redact.text")}</h1>
        <p>{cx.t("redact.text_hint")}</p>
        {field::error_summary(cx, state)}
        {preview}
        <form method="post">
            {field::token(cx)}
            {field::text_area(cx, state, "text", "redact.text_label", WORDS)}
            {field::text_area(cx, state, "words", "redact.words", hidden)}
            <p class="button-row">
                <button class="button" type="submit" name="then" value="look">{cx.t("redact.look")}</button>
                <button class="button main" type="submit" name="then" value="send">{cx.t("redact.send")}</button>
            </p>
        </form>
    };
    let page = desk_page::admin_page(cx, cx.t("redact.text"), main).status(status);
    Ok(ui::respond(&req.app, cx, page).await)
}

/// `POST /desk/cases/{number}/redact-text`.
async fn text(req: Req) -> Result<Response> {
    let refused = StatusCode::UNPROCESSABLE_ENTITY;
    let text = match form::words(&req.form, "text", "cases.error.message_missing") {
        Ok(text) => text,
        Err(state) => return show_text(&req, &state, refused, None).await,
    };
    let words: Vec<String> = normalize_text(req.form.text("words")).lines().map(str::to_string).collect();
    let redacted = hide_words(&text, &words);
    let mut state = FormState::of(req.form.clone());
    if redacted == text {
        state.error("words", "redact.error.no_word");
        return show_text(&req, &state, refused, None).await;
    }
    if req.form.text("then") != "send" {
        return show_text(&req, &state, StatusCode::OK, Some(redacted)).await;
    }
    match write::message(&req.app, &*req.actor()?, req.param("number"), &redacted).await {
        Ok(()) => Ok(respond::see_other(&format!("/desk/cases/{}", req.param("number")))),
        Err(Error::Conflict) => {
            state.error("", "error.conflict");
            show_text(&req, &state, StatusCode::CONFLICT, Some(redacted)).await
        }
        Err(other) => Err(other),
    }
}
