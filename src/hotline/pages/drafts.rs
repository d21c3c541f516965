//! Keeping what is typed: scripts do it every few seconds, a button does it without them.

use axum::http::StatusCode;

use crate::{
    error::{Error, Result},
    hotline::{
        drafts,
        model::CallKind,
        pages::{log_of, screen},
    },
    http::{Req, Response, respond},
    kernel::ids::DraftId,
};

/// `POST /desk/hotline/drafts`.
pub async fn keep_call(req: Req) -> Result<Response> {
    keep(req, CallKind::Call).await
}

/// `POST /desk/walk-in/drafts`.
pub async fn keep_visit(req: Req) -> Result<Response> {
    keep(req, CallKind::Visit).await
}

async fn keep(req: Req, kind: CallKind) -> Result<Response> {
    let id = DraftId::parse(req.form.text("draft")).ok_or(Error::Bad("error.bad_form"))?;
    drafts::keep(&req.app, &*req.actor()?, kind, id, &req.form).await?;
    if req.wants_json() {
        return respond::json(StatusCode::OK, &serde_json::json!({ "kept": true }));
    }
    Ok(respond::see_other(log_of(kind)))
}

/// `POST /desk/hotline/drafts/{id}/drop`.
pub async fn forget(req: Req) -> Result<Response> {
    let id = DraftId::parse(req.param("id")).ok_or(Error::NotFound)?;
    drafts::forget(&req.app, &*req.actor()?, id).await?;
    let kind = CallKind::parse(req.form.text("kind")).unwrap_or(CallKind::Call);
    Ok(respond::see_other(screen(kind)))
}
