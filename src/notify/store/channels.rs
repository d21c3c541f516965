//! SQL of robots and webhooks.

use chrono::{DateTime, Utc};
use sqlx::AssertSqlSafe;

use crate::{
    db::{Conn, dialect},
    db_all, db_execute, db_optional,
    kernel::ids::{NoticeChannelId, OrganizationId},
    notify::model::{Channel, ChannelKind},
};

/// The channels of an organisation, by name; those out of use too.
pub async fn all(c: &mut Conn, org: OrganizationId) -> sqlx::Result<Vec<Channel>> {
    db_all!(
        c,
        Channel,
        "SELECT id, organization_id, kind, name, host, target_sealed, muted, pending, version, told_at, tried_at, outcome, disabled_at
         FROM notice_channels WHERE organization_id = $1 ORDER BY name, id",
        org
    )
}

/// Every channel in use, of every organisation.
pub async fn in_use(c: &mut Conn) -> sqlx::Result<Vec<(NoticeChannelId, OrganizationId)>> {
    db_all!(
        c,
        (NoticeChannelId, OrganizationId),
        "SELECT id, organization_id FROM notice_channels WHERE disabled_at IS NULL"
    )
}

/// A channel of an organisation, held for the rest of the transaction.
pub async fn hold(c: &mut Conn, org: OrganizationId, id: NoticeChannelId) -> sqlx::Result<Option<Channel>> {
    let sql = format!(
        "SELECT id, organization_id, kind, name, host, target_sealed, muted, pending, version, told_at, tried_at, outcome, disabled_at
         FROM notice_channels WHERE organization_id = $1 AND id = $2{}",
        dialect::for_update(c)
    );
    db_optional!(c, Channel, AssertSqlSafe(sql.as_str()), org, id)
}

/// A channel of an organisation.
pub async fn by_id(c: &mut Conn, org: OrganizationId, id: NoticeChannelId) -> sqlx::Result<Option<Channel>> {
    db_optional!(
        c,
        Channel,
        "SELECT id, organization_id, kind, name, host, target_sealed, muted, pending, version, told_at, tried_at, outcome, disabled_at
         FROM notice_channels WHERE organization_id = $1 AND id = $2",
        org,
        id
    )
}

/// A channel as it is to be kept.
pub struct Row<'a> {
    /// The id.
    pub id: NoticeChannelId,
    /// The organisation.
    pub org: OrganizationId,
    /// What it is.
    pub kind: ChannelKind,
    /// Its name.
    pub name: &'a str,
    /// The host of its address.
    pub host: &'a str,
    /// Address and secret, sealed.
    pub target_sealed: &'a [u8],
    /// What it does not carry.
    pub muted: &'a str,
}

/// Adds a channel.
pub async fn insert(c: &mut Conn, row: &Row<'_>) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO notice_channels (id, organization_id, kind, name, host, target_sealed, muted, pending, version, outcome)
         VALUES ($1, $2, $3, $4, $5, $6, $7, '', 1, '')",
        row.id,
        row.org,
        row.kind,
        row.name,
        row.host,
        row.target_sealed,
        row.muted
    )
}

/// Changes a channel as of the version that was seen; 0 when somebody else was faster.
pub async fn update(
    c: &mut Conn,
    row: &Row<'_>,
    disabled_at: Option<DateTime<Utc>>,
    pending: &str,
    version: i64,
) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "UPDATE notice_channels SET name = $4, host = $5, target_sealed = $6, muted = $7, disabled_at = $8, version = version + 1,
                pending = $9
         WHERE organization_id = $1 AND id = $2 AND kind = $3 AND version = $10",
        row.org,
        row.id,
        row.kind,
        row.name,
        row.host,
        row.target_sealed,
        row.muted,
        disabled_at,
        pending,
        version
    )
}

/// Cases that the next message of a channel counts.
pub async fn set_pending(c: &mut Conn, id: NoticeChannelId, cases: &str) -> sqlx::Result<u64> {
    db_execute!(c, "UPDATE notice_channels SET pending = $2 WHERE id = $1", id, cases)
}

/// A message was made of what was pending.
pub async fn told(c: &mut Conn, id: NoticeChannelId, at: DateTime<Utc>) -> sqlx::Result<u64> {
    db_execute!(c, "UPDATE notice_channels SET pending = '', told_at = $2 WHERE id = $1", id, at)
}

/// A message was tried.
pub async fn tried(c: &mut Conn, id: NoticeChannelId, at: DateTime<Utc>, outcome: &str) -> sqlx::Result<u64> {
    db_execute!(c, "UPDATE notice_channels SET tried_at = $2, outcome = $3 WHERE id = $1", id, at, outcome)
}

/// A message arrived: the pause counts from now.
pub async fn arrived(c: &mut Conn, id: NoticeChannelId, at: DateTime<Utc>) -> sqlx::Result<u64> {
    db_execute!(c, "UPDATE notice_channels SET told_at = $2 WHERE id = $1", id, at)
}
