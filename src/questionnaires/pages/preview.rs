//! The questionnaire as it will be. It can be filled in and checked; nothing of it is kept.

use axum::http::StatusCode;
use leptos::prelude::*;

use crate::{
    error::Result,
    forms::{
        self,
        islands::server::{Behaviour, logic},
        model::{Answers, Definition, QuestionKind},
    },
    http::{Cx, Form, Req, Response},
    organizations::{self, model::Organization},
    questionnaires::{
        model::Questionnaire,
        pages::{answer_view, asked_for},
    },
    ui::{
        self, FormState, Page, field,
        page::{self, Bundle},
    },
};

/// `GET /desk/questionnaires/{id}/preview`.
pub async fn preview_page(req: Req) -> Result<Response> {
    answer(&req, &FormState::default(), false, StatusCode::OK).await
}

/// `POST /desk/questionnaires/{id}/preview`: what would be wrong with these answers.
pub async fn check(req: Req) -> Result<Response> {
    let questionnaire = asked_for(&req).await?;
    let mut state = FormState::of(req.form.clone());
    let given = given(&req.form, &questionnaire.draft);
    forms::form::checked(&questionnaire.draft, &given, &mut state);
    let status = if state.is_ok() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    answer(&req, &state, state.is_ok(), status).await
}

/// The answers as they came; photos count, and are not looked at.
fn given(posted: &Form, draft: &Definition) -> Answers {
    let mut given = forms::form::given(posted);
    for question in draft.questions().filter(|q| q.kind == QuestionKind::Photo) {
        given.0.retain(|a| a.key != question.key);
        let name = forms::form::field(&question.key);
        for _ in posted.files.iter().filter(|f| f.field == name) {
            given.add(&question.key, "preview");
        }
    }
    given
}

async fn answer(req: &Req, state: &FormState, is_whole: bool, status: StatusCode) -> Result<Response> {
    let questionnaire = asked_for(req).await?;
    let mut c = req.app.db.read().await?;
    let organization = organizations::actions::organization(&mut c, questionnaire.organization_id).await?;
    drop(c);
    let page = view_of(&req.cx, &organization, &questionnaire, state, is_whole);
    Ok(ui::respond(&req.app, &req.cx, page.status(status)).await)
}

fn view_of(cx: &Cx, org: &Organization, q: &Questionnaire, state: &FormState, is_whole: bool) -> Page {
    let draft = &q.draft;
    let href = format!("/desk/questionnaires/{}/edit", q.id);
    let title = cx.tf("questionnaires.preview.title", &[("title", &q.title)]);
    let body = view! {
        <main class="page" id="main">
            {page::masthead(cx, &org.emblem, &org.name, &cx.t("questionnaires.preview"))}
            <p class="banner warn"><span>{cx.t("questionnaires.preview.text")}" "<a href=href>{cx.t("questionnaires.edit.back")}</a></span></p>
            {is_whole.then(|| view! { <p class="banner ok" role="status">{cx.t("questionnaires.preview.whole")}</p> })}
            {forms::view::error_summary(cx, state, draft)}
            <form id="answers" method="post" enctype="multipart/form-data" action=format!("/desk/questionnaires/{}/preview", q.id)>
                {field::token(cx)}
                <div id="form-lead">{answer_view::lead(cx, draft)}</div>
                {forms::view::sections(cx, state, draft, &[])}
                {logic(cx, draft, Behaviour::default())}
                <div class="bar" id="send-bar"><div class="bar-inner">
                    <button class="button main" id="send" type="submit">{cx.t("questionnaires.preview.check")}</button>
                </div></div>
            </form>
        </main>
    };
    Page::public(title, body).with_questions().with_islands(Bundle::Forms)
}
