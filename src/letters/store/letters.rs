//! Letters, their published versions, and the letter to the head.

use chrono::{DateTime, Utc};

use crate::{
    db::Conn,
    db_all, db_execute, db_optional,
    kernel::ids::{AccessPointId, FormId, LetterId, OrganizationId, StaffId},
    letters::model::{Content, Letter, Version, Way},
};

#[derive(sqlx::FromRow)]
struct Row {
    id: LetterId,
    content: String,
    version: i64,
    form_id: Option<FormId>,
    access_point_id: Option<AccessPointId>,
    replies_until: Option<DateTime<Utc>>,
    with_codes: bool,
    changed_at: DateTime<Utc>,
}

impl Row {
    fn into_model(self) -> sqlx::Result<Letter> {
        let content = serde_json::from_str(&self.content).map_err(|e| sqlx::Error::Decode(Box::new(e)))?;
        let Self { id, version, form_id, access_point_id, replies_until, with_codes, changed_at, .. } = self;
        Ok(Letter { id, content, version, form_id, access_point_id, replies_until, with_codes, changed_at })
    }
}

fn json(content: &Content) -> sqlx::Result<String> {
    serde_json::to_string(content).map_err(|e| sqlx::Error::Encode(Box::new(e)))
}

/// Who does it, and when.
#[derive(Clone, Copy)]
pub struct Change {
    pub organization_id: OrganizationId,
    pub by: StaffId,
    pub at: DateTime<Utc>,
}

/// Adds a letter.
pub async fn insert(c: &mut Conn, id: LetterId, content: &Content, change: Change) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO letters (id, organization_id, content, version, changed_by, changed_at, created_at)
         VALUES ($1, $2, $3, 1, $4, $5, $5)",
        id,
        change.organization_id,
        &json(content)?,
        change.by,
        change.at
    )
}

/// Changes what a letter says; 0 when somebody else changed it after `seen`.
pub async fn write(c: &mut Conn, id: LetterId, seen: i64, content: &Content, change: Change) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "UPDATE letters SET content = $4, version = version + 1, changed_by = $5, changed_at = $6
         WHERE organization_id = $1 AND id = $2 AND version = $3",
        change.organization_id,
        id,
        seen,
        &json(content)?,
        change.by,
        change.at
    )
}

/// Publishes a draft; 0 when it was published or changed meanwhile.
pub async fn publish(
    c: &mut Conn,
    id: LetterId,
    seen: i64,
    form: FormId,
    point: AccessPointId,
    way: Way,
    change: Change,
) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "UPDATE letters SET form_id = $4, access_point_id = $5, replies_until = $6, with_codes = $7, version = version + 1,
                changed_by = $8, changed_at = $9
         WHERE organization_id = $1 AND id = $2 AND version = $3 AND form_id IS NULL",
        change.organization_id,
        id,
        seen,
        form,
        point,
        way.until,
        way.with_codes,
        change.by,
        change.at
    )
}

/// Sets another end of replies; 0 when they have ended.
pub async fn set_end(c: &mut Conn, id: LetterId, until: DateTime<Utc>, change: Change) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "UPDATE letters SET replies_until = $3, changed_by = $4, changed_at = $5
         WHERE organization_id = $1 AND id = $2 AND replies_until > $5",
        change.organization_id,
        id,
        until,
        change.by,
        change.at
    )
}

/// Takes a draft away; 0 when it was published.
pub async fn remove(c: &mut Conn, org: OrganizationId, id: LetterId) -> sqlx::Result<u64> {
    db_execute!(c, "DELETE FROM letters WHERE organization_id = $1 AND id = $2 AND form_id IS NULL", org, id)
}

/// One letter.
pub async fn by_id(c: &mut Conn, org: OrganizationId, id: LetterId) -> sqlx::Result<Option<Letter>> {
    db_optional!(
        c,
        Row,
        "SELECT id, content, version, form_id, access_point_id, replies_until, with_codes, changed_at
         FROM letters WHERE organization_id = $1 AND id = $2",
        org,
        id
    )?
    .map(Row::into_model)
    .transpose()
}

/// The letter of a reply slip's form.
pub async fn by_form(c: &mut Conn, org: OrganizationId, form: FormId) -> sqlx::Result<Option<Letter>> {
    db_optional!(
        c,
        Row,
        "SELECT id, content, version, form_id, access_point_id, replies_until, with_codes, changed_at
         FROM letters WHERE form_id = $2 AND organization_id = $1",
        org,
        form
    )?
    .map(Row::into_model)
    .transpose()
}

/// The newest letters.
pub async fn newest(c: &mut Conn, org: OrganizationId, most: i64) -> sqlx::Result<Vec<Letter>> {
    let rows = db_all!(
        c,
        Row,
        "SELECT id, content, version, form_id, access_point_id, replies_until, with_codes, changed_at
         FROM letters WHERE organization_id = $1 ORDER BY created_at DESC, id DESC LIMIT $2",
        org,
        most
    )?;
    rows.into_iter().map(Row::into_model).collect()
}

/// Freezes a version.
pub async fn insert_version(
    c: &mut Conn,
    id: LetterId,
    number: i64,
    content: &Content,
    note: &str,
    change: Change,
) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO letter_versions (letter_id, number, content, note, published_by, published_at)
         VALUES ($1, $2, $3, $4, $5, $6)",
        id,
        number,
        &json(content)?,
        note,
        change.by,
        change.at
    )
}

/// The published versions of a letter, oldest first.
pub async fn versions(c: &mut Conn, id: LetterId) -> sqlx::Result<Vec<Version>> {
    let rows = db_all!(
        c,
        (i64, String, DateTime<Utc>),
        "SELECT number, note, published_at FROM letter_versions WHERE letter_id = $1 ORDER BY number",
        id
    )?;
    Ok(rows.into_iter().map(|(number, note, published_at)| Version { number, note, published_at }).collect())
}

/// What a published version said.
pub async fn version(c: &mut Conn, id: LetterId, number: i64) -> sqlx::Result<Option<Content>> {
    let row = db_optional!(
        c,
        (String,),
        "SELECT content FROM letter_versions WHERE letter_id = $1 AND number = $2",
        id,
        number
    )?;
    row.map(|(text,)| serde_json::from_str(&text).map_err(|e| sqlx::Error::Decode(Box::new(e)))).transpose()
}

/// The form of the letter to the head.
pub async fn head_form(c: &mut Conn, org: OrganizationId) -> sqlx::Result<Option<FormId>> {
    let row = db_optional!(c, (FormId,), "SELECT form_id FROM letters_to_the_head WHERE organization_id = $1", org)?;
    Ok(row.map(|(form,)| form))
}

/// Remembers the form of the letter to the head; 0 when somebody was faster.
pub async fn insert_head_form(c: &mut Conn, org: OrganizationId, form: FormId) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO letters_to_the_head (organization_id, form_id) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        org,
        form
    )
}
