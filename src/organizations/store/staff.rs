//! SQL of people.

use chrono::{DateTime, Utc};

use crate::{
    db::Conn,
    db_all, db_execute, db_one, db_optional,
    i18n::Lang,
    kernel::{
        ids::{DepartmentId, OrganizationId, StaffId},
        roles::Role,
    },
    organizations::model::Staff,
};

/// People of an organisation, by name, those without access too.
pub async fn staff(c: &mut Conn, org: OrganizationId) -> sqlx::Result<Vec<Staff>> {
    db_all!(
        c,
        Staff,
        "SELECT id, department_id, username, display_name, role, disabled_at, password_hash IS NOT NULL AS has_password
         FROM staff WHERE organization_id = $1 ORDER BY display_name, id",
        org
    )
}

/// A person of an organisation.
pub async fn staff_member(c: &mut Conn, org: OrganizationId, id: StaffId) -> sqlx::Result<Option<Staff>> {
    db_optional!(
        c,
        Staff,
        "SELECT id, department_id, username, display_name, role, disabled_at, password_hash IS NOT NULL AS has_password
         FROM staff WHERE organization_id = $1 AND id = $2",
        org,
        id
    )
}

/// A new member of staff.
#[derive(Clone, Debug)]
pub struct NewStaff {
    /// The id.
    pub id: StaffId,
    /// The department, for handlers and heads.
    pub department_id: Option<DepartmentId>,
    /// The sign-in name, lower case, unique in the installation.
    pub username: String,
    /// The name shown.
    pub display_name: String,
    /// The role.
    pub role: Role,
    /// The language of their pages.
    pub lang: Lang,
}

/// Adds a person.
pub async fn insert_staff(c: &mut Conn, org: OrganizationId, s: &NewStaff, now: DateTime<Utc>) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO staff (id, organization_id, department_id, username, display_name, role, lang, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        s.id,
        org,
        s.department_id,
        &s.username,
        &s.display_name,
        s.role,
        s.lang,
        now
    )
}

/// Changes a person's name, role, department and access.
pub async fn update_staff(c: &mut Conn, org: OrganizationId, s: &Staff) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "UPDATE staff SET display_name = $3, role = $4, department_id = $5, disabled_at = $6
         WHERE id = $1 AND organization_id = $2",
        s.id,
        org,
        &s.display_name,
        s.role,
        s.department_id,
        s.disabled_at
    )
}

/// How many people of a role besides this person can sign in.
pub async fn count_others(c: &mut Conn, org: OrganizationId, except: StaffId, role: Role) -> sqlx::Result<i64> {
    db_one!(
        c,
        (i64,),
        "SELECT COUNT(*) FROM staff
         WHERE organization_id = $1 AND id <> $2 AND role = $3 AND disabled_at IS NULL AND password_hash IS NOT NULL",
        org,
        except,
        role
    )
    .map(|row| row.0)
}
