//! Redaction 遮盖 of what goes outward: the office sends the submitter a copy of a photo, or of a text, in which what does not
//! concern them is gone. The original stays as it came (promise 19) and never goes outward.

use std::{collections::BTreeSet, sync::Arc};

use crate::{
    accounts::model::Actor,
    attachments::{
        self,
        model::{Attachment, StoredFile},
        redact::{self, Cell},
    },
    audit::{self, Entry},
    cases::{
        model::{Case, EventKind, Side, Verb},
        store::{self, messages::NewMessage},
        visibility::case_for,
        work::{Seen, Work},
    },
    error::{Error, Result},
    http::App,
    kernel::ids::{AttachmentId, MessageId},
};

/// A picture of a case, to be redacted.
pub struct Picture {
    /// The case.
    pub case: Case,
    /// The picture.
    pub file: Attachment,
    /// Its content.
    pub bytes: Vec<u8>,
    /// Rows of the grid over it.
    pub rows: u32,
}

/// A case whose submitter the person may write to.
///
/// # Errors
/// `NotFound` when they may not.
pub async fn case_to_write_to(app: &App, actor: &Actor, number: &str) -> Result<Case> {
    let case = case_for(&mut app.db.read().await?, actor, number).await?;
    if Side::of(actor, &case).is_some_and(|side| side.has(Verb::Message)) { Ok(case) } else { Err(Error::NotFound) }
}

/// A picture of a case. That somebody read it is written down.
///
/// # Errors
/// `NotFound` when there is none, or the person may not write to its submitter.
pub async fn picture(app: &Arc<App>, actor: &Actor, number: &str, id: AttachmentId) -> Result<Picture> {
    let case = case_to_write_to(app, actor, number).await?;
    let mut tx = app.db.write().await?;
    let file = attachments::actions::one_of_case(&mut tx, case.id, id).await?;
    if !file.is_picture() {
        return Err(Error::NotFound);
    }
    let entry = Entry::new("attachment.read", "case").actor(actor).entity(case.id.0).detail(file.id);
    audit::record(app, &mut tx, case.organization_id, entry).await?;
    tx.commit().await?;
    let (files, sha) = (app.files.clone(), file.sha256.clone());
    let bytes = tokio::task::spawn_blocking(move || files.get(&sha)).await.map_err(Error::internal)??;
    let (width, height) = redact::size(&bytes).map_err(Error::internal)?;
    Ok(Picture { case, file, bytes, rows: redact::rows(width, height) })
}

/// The redacted copy.
///
/// # Errors
/// `Bad` when no cell was chosen: then it would be the original.
pub async fn black_out(app: &Arc<App>, picture: &Picture, cells: &BTreeSet<Cell>) -> Result<attachments::Cleaned> {
    if !cells.iter().any(|(row, column)| *row < picture.rows && *column < redact::COLUMNS) {
        return Err(Error::Bad("redact.error.none"));
    }
    let _slot = app.limits.decoding.acquire().await.map_err(Error::internal)?;
    let (bytes, cells) = (picture.bytes.clone(), cells.clone());
    let made = tokio::task::spawn_blocking(move || redact::black_out(&bytes, &cells)).await.map_err(Error::internal)?;
    made.map_err(|refusal| Error::Bad(refusal.message_key()))
}

/// Sends the submitter a redacted copy with some words.
///
/// # Errors
/// As [`Work::begin`] and [`black_out`].
pub async fn send(app: &Arc<App>, actor: &Actor, picture: &Picture, cells: &BTreeSet<Cell>, words: &str) -> Result<()> {
    let copy = black_out(app, picture, cells).await?;
    let (worker, kind) = (app.clone(), copy.kind.extension().to_string());
    let size = i64::try_from(copy.bytes.len()).unwrap_or(i64::MAX);
    let sha256 =
        tokio::task::spawn_blocking(move || worker.files.put(&copy.bytes)).await.map_err(Error::internal)??;
    let seen = Seen { number: &picture.case.number, version: None };
    let mut work = Work::begin(app, actor, seen, Verb::Message).await?;
    let id = MessageId::new(work.at, &*app.random);
    let new = NewMessage {
        id,
        case_id: work.case.id,
        author_id: Some(actor.staff_id),
        submission_id: None,
        body: words,
        at: work.at,
        idempotency_hash: None,
    };
    store::messages::insert(&mut work.tx, &new).await?;
    work.record(work.happening(EventKind::MessageOut).id(id.0)).await?;
    let (case, at) = (work.case.id, work.at);
    let file = [StoredFile { sha256, kind, size }];
    attachments::actions::attach(app, &mut work.tx, case, None, Some(id), &file, at).await?;
    let entry = Entry::new("attachment.redacted", "case").actor(actor).entity(case.0).detail(picture.file.id);
    audit::record(app, &mut work.tx, work.case.organization_id, entry).await?;
    work.tell_department(EventKind::MessageOut).await?;
    work.done().await
}
