//! SQL of forms.

use chrono::{DateTime, Utc};

use crate::{
    db::Conn,
    db_all, db_execute, db_optional,
    forms::model::FormVersion,
    kernel::ids::{FormId, FormVersionId, OrganizationId},
};

#[derive(sqlx::FromRow)]
struct VersionRow {
    id: FormVersionId,
    form_id: FormId,
    number: i64,
    definition: String,
}

impl VersionRow {
    fn into_model(self) -> sqlx::Result<FormVersion> {
        let definition = serde_json::from_str(&self.definition).map_err(|e| sqlx::Error::Decode(Box::new(e)))?;
        Ok(FormVersion { id: self.id, form_id: self.form_id, number: self.number, definition })
    }
}

/// Adds a form.
pub async fn insert_form(
    c: &mut Conn,
    org: OrganizationId,
    id: FormId,
    title: &str,
    now: DateTime<Utc>,
) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO forms (id, organization_id, title, created_at) VALUES ($1, $2, $3, $4)",
        id,
        org,
        title,
        now
    )
}

/// Publishes a version.
pub async fn insert_version(c: &mut Conn, version: &FormVersion, now: DateTime<Utc>) -> sqlx::Result<u64> {
    let definition = serde_json::to_string(&version.definition).map_err(|e| sqlx::Error::Encode(Box::new(e)))?;
    db_execute!(
        c,
        "INSERT INTO form_versions (id, form_id, number, definition, published_at) VALUES ($1, $2, $3, $4, $5)",
        version.id,
        version.form_id,
        version.number,
        &definition,
        now
    )
}

/// The newest version of a form.
pub async fn live_version(c: &mut Conn, form: FormId) -> sqlx::Result<Option<FormVersion>> {
    db_optional!(
        c,
        VersionRow,
        "SELECT id, form_id, number, definition FROM form_versions WHERE form_id = $1 ORDER BY number DESC LIMIT 1",
        form
    )?
    .map(VersionRow::into_model)
    .transpose()
}

/// A version of a form.
pub async fn version(c: &mut Conn, id: FormVersionId) -> sqlx::Result<Option<FormVersion>> {
    db_optional!(c, VersionRow, "SELECT id, form_id, number, definition FROM form_versions WHERE id = $1", id)?
        .map(VersionRow::into_model)
        .transpose()
}

/// The forms of an organisation that an access point can open: id and title. Checklists are walked by, not opened.
pub async fn forms(c: &mut Conn, org: OrganizationId) -> sqlx::Result<Vec<(FormId, String)>> {
    db_all!(
        c,
        (FormId, String),
        "SELECT id, title FROM forms WHERE organization_id = $1
         AND id NOT IN (SELECT form_id FROM checklists) ORDER BY created_at",
        org
    )
}
