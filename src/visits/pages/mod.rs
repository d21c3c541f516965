//! Pages of visits: for those who walk, on a phone; and for the office, which keeps checklists and reads visits.

pub mod checklists;
pub mod choose;
pub mod desk;
pub mod one;
pub mod walk;

use leptos::prelude::*;

use crate::{
    attachments::Kind,
    error::{Error, Result},
    forms::responses::ResponseFile,
    http::{App, Cx, Req, Response, respond},
    ui::{Page, desk_page},
    visits::model::{Visit, VisitKind},
};

/// By what the signed-in person walks.
fn kind_of(req: &Req) -> Result<VisitKind> {
    VisitKind::of_role(req.actor()?.role).ok_or(Error::NotFound)
}

/// A page for a phone in a hand.
fn walk_page(cx: &Cx, title: impl Into<String>, main: impl IntoAny) -> Page {
    let main = main.into_any();
    desk_page::desk_page(
        cx,
        title,
        "admin walking",
        view! { <main class="admin-pane walk-pane" id="main">{main}</main> },
    )
}

/// How many findings a visit has, as a pill.
pub fn findings_pill(cx: &Cx, visit: &Visit) -> AnyView {
    let count = visit.findings.to_string();
    if visit.findings == 0 {
        view! { <span class="pill ok">{cx.t("visits.no_findings")}</span> }.into_any()
    } else {
        view! { <span class="pill warn">{cx.tf("visits.findings", &[("count", &count)])}</span> }.into_any()
    }
}

/// A photo, shown in the page only.
async fn served(app: &App, file: ResponseFile) -> Result<Response> {
    let kind = [Kind::Jpeg, Kind::Png].into_iter().find(|kind| kind.extension() == file.kind);
    let kind = kind.ok_or_else(|| Error::internal("photo of unknown kind"))?;
    let (files, sha) = (app.files.clone(), file.sha256);
    let bytes = tokio::task::spawn_blocking(move || files.get(&sha)).await.map_err(Error::internal)??;
    let mut response = respond::download(kind.mime(), &format!("zhaopian.{}", kind.extension()), bytes);
    let head = response.headers_mut();
    head.insert(axum::http::header::CONTENT_DISPOSITION, axum::http::HeaderValue::from_static("inline"));
    head.insert(axum::http::header::CACHE_CONTROL, axum::http::HeaderValue::from_static("no-store"));
    Ok(response)
}
