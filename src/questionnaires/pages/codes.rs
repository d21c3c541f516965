//! `POST /desk/questionnaires/{id}/codes`: one-time codes on a sheet of slips. The sheet is the answer itself: only hashes
//! are kept, so it can't be shown again later. A reload repeats the press and shows the same sheet.

use axum::http::StatusCode;

use crate::{
    access_points::{
        self,
        model::{AccessPoint, Liveness},
    },
    error::Result,
    forms::codes::sheet::Sheets,
    http::{Req, Response, respond},
    kernel::roles::Channel,
    organizations,
    questionnaires::{
        actions, form,
        pages::{asked_for, decide},
    },
    ui::{self, FormState},
};

/// Makes the codes and shows the sheets.
pub async fn make(req: Req) -> Result<Response> {
    let questionnaire = asked_for(&req).await?;
    let mut c = req.app.db.read().await?;
    let organization = organizations::actions::organization(&mut c, questionnaire.organization_id).await?;
    let points = access_points::actions::all_of(&mut c, organization.id).await?;
    drop(c);
    let opens = |p: &AccessPoint| p.form_id == questionnaire.form_id && p.channel == Channel::Questionnaire;
    let live = points.into_iter().find(|p| opens(p) && p.liveness(req.now()) == Liveness::Live);
    let new = match (form::codes(&req.form), live) {
        (Ok(new), Some(point)) => (new, point),
        (Ok(_), None) => {
            let mut state = FormState::of(req.form.clone());
            state.error("", "questionnaires.codes.no_point");
            return decide::refused(&req, &questionnaire, state, StatusCode::UNPROCESSABLE_ENTITY).await;
        }
        (Err(state), _) => {
            return decide::refused(&req, &questionnaire, state, StatusCode::UNPROCESSABLE_ENTITY).await;
        }
    };
    let (new, point) = new;
    let codes = actions::codes::make(&req.app, &*req.actor()?, questionnaire.id, &new).await?;
    let sheets = Sheets {
        cx: &req.cx,
        organization: &organization.name,
        title: &questionnaire.title,
        point: &point,
        base_url: &req.app.config.base_url(),
        back: &format!("/desk/questionnaires/{}#codes", questionnaire.id),
    };
    let page = sheets.page(&[(new.cohort, codes)])?.status(StatusCode::CREATED);
    Ok(ui::respond(&req.app, &req.cx, page).await)
}

/// `GET /desk/questionnaires/{id}/codes`: a sheet can't be read back; the way leads to where new ones are made.
pub async fn no_sheet(req: Req) -> Result<Response> {
    let questionnaire = asked_for(&req).await?;
    Ok(respond::see_other(&format!("/desk/questionnaires/{}#codes", questionnaire.id)))
}
