//! Handing out a file of a case: to who may see the case, as a file to keep; pictures also for the page of the case.

use axum::http::{HeaderValue, header};

use crate::{
    attachments::{Kind, actions, model::Attachment},
    audit::{self, Entry},
    cases::visibility::case_for,
    error::{Error, Result},
    http::{App, Req, Response, respond},
    kernel::ids::AttachmentId,
};

/// `GET /desk/cases/{number}/files/{id}`. That somebody read it is written down.
pub async fn file(req: Req) -> Result<Response> {
    let actor = req.actor()?;
    let id = AttachmentId::parse(req.param("id")).ok_or(Error::NotFound)?;
    let mut tx = req.app.db.write().await?;
    let case = case_for(&mut tx, &actor, req.param("number")).await?;
    let attachment = actions::one_of_case(&mut tx, case.id, id).await?;
    let entry = Entry::new("attachment.read", "case").actor(&actor).entity(case.id.0).detail(attachment.id);
    audit::record(&req.app, &mut tx, case.organization_id, entry).await?;
    tx.commit().await?;
    handed_out(&req.app, &attachment, req.query.has("inline")).await
}

/// The content of a file, to who may have it.
///
/// # Errors
/// The disk's.
pub async fn handed_out(app: &App, attachment: &Attachment, inline: bool) -> Result<Response> {
    let kind = attachment.kind().ok_or_else(|| Error::internal("attachment of unknown kind"))?;
    let (files, sha) = (app.files.clone(), attachment.sha256.clone());
    let bytes = tokio::task::spawn_blocking(move || files.get(&sha)).await.map_err(Error::internal)??;
    Ok(served(kind, attachment, bytes, inline))
}

/// The answer: nothing in it runs, and nothing of it is kept on the way (promise 23).
fn served(kind: Kind, attachment: &Attachment, bytes: Vec<u8>, inline: bool) -> Response {
    let name = format!("fujian-{}.{}", attachment.position, kind.extension());
    let mut response = respond::download(kind.mime(), &name, bytes);
    let head = response.headers_mut();
    if inline && attachment.is_picture() {
        head.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("inline"));
    }
    head.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
