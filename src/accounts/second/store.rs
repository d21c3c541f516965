//! SQL of the second step of signing in.

use chrono::{DateTime, Utc};

use crate::{
    db::Conn,
    db_all, db_execute, db_one, db_optional,
    i18n::Lang,
    kernel::{
        ids::{OrganizationId, StaffId},
        roles::Role,
    },
};

/// Somebody's second step.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Factor {
    /// The secret, sealed.
    pub sealed: Vec<u8>,
    /// When setting up began.
    pub begun_at: DateTime<Utc>,
    /// When the first code was typed; before that it holds nobody up.
    pub confirmed_at: Option<DateTime<Utc>>,
    /// The time step of the last code that was used.
    pub last_step: i64,
}

/// The second step of a person.
pub async fn factor(c: &mut Conn, staff: StaffId) -> sqlx::Result<Option<Factor>> {
    db_optional!(
        c,
        Factor,
        "SELECT sealed, begun_at, confirmed_at, last_step FROM second_factors WHERE staff_id = $1",
        staff
    )
}

/// Begins with a new secret, in place of one that was never confirmed; 0 when there is a confirmed one.
pub async fn begin(c: &mut Conn, staff: StaffId, sealed: &[u8], at: DateTime<Utc>) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO second_factors (staff_id, sealed, begun_at, confirmed_at, last_step) VALUES ($1, $2, $3, NULL, 0)
         ON CONFLICT (staff_id) DO UPDATE SET sealed = excluded.sealed, begun_at = excluded.begun_at
         WHERE second_factors.confirmed_at IS NULL",
        staff,
        sealed,
        at
    )
}

/// Confirms a secret by the step of its first code; 0 when there is none to confirm, or it was begun anew meanwhile.
pub async fn confirm(
    c: &mut Conn,
    staff: StaffId,
    begun: DateTime<Utc>,
    step: i64,
    at: DateTime<Utc>,
) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "UPDATE second_factors SET confirmed_at = $4, last_step = $3
         WHERE staff_id = $1 AND begun_at = $2 AND confirmed_at IS NULL",
        staff,
        begun,
        step,
        at
    )
}

/// Uses the code of a step up; 0 when it, or a later one, was used already.
pub async fn use_step(c: &mut Conn, staff: StaffId, step: i64) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "UPDATE second_factors SET last_step = $2 WHERE staff_id = $1 AND last_step < $2 AND confirmed_at IS NOT NULL",
        staff,
        step
    )
}

/// Takes a person's second step away; 0 when there was none.
pub async fn delete_factor(c: &mut Conn, staff: StaffId) -> sqlx::Result<u64> {
    db_execute!(c, "DELETE FROM second_factors WHERE staff_id = $1", staff)
}

/// Adds a recovery code.
pub async fn insert_recovery(c: &mut Conn, staff: StaffId, hash: &[u8]) -> sqlx::Result<u64> {
    db_execute!(c, "INSERT INTO recovery_codes (code_hash, staff_id, used_at) VALUES ($1, $2, NULL)", hash, staff)
}

/// Uses a recovery code up; 0 when there is none of this hash, or it was used.
pub async fn use_recovery(c: &mut Conn, staff: StaffId, hash: &[u8], at: DateTime<Utc>) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "UPDATE recovery_codes SET used_at = $3 WHERE staff_id = $1 AND code_hash = $2 AND used_at IS NULL",
        staff,
        hash,
        at
    )
}

/// How many recovery codes of a person are left.
pub async fn recovery_left(c: &mut Conn, staff: StaffId) -> sqlx::Result<i64> {
    db_one!(c, (i64,), "SELECT COUNT(*) FROM recovery_codes WHERE staff_id = $1 AND used_at IS NULL", staff)
        .map(|row| row.0)
}

/// Takes a person's recovery codes away.
pub async fn delete_recovery(c: &mut Conn, staff: StaffId) -> sqlx::Result<u64> {
    db_execute!(c, "DELETE FROM recovery_codes WHERE staff_id = $1", staff)
}

/// Writes down that somebody owes a code.
pub async fn insert_step(c: &mut Conn, token: &[u8], staff: StaffId, expires: DateTime<Utc>) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO sign_in_steps (token_hash, staff_id, expires_at) VALUES ($1, $2, $3)",
        token,
        staff,
        expires
    )
}

/// Somebody who typed the right password and owes a code.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Owing {
    /// The person.
    pub staff_id: StaffId,
    /// Their organisation.
    pub organization_id: OrganizationId,
    /// The sign-in name.
    pub username: String,
    /// The role, for the first page.
    pub role: Role,
    /// The language of their pages.
    pub lang: Lang,
}

/// Who owes the code of a token.
pub async fn owing(c: &mut Conn, token: &[u8], now: DateTime<Utc>) -> sqlx::Result<Option<Owing>> {
    db_optional!(
        c,
        Owing,
        "SELECT p.id AS staff_id, p.organization_id, p.username, p.role, p.lang
         FROM sign_in_steps s JOIN staff p ON p.id = s.staff_id
         WHERE s.token_hash = $1 AND s.expires_at > $2 AND p.disabled_at IS NULL",
        token,
        now
    )
}

/// Nobody owes the code of this token any more; 0 when somebody was faster.
pub async fn delete_step(c: &mut Conn, token: &[u8]) -> sqlx::Result<u64> {
    db_execute!(c, "DELETE FROM sign_in_steps WHERE token_hash = $1", token)
}

/// Whatever a person owes is forgotten: their password or their second step has changed.
pub async fn delete_steps_of(c: &mut Conn, staff: StaffId) -> sqlx::Result<u64> {
    db_execute!(c, "DELETE FROM sign_in_steps WHERE staff_id = $1", staff)
}

/// Forgets what is over.
pub async fn delete_expired_steps(c: &mut Conn, now: DateTime<Utc>) -> sqlx::Result<u64> {
    db_execute!(c, "DELETE FROM sign_in_steps WHERE expires_at <= $1", now)
}

/// The roles of which an organisation requires it, as code words with spaces between.
pub async fn required_roles(c: &mut Conn, org: OrganizationId) -> sqlx::Result<String> {
    db_one!(c, (String,), "SELECT second_factor_roles FROM organizations WHERE id = $1", org).map(|row| row.0)
}

/// The people of an organisation who have set it up.
pub async fn set_up(c: &mut Conn, org: OrganizationId) -> sqlx::Result<Vec<(StaffId,)>> {
    db_all!(
        c,
        (StaffId,),
        "SELECT f.staff_id FROM second_factors f JOIN staff p ON p.id = f.staff_id
         WHERE p.organization_id = $1 AND f.confirmed_at IS NOT NULL",
        org
    )
}
