//! One question of a draft: its own small page.

use axum::http::StatusCode;
use leptos::prelude::*;

use crate::{
    error::{Error, Result},
    forms::{
        self,
        model::{Definition, Question, Text},
    },
    http::{Cx, Req, Response, respond},
    live::server::live,
    questionnaires::{
        form,
        model::{Questionnaire, edit},
        pages::{asked_for, back, draft_token, question_fields, save, taken},
    },
    ui::{self, FormState, Page, desk_page, field, page::Bundle},
};

/// The question of the address.
fn question_of<'a>(req: &Req, questionnaire: &'a Questionnaire) -> Result<&'a Question> {
    questionnaire.draft.question(req.param("key")).ok_or(Error::NotFound)
}

/// `GET /desk/questionnaires/{id}/questions/{key}`.
pub async fn question_page(req: Req) -> Result<Response> {
    let questionnaire = asked_for(&req).await?;
    let (state, _) = form::question::filled(&questionnaire.draft, question_of(&req, &questionnaire)?);
    let page = view_of(&req, &questionnaire, &state, question_of(&req, &questionnaire)?)?;
    Ok(ui::respond(&req.app, &req.cx, page).await)
}

/// `POST /desk/questionnaires/{id}/questions/{key}/look`: how it would be seen. Nothing is kept.
pub async fn look(req: Req) -> Result<Response> {
    let questionnaire = asked_for(&req).await?;
    let before = question_of(&req, &questionnaire)?;
    let mut taken = taken(&req, &questionnaire).await?;
    let page = match form::question::parse(&req.form, &questionnaire.draft, before, &mut taken) {
        Ok(question) => view_of(&req, &questionnaire, &FormState::of(req.form.clone()), &question)?,
        Err(state) => view_of(&req, &questionnaire, &state, before)?.status(StatusCode::UNPROCESSABLE_ENTITY),
    };
    Ok(ui::respond(&req.app, &req.cx, page).await)
}

/// `POST /desk/questionnaires/{id}/questions/{key}`.
pub async fn save_question(req: Req) -> Result<Response> {
    let questionnaire = asked_for(&req).await?;
    let before = question_of(&req, &questionnaire)?;
    let mut taken = taken(&req, &questionnaire).await?;
    let (state, status) = match form::question::parse(&req.form, &questionnaire.draft, before, &mut taken) {
        Ok(question) => {
            let (mut draft, mut state) = (questionnaire.draft.clone(), FormState::of(req.form.clone()));
            let other_kind = question.kind != before.kind;
            let key = question.key.clone();
            if let Some((s, q)) = edit::place(&draft, &key) {
                draft.sections[s].questions[q] = question;
            }
            if save(&req, &questionnaire, &draft, &mut state).await? {
                let here = format!("/desk/questionnaires/{}", questionnaire.id);
                // Another kind has other fields: they show at once.
                let next = if other_kind { format!("{here}/questions/{key}") } else { format!("{here}/edit#{key}") };
                return Ok(respond::see_other(&next));
            }
            (state, StatusCode::CONFLICT)
        }
        Err(state) => (state, StatusCode::UNPROCESSABLE_ENTITY),
    };
    let questionnaire = asked_for(&req).await?;
    let page = view_of(&req, &questionnaire, &state, question_of(&req, &questionnaire)?)?.status(status);
    Ok(ui::respond(&req.app, &req.cx, page).await)
}

/// The page; `seen` is the question as it is shown beside its fields.
fn view_of(req: &Req, questionnaire: &Questionnaire, state: &FormState, seen: &Question) -> Result<Page> {
    let (cx, question) = (&req.cx, question_of(req, questionnaire)?);
    let number = questionnaire.draft.questions().position(|q| q.key == question.key).unwrap_or(0) + 1;
    let kind = cx.word("questionnaires.kind", question.kind.code());
    let title = cx.tf("questionnaires.question.title", &[("number", &number.to_string()), ("kind", &kind)]);
    let href = format!("/desk/questionnaires/{}/edit#{}", questionnaire.id, question.key);
    let here = format!("/desk/questionnaires/{}/questions/{}", questionnaire.id, question.key);
    let address = format!("{here}/look");
    let main = view! {
        {back(cx, href, "questionnaires.edit.back")}
        <header class="page-head"><h1>{title.clone()}</h1></header>
        {field::error_summary(cx, state)}
        <div class="build-sides">
            <form method="post" action=here id="question">
                {draft_token(cx, questionnaire)}
                {question_fields::fields(cx, state, &questionnaire.draft, question)}
                <p class="button-row">
                    <button class="button main" type="submit">{cx.t("ui.save")}</button>
                    <button class="button quiet" type="submit" id="look-now" formnovalidate=true formaction=address.clone()>
                        {cx.t("questionnaires.seen.now")}</button>
                </p>
            </form>
            {shown(cx, seen)}
        </div>
        {live("question", "look", address, "look-now")}
    };
    Ok(desk_page::admin_page(cx, title, main).with_islands(Bundle::Desk))
}

/// The question as those see it who answer: on a phone's width, whatever the screen.
fn shown(cx: &Cx, question: &Question) -> AnyView {
    // Whether it is shown is said beside it; here it always is.
    let alone = Question { show_if: None, ..question.clone() };
    let definition = Definition::of(Text::default(), vec![alone]);
    view! {
        <section class="build-look" id="look">
            <h2>{cx.t("questionnaires.seen")}</h2>
            <div class="build-phone">{forms::view::sections(cx, &FormState::default(), &definition, &[])}</div>
        </section>
    }
    .into_any()
}
