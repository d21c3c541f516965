//! SQL of the audit log.

pub mod list;
pub mod waiting;

use chrono::{DateTime, Utc};

use crate::{
    db::{Conn, dialect},
    db_all, db_execute, db_one, db_optional,
    kernel::ids::{OrganizationId, StaffId},
};

/// The end of a chain.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Head {
    /// The number of the last entry; 0 before the first.
    pub seq: i64,
    /// Its link.
    pub hash: Vec<u8>,
}

/// An entry as stored.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Row {
    /// The chain.
    pub organization_id: OrganizationId,
    /// The number, from 1 without gaps.
    pub seq: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// Who; `None` for submitters and for the program itself.
    pub actor_id: Option<StaffId>,
    /// What was done.
    pub action: String,
    /// To what kind of thing.
    pub entity: String,
    /// To which one.
    pub entity_id: Option<uuid::Uuid>,
    /// Code words that say more.
    pub detail: String,
    /// The link.
    pub hash: Vec<u8>,
}

/// The end of a chain, locked until the transaction ends, so that two writers can't take the same number.
pub async fn lock_head(c: &mut Conn, org: OrganizationId) -> sqlx::Result<Head> {
    db_execute!(
        c,
        "INSERT INTO audit_heads (organization_id, seq, hash) VALUES ($1, 0, $2) ON CONFLICT DO NOTHING",
        org,
        &[0u8][..0]
    )?;
    match dialect::for_update(c) {
        "" => db_one!(c, Head, "SELECT seq, hash FROM audit_heads WHERE organization_id = $1", org),
        _ => db_one!(c, Head, "SELECT seq, hash FROM audit_heads WHERE organization_id = $1 FOR UPDATE", org),
    }
}

/// Appends an entry and moves the end.
pub async fn append(c: &mut Conn, row: &Row, hash: &[u8]) -> sqlx::Result<()> {
    db_execute!(
        c,
        "INSERT INTO audit_log (organization_id, seq, at, actor_id, action, entity, entity_id, detail, hash)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        row.organization_id,
        row.seq,
        row.at,
        row.actor_id,
        &row.action,
        &row.entity,
        row.entity_id,
        &row.detail,
        hash
    )?;
    db_execute!(
        c,
        "UPDATE audit_heads SET seq = $2, hash = $3 WHERE organization_id = $1",
        row.organization_id,
        row.seq,
        hash
    )?;
    Ok(())
}

/// The organisations that have a chain.
pub async fn chains(c: &mut Conn) -> sqlx::Result<Vec<(OrganizationId, i64, Vec<u8>)>> {
    db_all!(
        c,
        (OrganizationId, i64, Vec<u8>),
        "SELECT organization_id, seq, hash FROM audit_heads ORDER BY organization_id"
    )
}

/// Entries of a chain after a number, oldest first.
pub async fn after(c: &mut Conn, org: OrganizationId, seq: i64, limit: i64) -> sqlx::Result<Vec<Row>> {
    db_all!(
        c,
        Row,
        "SELECT organization_id, seq, at, actor_id, action, entity, entity_id, detail, hash FROM audit_log
         WHERE organization_id = $1 AND seq > $2 ORDER BY seq LIMIT $3",
        org,
        seq,
        limit
    )
}

/// The time of the newest entry of all chains.
pub async fn newest(c: &mut Conn) -> sqlx::Result<Option<DateTime<Utc>>> {
    let row = db_optional!(
        c,
        (DateTime<Utc>,),
        "SELECT a.at FROM audit_log a JOIN audit_heads h ON h.organization_id = a.organization_id AND h.seq = a.seq
         ORDER BY a.at DESC LIMIT 1"
    )?;
    Ok(row.map(|row| row.0))
}

/// Organisations without a chain. Founding one writes the first entry, so there is none unless somebody took it away.
pub async fn without_chain(c: &mut Conn) -> sqlx::Result<Vec<OrganizationId>> {
    let rows = db_all!(
        c,
        (OrganizationId,),
        "SELECT o.id FROM organizations o WHERE NOT EXISTS (SELECT 1 FROM audit_heads h WHERE h.organization_id = o.id)"
    )?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}
