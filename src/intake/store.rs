//! SQL of submissions and of photos that were accepted before their form.

use chrono::{DateTime, Utc};

use crate::{
    cases::model::{Identity, Lane, Person},
    db::Conn,
    db_all, db_execute, db_one, db_optional,
    kernel::{
        ids::{AccessPointId, CaseId, FormVersionId, OrganizationId, SubmissionId, TopicId},
        roles::Channel,
    },
};

/// A submission as stored.
#[derive(Clone, Debug)]
pub struct NewRow<'a> {
    /// The id.
    pub id: SubmissionId,
    /// The organisation.
    pub organization_id: OrganizationId,
    /// Where it came in.
    pub access_point_id: AccessPointId,
    /// The form version that was answered.
    pub form_version_id: FormVersionId,
    /// The case made from it.
    pub case_id: CaseId,
    /// Keyed hash of the form instance's key.
    pub idempotency_hash: &'a [u8],
    /// Keyed hash of the content.
    pub content_hash: &'a [u8],
    /// The channel.
    pub channel: Channel,
    /// Who.
    pub person: Person,
    /// How they want to appear.
    pub identity: Identity,
    /// What it is about.
    pub topic_id: TopicId,
    /// What happened.
    pub body: &'a str,
    /// Answers as JSON.
    pub answers: &'a str,
    /// The version of the notice on data.
    pub notice_version: i64,
    /// HMAC of the tracking code.
    pub tracking_hash: &'a [u8],
    /// When (the hour, for anonymous people).
    pub received_at: DateTime<Utc>,
}

/// Adds a submission. A second one with the same idempotency hash breaks `submissions_idempotency_key`.
pub async fn insert(c: &mut Conn, row: &NewRow<'_>) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO submissions (id, organization_id, access_point_id, form_version_id, case_id, idempotency_hash, content_hash,
                channel, person, identity, topic_id, body, answers, notice_version, tracking_hash, received_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
        row.id,
        row.organization_id,
        row.access_point_id,
        row.form_version_id,
        row.case_id,
        row.idempotency_hash,
        row.content_hash,
        row.channel,
        row.person,
        row.identity,
        row.topic_id,
        row.body,
        row.answers,
        row.notice_version,
        row.tracking_hash,
        row.received_at
    )
}

/// What is needed to show the receipt of an earlier press again.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Earlier {
    /// Keyed hash of what was sent then.
    pub content_hash: Vec<u8>,
    /// The case's number.
    pub number: String,
    /// When the first answer is due.
    pub promised_at: DateTime<Utc>,
    /// When it came.
    pub received_at: DateTime<Utc>,
    /// The queue.
    pub lane: Lane,
}

/// The earlier press with this key.
pub async fn by_idempotency(c: &mut Conn, hash: &[u8]) -> sqlx::Result<Option<Earlier>> {
    db_optional!(
        c,
        Earlier,
        "SELECT s.content_hash, k.number, k.promised_at, s.received_at, k.lane
         FROM submissions s JOIN cases k ON k.id = s.case_id WHERE s.idempotency_hash = $1",
        hash
    )
}

/// Keeps who somebody is, encrypted.
pub async fn insert_identity(c: &mut Conn, id: SubmissionId, sealed: &[u8]) -> sqlx::Result<u64> {
    db_execute!(c, "INSERT INTO identities (submission_id, sealed) VALUES ($1, $2)", id, sealed)
}

/// The encrypted identity of a submission.
pub async fn identity(c: &mut Conn, id: SubmissionId) -> sqlx::Result<Option<Vec<u8>>> {
    let row = db_optional!(c, (Vec<u8>,), "SELECT sealed FROM identities WHERE submission_id = $1", id)?;
    Ok(row.map(|r| r.0))
}

/// A submission of a case.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Row {
    /// The id.
    pub id: SubmissionId,
    /// The form version that was answered.
    pub form_version_id: FormVersionId,
    /// What happened.
    pub body: String,
    /// Answers as JSON.
    pub answers: String,
    /// Who.
    pub person: Person,
    /// How they want to appear.
    pub identity: Identity,
    /// When.
    pub received_at: DateTime<Utc>,
}

/// The submissions of a case, oldest first.
pub async fn of_case(c: &mut Conn, org: OrganizationId, case: CaseId) -> sqlx::Result<Vec<Row>> {
    db_all!(
        c,
        Row,
        "SELECT id, form_version_id, body, answers, person, identity, received_at FROM submissions
         WHERE organization_id = $1 AND case_id = $2 ORDER BY received_at, id",
        org,
        case
    )
}

/// How many people speak of a case.
#[derive(Clone, Copy, Debug, sqlx::FromRow)]
pub struct Voices {
    /// All of them.
    pub count: i64,
    /// Those who want to stay anonymous.
    pub anonymous: i64,
}

/// How many submissions a case has, and the cases that are merged into it; a part has those of the case that it came from.
pub async fn voices(c: &mut Conn, case: CaseId) -> sqlx::Result<Voices> {
    db_one!(
        c,
        Voices,
        "SELECT COUNT(*) AS count, COUNT(CASE WHEN identity = 'anonymous' THEN 1 END) AS anonymous
         FROM submissions WHERE case_id = $1 OR case_id IN (SELECT id FROM cases WHERE lead_id = $1)
            OR case_id IN (SELECT origin_id FROM case_splits WHERE part_id = $1)",
        case
    )
}

/// The case that a tracking code opens.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Tracked {
    /// The submission whose code it is.
    pub submission_id: SubmissionId,
    /// The case.
    pub case_id: CaseId,
    /// The organisation.
    pub organization_id: OrganizationId,
    /// How the sender wants to appear.
    pub identity: Identity,
    /// Who they say to be.
    pub person: Person,
}

/// What a receipt says, and where it was given.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Given {
    /// The access point.
    pub access_point_id: AccessPointId,
    /// The case's number.
    pub number: String,
    /// When the first answer was due.
    pub promised_at: DateTime<Utc>,
    /// When it came.
    pub received_at: DateTime<Utc>,
    /// The queue.
    pub lane: Lane,
}

/// The receipt of a submission.
pub async fn receipt(c: &mut Conn, id: SubmissionId) -> sqlx::Result<Option<Given>> {
    db_optional!(
        c,
        Given,
        "SELECT s.access_point_id, k.number, k.promised_at, s.received_at, k.lane
         FROM submissions s JOIN cases k ON k.id = s.case_id WHERE s.id = $1",
        id
    )
}

/// The case of a tracking code's hash.
pub async fn by_tracking(c: &mut Conn, hash: &[u8]) -> sqlx::Result<Option<Tracked>> {
    db_optional!(
        c,
        Tracked,
        "SELECT id AS submission_id, case_id, organization_id, identity, person FROM submissions WHERE tracking_hash = $1",
        hash
    )
}
