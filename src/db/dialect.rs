//! The one place that knows two SQLs.

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::Row;
use uuid::Uuid;

use crate::{
    cases::list::GOING_ON,
    db::{Conn, Raw},
    kernel::{ids::CaseId, text::QueryTerm},
};

/// Puts the tokens of a case into the full-text index, in place of what stood there of it.
pub async fn index_case(conn: &mut Conn, case: CaseId, tokens: &[String]) -> Result<(), sqlx::Error> {
    match conn.raw() {
        Raw::Sqlite(c) => {
            sqlx::query("INSERT OR REPLACE INTO case_search (rowid, tokens) VALUES ($1, $2)")
                .bind(case.arrival())
                .bind(tokens.join(" "))
                .execute(c)
                .await?;
        }
        Raw::Postgres(c) => {
            // Written as a tsvector, not parsed: PostgreSQL's parser depends on the locale. Positions serve phrases.
            let vector: Vec<String> = (1..=16_383).zip(tokens).map(|(at, token)| format!("'{token}':{at}")).collect();
            sqlx::query(
                "INSERT INTO case_search (case_id, tokens) VALUES ($1, CAST($2 AS TSVECTOR))
                 ON CONFLICT (case_id) DO UPDATE SET tokens = excluded.tokens",
            )
            .bind(case)
            .bind(vector.join(" "))
            .execute(c)
            .await?;
        }
    }
    Ok(())
}

/// Takes a case out of the full-text index.
pub async fn forget_case(conn: &mut Conn, case: CaseId) -> Result<(), sqlx::Error> {
    match conn.raw() {
        Raw::Sqlite(c) => {
            sqlx::query("DELETE FROM case_search WHERE rowid = $1").bind(case.arrival()).execute(c).await?;
        }
        Raw::Postgres(c) => {
            sqlx::query("DELETE FROM case_search WHERE case_id = $1").bind(case).execute(c).await?;
        }
    }
    Ok(())
}

/// How a list query reads cases that have all the words of [`search_text`].
pub struct Search {
    /// What stands after `FROM`; the cases are `c`.
    pub from: &'static str,
    /// The condition.
    pub condition: String,
    /// The column of the order in which cases came.
    pub arrival: &'static str,
}

/// How many of all cases a list can show, which decides how it is searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Most of them, in the order in which they came: hits are read one after the other until the page is full.
    Most,
    /// Who knows: the database decides.
    Some,
    /// Only what is going on: the list is walked, and each of its cases looked up among the hits since the oldest of it
    /// came.
    Few,
    /// Only what came at the `arrival` in this parameter or later.
    Since(usize),
}

impl Reach {
    /// Where the hits begin that matter, as a value of SQL; `None` when all may.
    fn begin(self) -> Option<String> {
        match self {
            Self::Most | Self::Some => None,
            Self::Few => {
                Some(format!("(SELECT MIN(c.arrival) FROM cases c WHERE c.organization_id = $1 AND {GOING_ON})"))
            }
            Self::Since(parameter) => Some(format!("${parameter}")),
        }
    }
}

/// The search with [`search_text`] as parameter `$n`, in the organisation `$1`.
pub fn search(conn: &Conn, parameter: usize, reach: Reach) -> Search {
    match conn {
        Conn::Sqlite(_) | Conn::SqliteTx(_) if reach == Reach::Most => Search {
            from: "case_search s CROSS JOIN cases c ON c.arrival = s.rowid",
            condition: format!("s.case_search MATCH ${parameter}"),
            arrival: "s.rowid",
        },
        Conn::Sqlite(_) | Conn::SqliteTx(_) => Search {
            from: "cases c",
            condition: match reach.begin() {
                // The plus keeps SQLite from beginning with the hits.
                Some(begin) => format!(
                    "+c.arrival IN (SELECT rowid FROM case_search WHERE case_search MATCH ${parameter} AND rowid >= {begin})"
                ),
                None => format!("c.arrival IN (SELECT rowid FROM case_search WHERE case_search MATCH ${parameter})"),
            },
            arrival: "c.arrival",
        },
        // PostgreSQL decides by its statistics.
        Conn::Postgres(_) | Conn::PostgresTx(_) => Search {
            from: "cases c",
            condition: format!(
                "c.id IN (SELECT case_id FROM case_search WHERE tokens @@ CAST(${parameter} AS TSQUERY))"
            ),
            arrival: "c.arrival",
        },
    }
}

/// The search text for [`search`]: every term must be there, as a phrase. `None` when there is no term, which
/// finds nothing. Tokens hold letters, digits and CJK only, so they need no escaping.
pub fn search_text(conn: &Conn, terms: &[QueryTerm]) -> Option<String> {
    let terms = terms.iter().filter(|term| !term.tokens.is_empty());
    let text = match conn {
        Conn::Sqlite(_) | Conn::SqliteTx(_) => terms
            .map(|t| format!("\"{}\"{}", t.tokens.join(" "), if t.prefix { " *" } else { "" }))
            .collect::<Vec<_>>()
            .join(" AND "),
        Conn::Postgres(_) | Conn::PostgresTx(_) => terms
            .map(|t| {
                let phrase = t.tokens.iter().map(|token| format!("'{token}'")).collect::<Vec<_>>().join(" <-> ");
                format!("({phrase}{})", if t.prefix { ":*" } else { "" })
            })
            .collect::<Vec<_>>()
            .join(" & "),
    };
    (!text.is_empty()).then_some(text)
}

/// The search text for [`search`] that finds what has any of these tokens. `None` when there is none.
pub fn any_text(conn: &Conn, tokens: &[String]) -> Option<String> {
    let text = match conn {
        Conn::Sqlite(_) | Conn::SqliteTx(_) => {
            tokens.iter().map(|t| format!("\"{t}\"")).collect::<Vec<_>>().join(" OR ")
        }
        Conn::Postgres(_) | Conn::PostgresTx(_) => {
            tokens.iter().map(|t| format!("'{t}'")).collect::<Vec<_>>().join(" | ")
        }
    };
    (!text.is_empty()).then_some(text)
}

/// Tables that hold rows of anonymous people beside others with exact times. Their ids are made from the same times.
const COARSE: [&str; 14] = [
    "cases",
    "submissions",
    "messages",
    "attachments",
    "staged_files",
    "case_events",
    "callbacks",
    "recusals",
    "outbox",
    "responses",
    "response_files",
    "calls",
    "deliveries",
    "erasure_requests",
];

/// Writes the rows of an hour anew, all at once and in the order of their ids: PostgreSQL tells the transaction (`xmin`)
/// and the place (`ctid`) of every row, which would tell the order in which they came (promise 8). Rows that somebody is
/// changing are left out: they are written anew just now. SQLite's tables are ordered by their ids alone.
pub async fn forget_order(conn: &mut Conn, hour: DateTime<Utc>) -> Result<(), sqlx::Error> {
    let Raw::Postgres(c) = conn.raw() else { return Ok(()) };
    let id_at = |at: DateTime<Utc>| Uuid::from_u128(u128::try_from(at.timestamp_millis()).unwrap_or_default() << 80);
    // Row after row by the index, or they are written in the order in which they lie.
    for way in ["seqscan", "hashjoin", "mergejoin", "bitmapscan"] {
        sqlx::query(sqlx::AssertSqlSafe(format!("SET LOCAL enable_{way} = off"))).execute(&mut *c).await?;
    }
    for table in COARSE {
        let sql = format!(
            "UPDATE {table} t SET id = t.id
             FROM (SELECT id FROM {table} WHERE id >= $1 AND id < $2 ORDER BY id FOR UPDATE SKIP LOCKED) s
             WHERE t.id = s.id"
        );
        let query = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(id_at(hour)).bind(id_at(hour + TimeDelta::hours(1)));
        query.execute(&mut *c).await?;
    }
    // Clocks have no id of their own: they go by that of their case.
    let clocks = sqlx::query(
        "UPDATE case_clocks t SET case_id = t.case_id
         FROM (SELECT case_id, stage, run FROM case_clocks WHERE case_id >= $1 AND case_id < $2
               ORDER BY case_id, stage, run FOR UPDATE SKIP LOCKED) s
         WHERE t.case_id = s.case_id AND t.stage = s.stage AND t.run = s.run",
    );
    clocks.bind(id_at(hour)).bind(id_at(hour + TimeDelta::hours(1))).execute(&mut *c).await?;
    Ok(())
}

/// Locks a row for the rest of the transaction. SQLite's transaction is the only writer already.
pub const fn for_update(conn: &Conn) -> &'static str {
    match conn {
        Conn::Sqlite(_) | Conn::SqliteTx(_) => "",
        Conn::Postgres(_) | Conn::PostgresTx(_) => " FOR UPDATE",
    }
}

/// The same, while others may go on adding rows that name the locked one.
pub const fn for_no_key_update(conn: &Conn) -> &'static str {
    match conn {
        Conn::Sqlite(_) | Conn::SqliteTx(_) => "",
        Conn::Postgres(_) | Conn::PostgresTx(_) => " FOR NO KEY UPDATE",
    }
}

/// Takes rows that nobody else works on (jobs).
pub const fn skip_locked(conn: &Conn) -> &'static str {
    match conn {
        Conn::Sqlite(_) | Conn::SqliteTx(_) => "",
        Conn::Postgres(_) | Conn::PostgresTx(_) => " FOR UPDATE SKIP LOCKED",
    }
}

/// The version of SQLite in use, as (major, minor, patch); `None` on PostgreSQL.
pub async fn sqlite_version(conn: &mut Conn) -> Result<Option<(u32, u32, u32)>, sqlx::Error> {
    match conn.raw() {
        Raw::Postgres(_) => Ok(None),
        Raw::Sqlite(c) => {
            let text: String = sqlx::query("SELECT sqlite_version()").fetch_one(c).await?.try_get(0)?;
            let mut parts = text.split('.').map(|p| p.parse::<u32>().unwrap_or(0));
            Ok(Some((parts.next().unwrap_or(0), parts.next().unwrap_or(0), parts.next().unwrap_or(0))))
        }
    }
}
