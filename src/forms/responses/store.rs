//! SQL of responses.

use chrono::{DateTime, Utc};

use crate::{
    attachments::model::StoredFile,
    db::Conn,
    db_all, db_execute, db_one, db_optional,
    forms::responses::{Response, ResponseFile, counted::Counted},
    kernel::{
        ids::{AccessPointId, FormId, FormVersionId, OrganizationId, ResponseFileId, ResponseId, StaffId},
        roles::Channel,
    },
};

/// A response to be added.
pub struct NewRow<'a> {
    pub id: ResponseId,
    pub organization_id: OrganizationId,
    pub form_id: FormId,
    pub form_version_id: FormVersionId,
    pub access_point_id: Option<AccessPointId>,
    pub channel: Channel,
    pub cohort: &'a str,
    pub author_id: Option<StaffId>,
    pub answers: &'a str,
    pub idempotency_hash: &'a [u8],
    pub content_hash: &'a [u8],
    pub received_at: DateTime<Utc>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: ResponseId,
    form_id: FormId,
    form_version_id: FormVersionId,
    channel: Channel,
    cohort: String,
    author_id: Option<StaffId>,
    answers: String,
    received_at: DateTime<Utc>,
}

impl Row {
    fn into_model(self) -> sqlx::Result<Response> {
        let answers = serde_json::from_str(&self.answers).map_err(|e| sqlx::Error::Decode(Box::new(e)))?;
        let Self { id, form_id, form_version_id, channel, cohort, author_id, received_at, .. } = self;
        Ok(Response { id, form_id, form_version_id, channel, cohort, author_id, answers, received_at })
    }
}

/// The response of an idempotency key, with the hash of its content.
pub async fn by_idempotency(c: &mut Conn, hash: &[u8]) -> sqlx::Result<Option<(ResponseId, Vec<u8>)>> {
    db_optional!(c, (ResponseId, Vec<u8>), "SELECT id, content_hash FROM responses WHERE idempotency_hash = $1", hash)
}

/// Adds a response.
pub async fn insert(c: &mut Conn, row: &NewRow<'_>) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO responses (id, organization_id, form_id, form_version_id, access_point_id, channel, cohort, author_id,
                answers, idempotency_hash, content_hash, received_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        row.id,
        row.organization_id,
        row.form_id,
        row.form_version_id,
        row.access_point_id,
        row.channel,
        row.cohort,
        row.author_id,
        row.answers,
        row.idempotency_hash,
        row.content_hash,
        row.received_at
    )
}

/// Adds a photo to a response.
pub async fn insert_file(
    c: &mut Conn,
    id: ResponseFileId,
    response: ResponseId,
    question: &str,
    position: i64,
    file: &StoredFile,
) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO response_files (id, response_id, question, position, kind, size, sha256)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        id,
        response,
        question,
        position,
        &file.kind,
        file.size,
        &file.sha256[..]
    )
}

/// One response.
pub async fn by_id(c: &mut Conn, org: OrganizationId, id: ResponseId) -> sqlx::Result<Option<Response>> {
    db_optional!(
        c,
        Row,
        "SELECT id, form_id, form_version_id, channel, cohort, author_id, answers, received_at
         FROM responses WHERE organization_id = $1 AND id = $2",
        org,
        id
    )?
    .map(Row::into_model)
    .transpose()
}

/// How many responses a form has.
pub async fn count(c: &mut Conn, org: OrganizationId, form: FormId) -> sqlx::Result<i64> {
    let row: (i64,) =
        db_one!(c, (i64,), "SELECT COUNT(*) FROM responses WHERE form_id = $2 AND organization_id = $1", org, form)?;
    Ok(row.0)
}

/// A page of the responses of a form, by their ids, which grow with time.
pub async fn page(
    c: &mut Conn,
    org: OrganizationId,
    form: FormId,
    after: Option<ResponseId>,
    most: i64,
) -> sqlx::Result<Vec<Response>> {
    let after = after.unwrap_or(ResponseId(uuid::Uuid::nil()));
    let rows = db_all!(
        c,
        Row,
        "SELECT id, form_id, form_version_id, channel, cohort, author_id, answers, received_at
         FROM responses WHERE form_id = $2 AND organization_id = $1 AND id > $3 ORDER BY id LIMIT $4",
        org,
        form,
        after,
        most
    )?;
    rows.into_iter().map(Row::into_model).collect()
}

/// How many responses of a form were not counted yet.
pub async fn waiting(c: &mut Conn, org: OrganizationId, form: FormId) -> sqlx::Result<i64> {
    let row: (i64,) = db_one!(
        c,
        (i64,),
        "SELECT COUNT(*) FROM responses WHERE form_id = $2 AND organization_id = $1 AND stage = 0",
        org,
        form
    )?;
    Ok(row.0)
}

/// Puts the responses that wait into a stage.
pub async fn into_stage(c: &mut Conn, org: OrganizationId, form: FormId, stage: i64) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "UPDATE responses SET stage = $3 WHERE form_id = $2 AND organization_id = $1 AND stage = 0",
        org,
        form,
        stage
    )
}

/// A page of the responses of a stage: what is counted of them.
pub async fn page_of_stage(
    c: &mut Conn,
    org: OrganizationId,
    form: FormId,
    stage: i64,
    after: Option<ResponseId>,
    most: i64,
) -> sqlx::Result<Vec<Counted>> {
    let after = after.unwrap_or(ResponseId(uuid::Uuid::nil()));
    db_all!(
        c,
        Counted,
        "SELECT id, cohort, answers FROM responses
         WHERE form_id = $2 AND organization_id = $1 AND stage = $3 AND id > $4 ORDER BY id LIMIT $5",
        org,
        form,
        stage,
        after,
        most
    )
}

/// Writes what is left of the answers after an erasure.
pub async fn set_answers(
    c: &mut Conn,
    org: OrganizationId,
    id: ResponseId,
    answers: &str,
    content_hash: &[u8],
) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "UPDATE responses SET answers = $3, content_hash = $4 WHERE organization_id = $1 AND id = $2",
        org,
        id,
        answers,
        content_hash
    )
}

/// Takes the photos of a question away.
pub async fn delete_files(c: &mut Conn, response: ResponseId, question: &str) -> sqlx::Result<u64> {
    db_execute!(c, "DELETE FROM response_files WHERE response_id = $1 AND question = $2", response, question)
}

/// The photos of a response.
pub async fn files(c: &mut Conn, response: ResponseId) -> sqlx::Result<Vec<ResponseFile>> {
    db_all!(
        c,
        ResponseFile,
        "SELECT id, response_id, question, kind, size, sha256 FROM response_files WHERE response_id = $1 ORDER BY position",
        response
    )
}
