//! What is decided about a questionnaire as a whole: publish, close, open again, times, access points.

use axum::http::StatusCode;

use crate::{
    access_points::{
        self,
        model::{Audience, NewAccessPoint},
    },
    error::{Error, Result},
    http::{Req, Response, respond},
    kernel::roles::Channel,
    questionnaires::{
        actions::{self, Published},
        form,
        model::Questionnaire,
        pages::{asked_for, draft_version, overview},
    },
    ui::{self, FormState},
};

/// Most characters of an access point's title.
const MOST_POINT_TITLE: usize = 24;

fn done(questionnaire: &Questionnaire, what: &str) -> Response {
    respond::see_other(&format!("/desk/questionnaires/{}?done={what}", questionnaire.id))
}

/// `GET /desk/questionnaires/{id}`.
pub async fn overview_page(req: Req) -> Result<Response> {
    let questionnaire = asked_for(&req).await?;
    let state = form::settings_filled(&questionnaire.settings);
    let page = overview::page(&req, &questionnaire, state).await?;
    Ok(ui::respond(&req.app, &req.cx, page).await)
}

/// The overview again, with what was typed into one of its small forms and what is wrong with it.
pub(super) async fn refused(
    req: &Req,
    questionnaire: &Questionnaire,
    wrong: FormState,
    status: StatusCode,
) -> Result<Response> {
    let mut state = form::settings_filled(&questionnaire.settings);
    for (name, value) in wrong.values.pairs() {
        state.values.set(name, value);
    }
    state.errors = wrong.errors;
    let page = overview::page(req, questionnaire, state).await?.status(status);
    Ok(ui::respond(&req.app, &req.cx, page).await)
}

async fn conflict(req: &Req) -> Result<Response> {
    let mut state = FormState::default();
    state.error("", "questionnaires.error.changed_look");
    refused(req, &asked_for(req).await?, state, StatusCode::CONFLICT).await
}

/// `POST /desk/questionnaires/{id}/publish`.
pub async fn publish(req: Req) -> Result<Response> {
    let questionnaire = asked_for(&req).await?;
    match actions::publish(&req.app, &*req.actor()?, questionnaire.id, draft_version(&req)).await {
        Ok(Published::Version(_)) => Ok(done(&questionnaire, "published")),
        Ok(Published::Problems(_)) => {
            let mut state = FormState::default();
            state.error("", "questionnaires.error.problems");
            refused(&req, &questionnaire, state, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(Error::Conflict) => conflict(&req).await,
        Err(other) => Err(other),
    }
}

/// `POST /desk/questionnaires/{id}/close`.
pub async fn close(req: Req) -> Result<Response> {
    let questionnaire = asked_for(&req).await?;
    match actions::close(&req.app, &*req.actor()?, questionnaire.id).await {
        Ok(()) => Ok(done(&questionnaire, "closed")),
        Err(Error::Conflict) => conflict(&req).await,
        Err(other) => Err(other),
    }
}

/// `POST /desk/questionnaires/{id}/open`.
pub async fn open(req: Req) -> Result<Response> {
    let questionnaire = asked_for(&req).await?;
    match actions::open(&req.app, &*req.actor()?, questionnaire.id).await {
        Ok(()) => Ok(done(&questionnaire, "opened")),
        Err(Error::Conflict) => conflict(&req).await,
        Err(other) => Err(other),
    }
}

/// `POST /desk/questionnaires/{id}/settings`.
pub async fn settings(req: Req) -> Result<Response> {
    let questionnaire = asked_for(&req).await?;
    match form::settings(&req.form) {
        Ok(settings) => {
            actions::set_settings(&req.app, &*req.actor()?, questionnaire.id, &settings).await?;
            Ok(done(&questionnaire, "saved"))
        }
        Err(state) => {
            let page = overview::page(&req, &questionnaire, state).await?.status(StatusCode::UNPROCESSABLE_ENTITY);
            Ok(ui::respond(&req.app, &req.cx, page).await)
        }
    }
}

/// `POST /desk/questionnaires/{id}/points`: an access point, and on to its papers.
pub async fn add_point(req: Req) -> Result<Response> {
    let questionnaire = asked_for(&req).await?;
    match form::place(&req.form) {
        Ok(place) => {
            let new = NewAccessPoint {
                channel: Channel::Questionnaire,
                title: questionnaire.title.chars().take(MOST_POINT_TITLE).collect(),
                place,
                keeper: String::new(),
                audience: Audience::Everyone,
                form_id: questionnaire.form_id,
                topic_id: None,
                valid_from: None,
                valid_to: None,
            };
            access_points::actions::add(&req.app, &*req.actor()?, new).await?;
            Ok(done(&questionnaire, "point"))
        }
        Err(state) => refused(&req, &questionnaire, state, StatusCode::UNPROCESSABLE_ENTITY).await,
    }
}
