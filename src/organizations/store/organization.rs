//! SQL of organisations.

use chrono::{DateTime, Utc};

use crate::{
    db::Conn, db_all, db_execute, db_one, db_optional, kernel::ids::OrganizationId, organizations::model::Organization,
};

#[derive(sqlx::FromRow)]
struct OrganizationRow {
    id: OrganizationId,
    slug: String,
    name: String,
    emblem: String,
    hotline: String,
    office_name: String,
    welcome: String,
    calendar: String,
    limits: String,
}

impl OrganizationRow {
    /// JSON that this program can't read (edited by hand) counts as the defaults, which `huiyin doctor` reports.
    fn into_model(self) -> Organization {
        Organization {
            id: self.id,
            slug: self.slug,
            name: self.name,
            emblem: self.emblem,
            hotline: self.hotline,
            office_name: self.office_name,
            welcome: self.welcome,
            calendar: serde_json::from_str(&self.calendar).unwrap_or_default(),
            limits: serde_json::from_str(&self.limits).unwrap_or_default(),
        }
    }
}

/// The organisation of an id.
pub async fn organization(c: &mut Conn, id: OrganizationId) -> sqlx::Result<Option<Organization>> {
    let row = db_optional!(
        c,
        OrganizationRow,
        "SELECT id, slug, name, emblem, hotline, office_name, welcome, calendar, limits FROM organizations WHERE id = $1",
        id
    )?;
    Ok(row.map(OrganizationRow::into_model))
}

/// The organisation of a slug.
pub async fn organization_by_slug(c: &mut Conn, slug: &str) -> sqlx::Result<Option<Organization>> {
    let row = db_optional!(
        c,
        OrganizationRow,
        "SELECT id, slug, name, emblem, hotline, office_name, welcome, calendar, limits FROM organizations WHERE slug = $1",
        slug
    )?;
    Ok(row.map(OrganizationRow::into_model))
}

/// Every organisation, by name.
pub async fn organizations(c: &mut Conn) -> sqlx::Result<Vec<Organization>> {
    let rows = db_all!(
        c,
        OrganizationRow,
        "SELECT id, slug, name, emblem, hotline, office_name, welcome, calendar, limits FROM organizations ORDER BY name, slug"
    )?;
    Ok(rows.into_iter().map(OrganizationRow::into_model).collect())
}

/// How many organisations there are.
pub async fn count_organizations(c: &mut Conn) -> sqlx::Result<i64> {
    db_one!(c, (i64,), "SELECT COUNT(*) FROM organizations").map(|row| row.0)
}

/// Slug, calendar and limits of every organisation, as stored.
pub async fn raw_settings(c: &mut Conn) -> sqlx::Result<Vec<(String, String, String)>> {
    db_all!(c, (String, String, String), "SELECT slug, calendar, limits FROM organizations ORDER BY slug")
}

/// Adds an organisation.
pub async fn insert_organization(c: &mut Conn, o: &Organization, now: DateTime<Utc>) -> sqlx::Result<u64> {
    let calendar = serde_json::to_string(&o.calendar).unwrap_or_default();
    let limits = serde_json::to_string(&o.limits).unwrap_or_default();
    db_execute!(
        c,
        "INSERT INTO organizations (id, slug, name, emblem, hotline, office_name, welcome, calendar, limits, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        o.id,
        &o.slug,
        &o.name,
        &o.emblem,
        &o.hotline,
        &o.office_name,
        &o.welcome,
        &calendar,
        &limits,
        now
    )
}

/// Changes an organisation's texts, calendar and limits.
pub async fn update_organization(c: &mut Conn, o: &Organization) -> sqlx::Result<u64> {
    let calendar = serde_json::to_string(&o.calendar).unwrap_or_default();
    let limits = serde_json::to_string(&o.limits).unwrap_or_default();
    db_execute!(
        c,
        "UPDATE organizations SET name = $2, emblem = $3, hotline = $4, office_name = $5, welcome = $6, calendar = $7,
                limits = $8
         WHERE id = $1",
        o.id,
        &o.name,
        &o.emblem,
        &o.hotline,
        &o.office_name,
        &o.welcome,
        &calendar,
        &limits
    )
}

/// The roles of which the second step of signing in is required, as code words with spaces between.
pub async fn second_factor_roles(c: &mut Conn, id: OrganizationId) -> sqlx::Result<String> {
    db_one!(c, (String,), "SELECT second_factor_roles FROM organizations WHERE id = $1", id).map(|row| row.0)
}

/// Sets the roles of which the second step is required.
pub async fn set_second_factor_roles(c: &mut Conn, id: OrganizationId, roles: &str) -> sqlx::Result<u64> {
    db_execute!(c, "UPDATE organizations SET second_factor_roles = $2 WHERE id = $1", id, roles)
}

/// Locks the organisation's row until the transaction ends, so that changes by several administrators come one after
/// another (the last administrator can't be lost to two changes at once). SQLite's single writer does so anyway.
pub async fn lock_organization(c: &mut Conn, id: OrganizationId) -> sqlx::Result<u64> {
    db_execute!(c, "UPDATE organizations SET name = name WHERE id = $1", id)
}
