//! SQL of parts that were taken from cases 分案.

use chrono::{DateTime, Utc};

use crate::{
    db::Conn,
    db_all, db_execute, db_one, db_optional,
    kernel::ids::{CaseId, StaffId},
};

/// A part and the case that it was taken from.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Split {
    /// The part.
    pub part_id: CaseId,
    /// Its number.
    pub number: String,
    /// The case that it was taken from.
    pub origin_id: CaseId,
    /// What it is about, in words of the office.
    pub matter: String,
}

/// Writes a part down.
pub async fn insert(
    c: &mut Conn,
    part: CaseId,
    origin: CaseId,
    matter: &str,
    by: StaffId,
    at: DateTime<Utc>,
) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO case_splits (part_id, origin_id, matter, split_by, split_at) VALUES ($1, $2, $3, $4, $5)",
        part,
        origin,
        matter,
        by,
        at
    )
}

/// The parts of a case, in the order in which they were taken from it.
pub async fn of_origin(c: &mut Conn, origin: CaseId) -> sqlx::Result<Vec<Split>> {
    db_all!(
        c,
        Split,
        "SELECT p.part_id, k.number, p.origin_id, p.matter FROM case_splits p JOIN cases k ON k.id = p.part_id
         WHERE p.origin_id = $1 ORDER BY p.split_at, p.part_id",
        origin
    )
}

/// How many parts of a case still have content.
pub async fn count_with_content(c: &mut Conn, origin: CaseId) -> sqlx::Result<i64> {
    let row = db_one!(
        c,
        (i64,),
        "SELECT COUNT(*) FROM case_splits p JOIN cases k ON k.id = p.part_id
         WHERE p.origin_id = $1 AND k.erased_at IS NULL",
        origin
    )?;
    Ok(row.0)
}

/// What a case is a part of.
pub async fn of_part(c: &mut Conn, part: CaseId) -> sqlx::Result<Option<Split>> {
    db_optional!(
        c,
        Split,
        "SELECT p.part_id, k.number, p.origin_id, p.matter FROM case_splits p JOIN cases k ON k.id = p.part_id
         WHERE p.part_id = $1",
        part
    )
}
