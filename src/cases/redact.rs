//! Redaction 遮盖 of what goes outward: the office sends the submitter a copy of a photo, or of a text, in which what does not
//! concern them is gone; with a message, or with the answer. The original stays as it came (promise 19) and never goes outward.

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
        model::{Case, Side, Verb},
        store,
        visibility::case_for,
        work::{Seen, Work},
        write,
    },
    db::Conn,
    error::{Error, Result},
    http::App,
    kernel::ids::{AttachmentId, CaseId, ReplyId},
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

/// Sends the submitter a redacted copy with some words; without words it is kept, to go out with an answer.
///
/// # Errors
/// As [`Work::begin`] and [`black_out`].
pub async fn save(
    app: &Arc<App>,
    actor: &Actor,
    picture: &Picture,
    cells: &BTreeSet<Cell>,
    words: Option<&str>,
) -> Result<()> {
    let copy = black_out(app, picture, cells).await?;
    let (worker, kind) = (app.clone(), copy.kind.extension().to_string());
    let size = i64::try_from(copy.bytes.len()).unwrap_or(i64::MAX);
    let sha256 =
        tokio::task::spawn_blocking(move || worker.files.put(&copy.bytes)).await.map_err(Error::internal)??;
    let seen = Seen { number: &picture.case.number, version: None };
    let mut work = Work::begin(app, actor, seen, Verb::Message).await?;
    let message = match words {
        Some(words) => Some(write::write_out(&mut work, words).await?),
        None => None,
    };
    let (case, at) = (work.case.id, work.at);
    let file = StoredFile { sha256, kind, size };
    attachments::actions::attach_copy(app, &mut work.tx, (case, picture.file.id), message, &file, at).await?;
    let entry = Entry::new("attachment.redacted", "case").actor(actor).entity(case.0).detail(picture.file.id);
    audit::record(app, &mut work.tx, work.case.organization_id, entry).await?;
    work.done().await
}

/// The redacted copies of a case, which may go out with its answer.
///
/// # Errors
/// The database's.
pub(super) async fn copies(c: &mut Conn, case: CaseId) -> Result<Vec<Attachment>> {
    let all = attachments::actions::of_case(c, case).await?;
    Ok(all.into_iter().filter(|file| file.case_id == case && file.is_copy()).collect())
}

/// Writes down which redacted copies go out with an answer.
///
/// # Errors
/// `Bad` when one of the files is none: the original never goes out.
pub(super) async fn put_with(work: &mut Work<'_>, reply: ReplyId, files: &[AttachmentId]) -> Result<()> {
    let copies = copies(&mut work.tx, work.case.id).await?;
    if files.iter().any(|id| copies.iter().all(|copy| copy.id != *id)) {
        return Err(Error::Bad("redact.error.no_copy"));
    }
    store::replies::set_files(&mut work.tx, reply, files).await?;
    Ok(())
}
