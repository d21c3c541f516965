//! SQL of entries that wait for the end of their hour.

use chrono::{DateTime, Utc};

use crate::{
    db::{Conn, dialect},
    db_all, db_execute, db_one,
    kernel::ids::{OrganizationId, StaffId},
};

/// An entry that waits.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Waiting {
    /// Random, so that the order of rows tells nothing.
    pub id: uuid::Uuid,
    /// The chain that it will join.
    pub organization_id: OrganizationId,
    /// Its hour.
    pub hour: DateTime<Utc>,
    /// Who; `None` for submitters.
    pub actor_id: Option<StaffId>,
    /// What was done.
    pub action: String,
    /// To what kind of thing.
    pub entity: String,
    /// To which one.
    pub entity_id: Option<uuid::Uuid>,
    /// Code words that say more.
    pub detail: String,
}

/// What the entries of an hour add up to.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Sum {
    /// The chain.
    pub organization_id: OrganizationId,
    /// The hour.
    pub hour: DateTime<Utc>,
    /// How many they are.
    pub entries: i64,
    /// The sum of their keyed hashes.
    pub sum: Vec<u8>,
    /// The keyed hash of all this.
    pub seal: Vec<u8>,
}

/// Adds an entry.
pub async fn insert(c: &mut Conn, row: &Waiting) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO audit_waiting (id, organization_id, hour, actor_id, action, entity, entity_id, detail)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        row.id,
        row.organization_id,
        row.hour,
        row.actor_id,
        &row.action,
        &row.entity,
        row.entity_id,
        &row.detail
    )
}

/// The sum of an hour, locked until the transaction ends; `empty` when it is the first entry's.
pub async fn lock_sum(c: &mut Conn, empty: &Sum) -> sqlx::Result<Sum> {
    db_execute!(
        c,
        "INSERT INTO audit_waiting_sums (organization_id, hour, entries, sum, seal) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT DO NOTHING",
        empty.organization_id,
        empty.hour,
        empty.entries,
        &empty.sum,
        &empty.seal
    )?;
    let sql = format!(
        "SELECT organization_id, hour, entries, sum, seal FROM audit_waiting_sums WHERE organization_id = $1 AND hour = $2{}",
        dialect::for_update(c)
    );
    db_one!(c, Sum, sqlx::AssertSqlSafe(sql.clone()), empty.organization_id, empty.hour)
}

/// Writes the sum of an hour.
pub async fn set_sum(c: &mut Conn, sum: &Sum) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "UPDATE audit_waiting_sums SET entries = $3, sum = $4, seal = $5 WHERE organization_id = $1 AND hour = $2",
        sum.organization_id,
        sum.hour,
        sum.entries,
        &sum.sum,
        &sum.seal
    )
}

/// The hours before this one in which something waits.
pub async fn hours_before(c: &mut Conn, before: DateTime<Utc>) -> sqlx::Result<Vec<DateTime<Utc>>> {
    let rows = db_all!(
        c,
        (DateTime<Utc>,),
        "SELECT DISTINCT hour FROM audit_waiting_sums WHERE hour < $1 ORDER BY hour",
        before
    )?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// The sums of hours before this one, locked until the transaction ends.
pub async fn lock_sums_before(c: &mut Conn, before: DateTime<Utc>) -> sqlx::Result<Vec<Sum>> {
    let sql = format!(
        "SELECT organization_id, hour, entries, sum, seal FROM audit_waiting_sums WHERE hour < $1
         ORDER BY hour, organization_id{}",
        dialect::for_update(c)
    );
    db_all!(c, Sum, sqlx::AssertSqlSafe(sql.clone()), before)
}

/// Every sum.
pub async fn sums(c: &mut Conn) -> sqlx::Result<Vec<Sum>> {
    db_all!(
        c,
        Sum,
        "SELECT organization_id, hour, entries, sum, seal FROM audit_waiting_sums ORDER BY hour, organization_id"
    )
}

/// The entries of an hour, by their random ids.
pub async fn of_hour(c: &mut Conn, org: OrganizationId, hour: DateTime<Utc>) -> sqlx::Result<Vec<Waiting>> {
    db_all!(
        c,
        Waiting,
        "SELECT id, organization_id, hour, actor_id, action, entity, entity_id, detail FROM audit_waiting
         WHERE organization_id = $1 AND hour = $2 ORDER BY id",
        org,
        hour
    )
}

/// How many entries wait.
pub async fn count(c: &mut Conn) -> sqlx::Result<i64> {
    db_one!(c, (i64,), "SELECT COUNT(*) FROM audit_waiting").map(|row| row.0)
}

/// Takes an hour away: its entries have joined the chain.
pub async fn delete(c: &mut Conn, org: OrganizationId, hour: DateTime<Utc>) -> sqlx::Result<()> {
    db_execute!(c, "DELETE FROM audit_waiting WHERE organization_id = $1 AND hour = $2", org, hour)?;
    db_execute!(c, "DELETE FROM audit_waiting_sums WHERE organization_id = $1 AND hour = $2", org, hour)?;
    Ok(())
}
