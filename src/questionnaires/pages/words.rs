//! Title, introduction and thanks of a questionnaire.

use axum::http::StatusCode;
use leptos::prelude::*;

use crate::{
    error::Result,
    http::{Cx, Req, Response, respond},
    questionnaires::{
        form,
        model::Questionnaire,
        pages::{asked_for, back, draft_token, save},
    },
    ui::{
        self, FormState, Page, desk_page,
        field::{self, Line},
    },
};

/// `GET /desk/questionnaires/{id}/words`.
pub async fn words_page(req: Req) -> Result<Response> {
    let questionnaire = asked_for(&req).await?;
    let page = view_of(&req.cx, &questionnaire, &form::words_filled(&questionnaire.draft));
    Ok(ui::respond(&req.app, &req.cx, page).await)
}

/// `POST /desk/questionnaires/{id}/words`.
pub async fn save_words(req: Req) -> Result<Response> {
    let questionnaire = asked_for(&req).await?;
    let (state, status) = match form::words(&req.form, &questionnaire.draft) {
        Ok(draft) => {
            let mut state = FormState::of(req.form.clone());
            if save(&req, &questionnaire, &draft, &mut state).await? {
                return Ok(respond::see_other(&format!("/desk/questionnaires/{}/edit", questionnaire.id)));
            }
            (state, StatusCode::CONFLICT)
        }
        Err(state) => (state, StatusCode::UNPROCESSABLE_ENTITY),
    };
    let page = view_of(&req.cx, &asked_for(&req).await?, &state).status(status);
    Ok(ui::respond(&req.app, &req.cx, page).await)
}

fn view_of(cx: &Cx, questionnaire: &Questionnaire, state: &FormState) -> Page {
    let line = |hint: &'static str| Line { autocomplete: "off", hint, ..Line::default() };
    let title = Line { required: true, ..line("questionnaires.words.title_hint") };
    let href = format!("/desk/questionnaires/{}/edit", questionnaire.id);
    let has_english = ["title_en", "intro_en", "thanks_en"].iter().any(|f| state.values.has(f));
    let main = view! {
        {back(cx, href, "questionnaires.edit.back")}
        <header class="page-head"><h1>{cx.t("questionnaires.words")}</h1></header>
        {field::error_summary(cx, state)}
        <form method="post">
            {draft_token(cx, questionnaire)}
            {field::line(cx, state, "title", "questionnaires.words.title", title)}
            {field::text_area(cx, state, "intro", "questionnaires.words.intro", line("questionnaires.words.intro_hint"))}
            {field::text_area(cx, state, "thanks", "questionnaires.words.thanks", line("questionnaires.words.thanks_hint"))}
            <details class="fold" open=has_english>
                <summary>{cx.t("questionnaires.english")}</summary>
                {field::line(cx, state, "title_en", "questionnaires.words.title_en", line(""))}
                {field::text_area(cx, state, "intro_en", "questionnaires.words.intro_en", line(""))}
                {field::text_area(cx, state, "thanks_en", "questionnaires.words.thanks_en", line(""))}
            </details>
            <p class="button-row"><button class="button main" type="submit">{cx.t("ui.save")}</button></p>
        </form>
    };
    desk_page::admin_page(cx, cx.t("questionnaires.words"), main)
}
