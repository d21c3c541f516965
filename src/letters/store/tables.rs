//! Published adoption tables.

use chrono::{DateTime, Utc};

use crate::{
    db::Conn,
    db_execute, db_optional,
    kernel::ids::LetterId,
    letters::{
        model::{Table, TableRow},
        store::letters::Change,
    },
};

/// Freezes a table.
pub async fn insert(
    c: &mut Conn,
    letter: LetterId,
    number: i64,
    rows: &[TableRow],
    change: Change,
) -> sqlx::Result<u64> {
    let content = serde_json::to_string(rows).map_err(|e| sqlx::Error::Encode(Box::new(e)))?;
    db_execute!(
        c,
        "INSERT INTO letter_tables (letter_id, number, content, published_by, published_at) VALUES ($1, $2, $3, $4, $5)",
        letter,
        number,
        &content,
        change.by,
        change.at
    )
}

/// The newest table of a letter.
pub async fn newest(c: &mut Conn, letter: LetterId) -> sqlx::Result<Option<Table>> {
    let row = db_optional!(
        c,
        (i64, String, DateTime<Utc>),
        "SELECT number, content, published_at FROM letter_tables WHERE letter_id = $1 ORDER BY number DESC LIMIT 1",
        letter
    )?;
    row.map(|(number, content, published_at)| {
        let rows = serde_json::from_str(&content).map_err(|e| sqlx::Error::Decode(Box::new(e)))?;
        Ok(Table { number, rows, published_at })
    })
    .transpose()
}
