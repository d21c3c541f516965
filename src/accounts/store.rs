//! SQL of accounts.

use chrono::{DateTime, Utc};

use crate::{
    accounts::model::Actor,
    db::Conn,
    db_execute, db_one, db_optional,
    i18n::Lang,
    kernel::ids::{InvitationId, OrganizationId, SessionId, StaffId},
};

/// What is needed to check a password.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Credentials {
    /// The person.
    pub id: StaffId,
    /// The organisation.
    pub organization_id: OrganizationId,
    /// The argon2id hash; `None` before the invitation was accepted.
    pub password_hash: Option<String>,
    /// Set when the account is closed.
    pub disabled_at: Option<DateTime<Utc>>,
    /// The role, for the first page.
    pub role: crate::kernel::roles::Role,
}

/// The account of a sign-in name.
pub async fn credentials_by_username(c: &mut Conn, username: &str) -> sqlx::Result<Option<Credentials>> {
    db_optional!(
        c,
        Credentials,
        "SELECT id, organization_id, password_hash, disabled_at, role FROM staff WHERE username = $1",
        username
    )
}

/// The account of an id.
pub async fn credentials_by_id(c: &mut Conn, id: StaffId) -> sqlx::Result<Option<Credentials>> {
    db_optional!(
        c,
        Credentials,
        "SELECT id, organization_id, password_hash, disabled_at, role FROM staff WHERE id = $1",
        id
    )
}

/// Sets a password hash.
pub async fn set_password(c: &mut Conn, id: StaffId, hash: &str) -> sqlx::Result<u64> {
    db_execute!(c, "UPDATE staff SET password_hash = $2 WHERE id = $1", id, hash)
}

/// Sets the language of a person's pages.
pub async fn set_lang(c: &mut Conn, id: StaffId, lang: Lang) -> sqlx::Result<u64> {
    db_execute!(c, "UPDATE staff SET lang = $2 WHERE id = $1", id, lang)
}

/// Adds a session.
pub async fn insert_session(
    c: &mut Conn,
    id: SessionId,
    staff: StaffId,
    token_hash: &[u8],
    now: DateTime<Utc>,
    expires: DateTime<Utc>,
) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO sessions (id, staff_id, token_hash, created_at, seen_at, expires_at) VALUES ($1, $2, $3, $4, $4, $5)",
        id,
        staff,
        token_hash,
        now,
        expires
    )
}

/// A session and who it belongs to.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct SessionRow {
    /// Who.
    #[sqlx(flatten)]
    pub actor: Actor,
    /// When it was last used, to about five minutes.
    pub seen_at: DateTime<Utc>,
    /// Roles of which the organisation requires the second step.
    pub second_roles: String,
    /// Since when the person has it.
    pub second_at: Option<DateTime<Utc>>,
}

/// The living session of a token: not expired, not idle since `idle_since`, of an account that is not disabled.
pub async fn session_by_token(
    c: &mut Conn,
    token_hash: &[u8],
    now: DateTime<Utc>,
    idle_since: DateTime<Utc>,
) -> sqlx::Result<Option<SessionRow>> {
    db_optional!(
        c,
        SessionRow,
        "SELECT sessions.id AS session_id, staff.id AS staff_id, staff.organization_id, organizations.name AS organization_name,
                organizations.slug AS organization_slug, organizations.emblem, staff.department_id, staff.role,
                staff.display_name, staff.username, staff.lang, sessions.seen_at,
                organizations.second_factor_roles AS second_roles, second_factors.confirmed_at AS second_at,
                EXISTS (SELECT 1 FROM patrol_classes
                        WHERE patrol_classes.teacher_id = staff.id AND patrol_classes.disabled_at IS NULL) AS teaches_class
         FROM sessions
         JOIN staff ON staff.id = sessions.staff_id
         JOIN organizations ON organizations.id = staff.organization_id
         LEFT JOIN second_factors ON second_factors.staff_id = staff.id
         WHERE sessions.token_hash = $1 AND sessions.expires_at > $2 AND sessions.seen_at > $3 AND staff.disabled_at IS NULL",
        token_hash, now, idle_since
    )
}

/// Notes that a session was used.
pub async fn touch_session(c: &mut Conn, id: SessionId, now: DateTime<Utc>) -> sqlx::Result<u64> {
    db_execute!(c, "UPDATE sessions SET seen_at = $2 WHERE id = $1", id, now)
}

/// Ends a session.
pub async fn delete_session(c: &mut Conn, id: SessionId) -> sqlx::Result<u64> {
    db_execute!(c, "DELETE FROM sessions WHERE id = $1", id)
}

/// Ends every session of a person.
pub async fn delete_sessions_of(c: &mut Conn, staff: StaffId) -> sqlx::Result<u64> {
    db_execute!(c, "DELETE FROM sessions WHERE staff_id = $1", staff)
}

/// Forgets sessions that are over.
pub async fn delete_expired_sessions(c: &mut Conn, now: DateTime<Utc>) -> sqlx::Result<u64> {
    db_execute!(c, "DELETE FROM sessions WHERE expires_at <= $1", now)
}

/// Adds an invitation.
pub async fn insert_invitation(
    c: &mut Conn,
    id: InvitationId,
    staff: StaffId,
    token_hash: &[u8],
    now: DateTime<Utc>,
    expires: DateTime<Utc>,
) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO invitations (id, staff_id, token_hash, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)",
        id,
        staff,
        token_hash,
        now,
        expires
    )
}

/// Whom an invitation is for.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Invitee {
    /// The invitation.
    pub id: InvitationId,
    /// The person.
    pub staff_id: StaffId,
    /// The organisation.
    pub organization_id: OrganizationId,
    /// The organisation's name.
    pub organization_name: String,
    /// The name shown.
    pub display_name: String,
    /// The sign-in name.
    pub username: String,
    /// The role, for the first page.
    pub role: crate::kernel::roles::Role,
}

/// The open invitation of a token.
pub async fn invitee_by_token(c: &mut Conn, token_hash: &[u8], now: DateTime<Utc>) -> sqlx::Result<Option<Invitee>> {
    db_optional!(
        c,
        Invitee,
        "SELECT invitations.id, staff.id AS staff_id, staff.organization_id, organizations.name AS organization_name,
                staff.display_name, staff.username, staff.role
         FROM invitations
         JOIN staff ON staff.id = invitations.staff_id
         JOIN organizations ON organizations.id = staff.organization_id
         WHERE invitations.token_hash = $1 AND invitations.used_at IS NULL AND invitations.expires_at > $2
           AND staff.disabled_at IS NULL",
        token_hash,
        now
    )
}

/// Marks an invitation as used; 0 when somebody was faster.
pub async fn use_invitation(c: &mut Conn, id: InvitationId, now: DateTime<Utc>) -> sqlx::Result<u64> {
    db_execute!(c, "UPDATE invitations SET used_at = $2 WHERE id = $1 AND used_at IS NULL", id, now)
}

/// Closes every open invitation of a person.
pub async fn void_invitations_of(c: &mut Conn, staff: StaffId, now: DateTime<Utc>) -> sqlx::Result<u64> {
    db_execute!(c, "UPDATE invitations SET used_at = $2 WHERE staff_id = $1 AND used_at IS NULL", staff, now)
}

/// Failed tries of a subject, and until when it must wait.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Throttle {
    /// Failed tries in a row.
    pub failures: i64,
    /// No try before this.
    pub blocked_until: DateTime<Utc>,
}

/// The throttle of a subject (a keyed hash of name and address), made when there is none; whoever else asks for it waits
/// until the caller's transaction ends, or parallel tries would count as one.
pub async fn hold_throttle(c: &mut Conn, subject: &[u8], now: DateTime<Utc>) -> sqlx::Result<Throttle> {
    db_one!(
        c,
        Throttle,
        "INSERT INTO login_throttles (subject, failures, blocked_until) VALUES ($1, 0, $2)
         ON CONFLICT (subject) DO UPDATE SET failures = login_throttles.failures
         RETURNING failures, blocked_until",
        subject,
        now
    )
}

/// Sets the throttle of a subject.
pub async fn set_throttle(
    c: &mut Conn,
    subject: &[u8],
    failures: i64,
    blocked_until: DateTime<Utc>,
) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO login_throttles (subject, failures, blocked_until) VALUES ($1, $2, $3)
         ON CONFLICT (subject) DO UPDATE SET failures = excluded.failures, blocked_until = excluded.blocked_until",
        subject,
        failures,
        blocked_until
    )
}

/// Forgets the throttle of a subject.
pub async fn clear_throttle(c: &mut Conn, subject: &[u8]) -> sqlx::Result<u64> {
    db_execute!(c, "DELETE FROM login_throttles WHERE subject = $1", subject)
}

/// How many people have an account, in all organisations: 0 means a new installation.
pub async fn count_staff(c: &mut Conn) -> sqlx::Result<i64> {
    db_one!(c, (i64,), "SELECT COUNT(*) FROM staff").map(|row| row.0)
}
