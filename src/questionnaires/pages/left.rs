//! `POST /q/{code}/left`: at which question somebody went away. It counts and knows nothing of anybody.

use axum::http::StatusCode;

use crate::{
    error::{Error, Result},
    http::{Req, Response, respond},
    questionnaires::{
        actions,
        model::Window,
        pages::answer::{open, version},
    },
};

/// Counts it. What the form does not ask is ignored.
pub async fn left(req: Req) -> Result<Response> {
    let open = open(&req).await?.ok_or(Error::NotFound)?;
    if open.questionnaire.window(req.now()) == Window::Open {
        let version = version(&req, &open, req.query.text("form_version")).await?;
        let question = req.form.text("question");
        if version.definition.question(question).is_some() {
            actions::answer::leave(&req.app, version.id, question).await?;
        }
    }
    Ok(respond::bytes(StatusCode::NO_CONTENT, "text/plain; charset=utf-8", ""))
}
