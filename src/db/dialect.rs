//! The one place that knows two SQLs.

use sqlx::Row;

use crate::{
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
    /// Only what is going on: the list is walked, and each of its cases looked up among the hits.
    Few,
}

/// The search with [`search_text`] as parameter `$n`.
pub fn search(conn: &Conn, parameter: usize, reach: Reach) -> Search {
    match conn {
        Conn::Sqlite(_) | Conn::SqliteTx(_) if reach == Reach::Most => Search {
            from: "case_search s CROSS JOIN cases c ON c.arrival = s.rowid",
            condition: format!("s.case_search MATCH ${parameter}"),
            arrival: "s.rowid",
        },
        Conn::Sqlite(_) | Conn::SqliteTx(_) => Search {
            from: "cases c",
            // A plus before a column keeps SQLite from beginning with it.
            condition: format!(
                "{}c.arrival IN (SELECT rowid FROM case_search WHERE case_search MATCH ${parameter})",
                if reach == Reach::Few { "+" } else { "" }
            ),
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

/// Locks a row for the rest of the transaction. SQLite's transaction is the only writer already.
pub const fn for_update(conn: &Conn) -> &'static str {
    match conn {
        Conn::Sqlite(_) | Conn::SqliteTx(_) => "",
        Conn::Postgres(_) | Conn::PostgresTx(_) => " FOR UPDATE",
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
