//! Files join a case, and are read back.

use std::{collections::HashSet, sync::Arc};

use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    attachments::{
        model::{Attachment, StoredFile},
        store::{self, NewAttachment},
    },
    db::Conn,
    error::{Error, Result},
    http::App,
    kernel::ids::{AttachmentId, CaseId, MessageId, SubmissionId},
};

/// Adds files that lie in the folder already (promise 3) to a case, in the caller's transaction.
///
/// # Errors
/// The database's.
pub async fn attach(
    app: &App,
    c: &mut Conn,
    case_id: CaseId,
    submission_id: Option<SubmissionId>,
    message_id: Option<MessageId>,
    files: &[StoredFile],
    at: DateTime<Utc>,
) -> Result<()> {
    if files.is_empty() {
        return Ok(());
    }
    let last = store::last_position(c, case_id).await?;
    for (position, file) in (last + 1..).zip(files) {
        let id = AttachmentId::new(at, &*app.random);
        let new = NewAttachment { id, case_id, submission_id, message_id, redacted_of: None, position, file, at };
        store::insert(c, new).await?;
    }
    Ok(())
}

/// Adds a redacted copy of a file to a case, with a message or for an answer to come.
///
/// # Errors
/// The database's.
pub async fn attach_copy(
    app: &App,
    c: &mut Conn,
    (case_id, of): (CaseId, AttachmentId),
    message_id: Option<MessageId>,
    file: &StoredFile,
    at: DateTime<Utc>,
) -> Result<()> {
    let (id, position) = (AttachmentId::new(at, &*app.random), store::last_position(c, case_id).await? + 1);
    let redacted_of = Some(of);
    let new = NewAttachment { id, case_id, submission_id: None, message_id, redacted_of, position, file, at };
    store::insert(c, new).await?;
    Ok(())
}

/// The files of a case, in their order. The caller has the right to see the case.
///
/// # Errors
/// The database's.
pub async fn of_case(c: &mut Conn, case_id: CaseId) -> Result<Vec<Attachment>> {
    Ok(store::of_case(c, case_id).await?)
}

/// A file of a case. The caller has the right to see the case.
///
/// # Errors
/// `NotFound` when the case has no such file.
pub async fn one_of_case(c: &mut Conn, case_id: CaseId, id: AttachmentId) -> Result<Attachment> {
    store::one_of_case(c, case_id, id).await?.ok_or(Error::NotFound)
}

/// The SHA-256 of every file that the database names.
///
/// # Errors
/// The database's.
pub async fn named_files(c: &mut Conn) -> Result<Vec<Vec<u8>>> {
    Ok(store::named_files(c).await?)
}

/// Takes those of these files away that no row names any more, at once.
///
/// # Errors
/// The database's and the disk's.
pub async fn remove_unnamed(app: &App, files: Vec<Vec<u8>>) -> Result<()> {
    if files.is_empty() {
        return Ok(());
    }
    let named: HashSet<Vec<u8>> = named_files(&mut app.db.read().await?).await?.into_iter().collect();
    let store = app.files.clone();
    let remove = move || files.iter().filter(|sha| !named.contains(*sha)).try_for_each(|sha| store.remove_now(sha));
    tokio::task::spawn_blocking(remove).await.map_err(Error::internal)??;
    Ok(())
}

/// A file that no row names stays this long: its form may be on its way.
const ORPHANS_STAY: TimeDelta = TimeDelta::days(1);

/// Takes away files that no row names, left by a crash or by a form that never came (promise 3).
///
/// # Errors
/// The database's and the disk's.
pub async fn sweep(app: &Arc<App>) -> Result<()> {
    let named: HashSet<Vec<u8>> = named_files(&mut app.db.read().await?).await?.into_iter().collect();
    let (worker, before) = (app.clone(), app.now() - ORPHANS_STAY);
    let removed =
        tokio::task::spawn_blocking(move || worker.files.sweep(before, &named)).await.map_err(Error::internal)??;
    if removed > 0 {
        tracing::info!(name: "files.swept", removed);
    }
    Ok(())
}
