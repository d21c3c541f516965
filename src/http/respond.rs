//! Answers: pages, JSON, redirects, and errors in the reader's language.

use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, header},
};
use serde::Serialize;

use crate::{
    accounts,
    error::{Error, Result},
    http::{App, Cx, Response},
    ui,
};

/// How long to wait before sending again what could not be stored, in seconds.
pub const RETRY_SECONDS: u64 = 10;

/// A JSON answer.
///
/// # Errors
/// When the value can't be written as JSON.
pub fn json(status: StatusCode, value: &impl Serialize) -> Result<Response> {
    let body = serde_json::to_vec(value).map_err(Error::internal)?;
    Ok(bytes(status, "application/json", body))
}

/// An answer of any type.
pub fn bytes(status: StatusCode, mime: &'static str, body: impl Into<Body>) -> Response {
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(mime));
    response
}

/// A file to keep, which no browser will run (promise 23). `name` is ours: ASCII.
pub fn download(mime: &'static str, name: &str, body: impl Into<Body>) -> Response {
    let mut response = bytes(StatusCode::OK, mime, body);
    let head = response.headers_mut();
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        head.insert(header::CONTENT_DISPOSITION, value);
    }
    head.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox"));
    response
}

/// "Go there" after a form was taken (303).
pub fn see_other(location: &str) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SEE_OTHER;
    if let Ok(value) = HeaderValue::from_str(location) {
        response.headers_mut().insert(header::LOCATION, value);
    }
    response
}

/// The status and the sentence of an error.
fn describe(error: &Error) -> (StatusCode, &'static str) {
    match error {
        Error::NotFound => (StatusCode::NOT_FOUND, "error.not_found"),
        Error::SignIn => (StatusCode::UNAUTHORIZED, "error.sign_in"),
        Error::SecondStep => (StatusCode::FORBIDDEN, "error.second_step"),
        Error::Conflict => (StatusCode::CONFLICT, "error.conflict"),
        Error::Bad(key) => (StatusCode::BAD_REQUEST, key),
        Error::CrossSite => (StatusCode::FORBIDDEN, "error.cross_site"),
        Error::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "error.too_large"),
        Error::TooMany(_) => (StatusCode::TOO_MANY_REQUESTS, "error.too_many"),
        Error::Unavailable => (StatusCode::SERVICE_UNAVAILABLE, "error.unavailable"),
        Error::Internal(_) => (StatusCode::INTERNAL_SERVER_ERROR, "error.internal"),
    }
}

/// The answer to an error: JSON, the way to the sign-in page, or a page that says what to do.
pub async fn error(app: &App, cx: &Cx, error: Error, json_wanted: bool, is_page: bool) -> Response {
    if let Error::Internal(what) = &error {
        tracing::error!(name: "request.failed", id = %cx.request_id, %what);
    }
    if matches!(error, Error::SignIn) && is_page && !json_wanted {
        return see_other(&format!("/login?next={}", cx.path));
    }
    if matches!(error, Error::SecondStep) && is_page && !json_wanted {
        return see_other(accounts::second::PAGE);
    }
    let (status, key) = describe(&error);
    let sentence = cx.t(key);
    let mut response = if json_wanted {
        let body = serde_json::json!({ "error": key, "message": sentence, "id": &*cx.request_id });
        bytes(status, "application/json", body.to_string())
    } else {
        ui::page::error_page(app, cx, status, &sentence).await
    };
    let wait = match error {
        Error::TooMany(seconds) => Some(seconds),
        Error::Unavailable => Some(RETRY_SECONDS),
        _ => None,
    };
    if let Some(seconds) = wait {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}
