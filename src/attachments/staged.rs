//! Files of public forms: cleaned, written, and kept under a token until the form they belong to is accepted, so that
//! nobody sends a photo twice because of an error beside it.

use std::sync::Arc;

use chrono::TimeDelta;

use crate::{
    attachments::{
        clean::{self, Cleaned, Limits, Refusal},
        model::StoredFile,
        store,
    },
    error::{Error, Result},
    http::{App, Form},
    kernel::{clock::hour_of, ids::StagedFileId, keys, random},
    ui::FormState,
};

/// How long a file waits for its form.
const KEEP: TimeDelta = TimeDelta::hours(24);

/// A file that was accepted, with the token under which the form names it.
#[derive(Clone, Debug)]
pub struct Staged {
    /// The secret that stands for the file in the form.
    pub token: String,
    /// The file.
    pub file: StoredFile,
}

/// Cleans one upload and writes it; gives the key of a sentence when it can't be taken.
///
/// # Errors
/// The disk's and the database's.
pub async fn accept(app: &Arc<App>, bytes: bytes::Bytes) -> Result<Result<Staged, &'static str>> {
    accept_as(app, bytes, clean::clean).await
}

/// How a file is cleaned.
type Cleaner = fn(&[u8], &Limits) -> Result<Cleaned, Refusal>;

async fn accept_as(app: &Arc<App>, bytes: bytes::Bytes, cleaner: Cleaner) -> Result<Result<Staged, &'static str>> {
    let _slot = app.limits.decoding.acquire().await.map_err(Error::internal)?;
    let worker = app.clone();
    let outcome = tokio::task::spawn_blocking(move || -> Result<_> {
        let cleaned = match cleaner(&bytes, &Limits::default()) {
            Ok(cleaned) => cleaned,
            Err(refusal) => return Ok(Err(refusal.message_key())),
        };
        let sha256 = worker.files.put(&cleaned.bytes)?;
        let size = i64::try_from(cleaned.bytes.len()).unwrap_or(i64::MAX);
        Ok(Ok((StoredFile { sha256, kind: cleaned.kind.extension().to_string(), size }, cleaned.bytes)))
    })
    .await
    .map_err(Error::internal)??;
    let (file, bytes) = match outcome {
        Ok(kept) => kept,
        Err(key) => return Ok(Err(key)),
    };

    let token = random::secret(&*app.random);
    // The form is not known to be named yet, so the time is the hour (promise 8).
    let at = hour_of(app.now());
    let mut tx = app.db.write().await?;
    let id = StagedFileId::new(at, &*app.random);
    store::insert_staged(&mut tx, id, &keys::sha256(token.as_bytes()), &file.sha256, &file.kind, file.size, at).await?;
    tx.commit().await?;
    if !app.files.has(&file.sha256) {
        // The same content was erased with another case just before the row named it.
        let worker = app.clone();
        tokio::task::spawn_blocking(move || worker.files.put(&bytes)).await.map_err(Error::internal)??;
    }
    Ok(Ok(Staged { token, file }))
}

/// Where a form has its files, and how many it takes.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// The field of files that come with the form; refusals become its errors.
    pub field: &'a str,
    /// The field of tokens of files that were accepted before.
    pub tokens: &'a str,
    /// Most files.
    pub most: usize,
}

/// The files of a form: those accepted before, by their tokens, then those that came with it. Refusals become errors of
/// the field; the accepted ones stay.
///
/// # Errors
/// The disk's and the database's.
pub async fn files_of(app: &Arc<App>, form: &Form, place: Place<'_>, state: &mut FormState) -> Result<Vec<Staged>> {
    let mut files = Vec::new();
    {
        let mut c = app.db.read().await?;
        for token in form.all(place.tokens).filter(|t| !t.is_empty()).take(place.most) {
            let Some((sha, kind, size)) = store::staged(&mut c, &keys::sha256(token.as_bytes())).await? else {
                state.error(place.field, "attachments.error.gone");
                continue;
            };
            let sha256 = <[u8; 32]>::try_from(sha).map_err(|_| Error::internal("staged file with a short hash"))?;
            files.push(Staged { token: token.to_string(), file: StoredFile { sha256, kind, size } });
        }
    }
    for upload in form.files.iter().filter(|u| u.field == place.field) {
        if files.len() >= place.most {
            state.error_with(place.field, "attachments.error.too_many", &[("max", place.most.to_string())]);
            break;
        }
        match accept(app, upload.bytes.clone()).await? {
            Ok(staged) => files.push(staged),
            Err(key) => state.error(place.field, key),
        }
    }
    Ok(files)
}

/// The recording of a form: the one that comes with it, or one that was accepted before, by its token in
/// `staged_<field>`. A refusal becomes an error of the field.
///
/// # Errors
/// The disk's and the database's.
pub async fn recording_of(app: &Arc<App>, form: &Form, field: &str, state: &mut FormState) -> Result<Option<Staged>> {
    if let Some(upload) = form.files.iter().find(|u| u.field == field) {
        return Ok(match accept_as(app, upload.bytes.clone(), clean::recording).await? {
            Ok(staged) => Some(staged),
            Err(key) => {
                state.error(field, key);
                None
            }
        });
    }
    // Nothing that came is left to be taken: only what was accepted before.
    let mut before = form.clone();
    before.files.clear();
    let tokens = format!("staged_{field}");
    Ok(files_of(app, &before, Place { field, tokens: &tokens, most: 1 }, state).await?.pop())
}

/// Forgets files whose form did not come within a day. The sweep takes the files themselves away later.
///
/// # Errors
/// The database's.
pub async fn forget_old(app: &App) -> Result<()> {
    let mut tx = app.db.write().await?;
    store::delete_staged_before(&mut tx, app.now() - KEEP).await?;
    Ok(tx.commit().await?)
}
