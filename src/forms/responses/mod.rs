//! Responses 答卷: answers to a form that make no case of themselves: of a questionnaire, of a letter's reply slip, of a
//! visit's or a patrol's checklist. Each belongs to the slice whose table names it.
//!
//! A response is immutable, but for what an erasure takes ([`forget`]). One key of a form instance is one response (promise 2), whatever is repeated. Who answers
//! anonymously leaves the hour only (promise 8).

pub mod counted;
mod store;

use chrono::{DateTime, Utc};

use crate::{
    attachments::redact::BLOCKS,
    db::{self, Conn},
    error::{Error, Result},
    forms::{
        form::Photos,
        model::{Answer, Answers, FormVersion, QuestionKind},
    },
    http::App,
    kernel::{
        clock::hour_of,
        ids::{AccessPointId, FormId, FormVersionId, OrganizationId, ResponseFileId, ResponseId, StaffId},
        roles::Channel,
    },
};

/// A response on its way in, checked.
#[derive(Clone, Copy, Debug)]
pub struct NewResponse<'a> {
    /// The organisation.
    pub organization_id: OrganizationId,
    /// The version that was answered.
    pub version: &'a FormVersion,
    /// By which access point it came.
    pub access_point_id: Option<AccessPointId>,
    /// The channel.
    pub channel: Channel,
    /// The group that answers, such as a class: what a one-time code says of its bearer. Often empty.
    pub cohort: &'a str,
    /// Who answered, for those with an account; nobody else is named.
    pub author_id: Option<StaffId>,
    /// What the idempotency key is unique within: a code of an access point, an id.
    pub scope: &'a str,
    /// The key of the form instance.
    pub idempotency_key: &'a str,
    /// The answers as [`crate::forms::form::checked`] gave them, with tokens for photos.
    pub answers: &'a Answers,
    /// The photos.
    pub photos: &'a [Photos],
    /// The version in which it is remembered when it was made, for what was made offline; now, when it is `None`.
    pub made_at: Option<DateTime<Utc>>,
}

/// What became of a press.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// A new response.
    New(ResponseId),
    /// The same press again.
    Again(ResponseId),
    /// The key was used for something else.
    KeyUsed,
}

/// A response as it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// The id.
    pub id: ResponseId,
    /// The form.
    pub form_id: FormId,
    /// The version that was answered.
    pub form_version_id: FormVersionId,
    /// The channel.
    pub channel: Channel,
    /// The group that answers.
    pub cohort: String,
    /// Who answered, when it is somebody with an account.
    pub author_id: Option<StaffId>,
    /// The answers; of photos, the ids of [`ResponseFile`]s.
    pub answers: Answers,
    /// When: the hour, for those without an account.
    pub received_at: DateTime<Utc>,
}

/// A photo of a response.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ResponseFile {
    /// The id.
    pub id: ResponseFileId,
    /// The response.
    pub response_id: ResponseId,
    /// The key of the question.
    pub question: String,
    /// `jpg` or `png`.
    pub kind: String,
    /// Its size in bytes.
    pub size: i64,
    /// What it is called in the folder.
    pub sha256: Vec<u8>,
}

/// Stores a response in the caller's transaction, which also writes what belongs to it, and the audit log.
///
/// # Errors
/// `Conflict` when another copy of the press was faster and has not committed yet: try again. The database's.
pub async fn take(app: &App, c: &mut Conn, new: NewResponse<'_>) -> Result<Taken> {
    let idempotency = app.keys.idempotency_hash(&format!("response:{}", new.scope), new.idempotency_key);
    let content = content_hash(app, &new)?;
    if let Some((id, hash)) = store::by_idempotency(c, &idempotency).await? {
        return Ok(if hash == content { Taken::Again(id) } else { Taken::KeyUsed });
    }
    let now = new.made_at.unwrap_or_else(|| app.now());
    let received_at = if new.author_id.is_some() { now } else { hour_of(now) };
    let id = ResponseId::new(received_at, &*app.random);
    let mut answers = new.answers.clone();
    let mut files = Vec::new();
    for photos in new.photos {
        let mut ids = Vec::new();
        // Answers of questions that were not reached are dropped, and their photos with them.
        let counted = answers.get(&photos.question).to_vec();
        for staged in photos.files.iter().filter(|f| counted.contains(&f.token)) {
            let file_id = ResponseFileId::new(received_at, &*app.random);
            ids.push(file_id.to_string());
            files.push((file_id, photos.question.as_str(), &staged.file));
        }
        answers.0.retain(|a| a.key != photos.question);
        if !ids.is_empty() {
            answers.0.push(Answer { key: photos.question.clone(), values: ids });
        }
    }
    let text = serde_json::to_string(&answers).map_err(Error::internal)?;
    let row = store::NewRow {
        id,
        organization_id: new.organization_id,
        form_id: new.version.form_id,
        form_version_id: new.version.id,
        access_point_id: new.access_point_id,
        channel: new.channel,
        cohort: new.cohort,
        author_id: new.author_id,
        answers: &text,
        idempotency_hash: &idempotency,
        content_hash: &content,
        received_at,
    };
    store::insert(c, &row).await.map_err(|e| match db::constraint(&e) {
        Some(name) if name.contains("idempotency") => Error::Conflict,
        _ => e.into(),
    })?;
    for (position, (file_id, question, file)) in (1..).zip(files) {
        store::insert_file(c, file_id, id, question, position, file).await?;
    }
    Ok(Taken::New(id))
}

/// A keyed hash over what makes a response what it is. Photos count by their content, not by their tokens.
fn content_hash(app: &App, new: &NewResponse<'_>) -> Result<Vec<u8>> {
    let photo = |key: &str| new.version.definition.question(key).is_some_and(|q| q.kind == QuestionKind::Photo);
    let plain: Vec<&Answer> = new.answers.0.iter().filter(|a| !photo(&a.key)).collect();
    let answers = serde_json::to_vec(&plain).map_err(Error::internal)?;
    let mut parts: Vec<&[u8]> = vec![b"response", new.version.id.0.as_bytes(), new.cohort.as_bytes(), &answers];
    parts.extend(new.photos.iter().flat_map(|p| &p.files).map(|f| f.file.sha256.as_slice()));
    Ok(app.keys.content_hash(&parts))
}

/// One response.
///
/// # Errors
/// `NotFound` when the organisation has no such response.
pub async fn by_id(c: &mut Conn, org: OrganizationId, id: ResponseId) -> Result<Response> {
    store::by_id(c, org, id).await?.ok_or(Error::NotFound)
}

/// How many responses a form has.
///
/// # Errors
/// The database's.
pub async fn count(c: &mut Conn, org: OrganizationId, form: FormId) -> Result<i64> {
    Ok(store::count(c, org, form).await?)
}

/// The responses of a form in the order in which they came, after `after`, at most `most`: for results and exports, which
/// read page by page.
///
/// # Errors
/// The database's.
pub async fn page(
    c: &mut Conn,
    org: OrganizationId,
    form: FormId,
    after: Option<ResponseId>,
    most: i64,
) -> Result<Vec<Response>> {
    Ok(store::page(c, org, form, after, most).await?)
}

/// How many responses of a form were not counted in a stage yet.
///
/// # Errors
/// The database's.
pub async fn waiting(c: &mut Conn, org: OrganizationId, form: FormId) -> Result<i64> {
    Ok(store::waiting(c, org, form).await?)
}

/// Puts the responses that wait into a stage, in the caller's transaction; how many they are.
///
/// # Errors
/// The database's.
pub async fn into_stage(c: &mut Conn, org: OrganizationId, form: FormId, stage: i64) -> Result<u64> {
    Ok(store::into_stage(c, org, form, stage).await?)
}

/// As [`page`], what is counted of the responses of one stage.
///
/// # Errors
/// The database's.
pub async fn page_of_stage(
    c: &mut Conn,
    org: OrganizationId,
    form: FormId,
    stage: i64,
    after: Option<ResponseId>,
    most: i64,
) -> Result<Vec<counted::Counted>> {
    Ok(store::page_of_stage(c, org, form, stage, after, most).await?)
}

/// The photos of a response, in the order of the form.
///
/// # Errors
/// The database's.
pub async fn files(c: &mut Conn, id: ResponseId) -> Result<Vec<ResponseFile>> {
    Ok(store::files(c, id).await?)
}

/// Takes away what was answered to some questions, because the case that it became is erased (promise 24): words become
/// blocks, so that the number of those who answered stays true; photos go. Gives the files that lose a name by this.
///
/// # Errors
/// The database's.
pub async fn forget(
    app: &App,
    c: &mut Conn,
    org: OrganizationId,
    id: ResponseId,
    words: &str,
    photos: Option<&str>,
) -> Result<Vec<Vec<u8>>> {
    let Some(mut response) = store::by_id(c, org, id).await? else { return Ok(Vec::new()) };
    for answer in response.answers.0.iter_mut().filter(|a| a.key == words) {
        answer.values = vec![BLOCKS.to_string()];
    }
    let mut files = Vec::new();
    if let Some(question) = photos {
        response.answers.0.retain(|a| a.key != question);
        files = store::files(c, id).await?.into_iter().filter(|f| f.question == question).map(|f| f.sha256).collect();
        store::delete_files(c, id, question).await?;
    }
    // A guess at what it said could be tried against the hash of the content.
    let mut noise = [0; 32];
    app.random.fill(&mut noise);
    let text = serde_json::to_string(&response.answers).map_err(Error::internal)?;
    store::set_answers(c, org, id, &text, &noise).await?;
    Ok(files)
}

/// A photo of a response. The caller has the right to see the response.
///
/// # Errors
/// `NotFound` when the response has no such photo.
pub async fn file(c: &mut Conn, response: ResponseId, id: ResponseFileId) -> Result<ResponseFile> {
    store::files(c, response).await?.into_iter().find(|f| f.id == id).ok_or(Error::NotFound)
}
