//! A new questionnaire: empty, or a copy of an earlier one.

use axum::http::StatusCode;
use leptos::prelude::*;

use crate::{
    error::Result,
    forms::model::{Definition, Text},
    http::{Cx, Req, Response, respond},
    kernel::ids::QuestionnaireId,
    questionnaires::{actions, form, model::edit, pages::back},
    ui::{
        self, FormState, Page, desk_page,
        field::{self, Line},
    },
};

/// What a questionnaire can begin with: value and words of the list.
async fn sources(req: &Req) -> Result<Vec<(String, String)>> {
    let cx = &req.cx;
    let earlier = actions::list(&mut req.app.db.read().await?, req.actor()?.organization_id).await?;
    let copies = earlier.into_iter().map(|q| {
        let words = cx.tf("questionnaires.new.copy", &[("title", &q.title)]);
        (q.id.to_string(), words)
    });
    let empty = (String::new(), cx.t("questionnaires.new.empty").into_owned());
    Ok(std::iter::once(empty).chain(copies).collect())
}

/// The draft that a new questionnaire begins with.
async fn begin(req: &Req, title: &str) -> Result<Definition> {
    let Some(id) = QuestionnaireId::parse(req.form.text("source")) else { return Ok(edit::empty(title)) };
    let earlier = actions::by_id(&mut req.app.db.read().await?, req.actor()?.organization_id, id).await?;
    // The English title would be the earlier one's.
    Ok(Definition { title: Text::new(title, ""), ..earlier.draft })
}

/// `GET /desk/questionnaires/new`.
pub async fn new_page(req: Req) -> Result<Response> {
    let mut state = FormState::default();
    state.values.set("source", req.query.text("source"));
    let page = view_of(&req.cx, &state, &sources(&req).await?);
    Ok(ui::respond(&req.app, &req.cx, page).await)
}

/// `POST /desk/questionnaires/new`.
pub async fn create(req: Req) -> Result<Response> {
    match form::title(&req.form) {
        Ok(title) => {
            let draft = begin(&req, &title).await?;
            let made = actions::create(&req.app, &*req.actor()?, draft).await?;
            Ok(respond::see_other(&format!("/desk/questionnaires/{}/edit", made.id)))
        }
        Err(state) => {
            let page = view_of(&req.cx, &state, &sources(&req).await?).status(StatusCode::UNPROCESSABLE_ENTITY);
            Ok(ui::respond(&req.app, &req.cx, page).await)
        }
    }
}

fn view_of(cx: &Cx, state: &FormState, sources: &[(String, String)]) -> Page {
    let title =
        Line { autocomplete: "off", required: true, hint: "questionnaires.words.title_hint", ..Line::default() };
    let main = view! {
        {back(cx, "/desk/questionnaires".to_string(), "questionnaires.title")}
        <header class="page-head"><h1>{cx.t("questionnaires.new")}</h1></header>
        {field::error_summary(cx, state)}
        <form method="post" action="/desk/questionnaires/new">
            {field::token(cx)}
            {field::line(cx, state, "title", "questionnaires.words.title", title)}
            {field::select(cx, state, "source", "questionnaires.new.source", sources, false)}
            <p class="button-row"><button class="button main" type="submit">{cx.t("questionnaires.new.begin")}</button></p>
        </form>
    };
    desk_page::admin_page(cx, cx.t("questionnaires.new"), main)
}
