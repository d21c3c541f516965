//! One SQL text for both databases: every statement of every store is prepared on each of them, so that a column or a
//! function that only one of them has is found here, and not by a school.

use std::path::{Path, PathBuf};

use sqlx::{AssertSqlSafe, Executor, SqlSafeStr};

use crate::support::{Engine, TestApp, engines};

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

/// The statements written out in a source text; those that are put together from parts (the list of cases) are run by
/// the tests of the list, on both databases.
fn statements(source: &str) -> Vec<String> {
    let mut found = Vec::new();
    for begin in ["\"SELECT ", "\"INSERT ", "\"UPDATE ", "\"DELETE ", "\"WITH "] {
        for (at, _) in source.match_indices(begin) {
            let statement = source[at + 1..].split('"').next().unwrap();
            if !statement.contains('{') {
                found.push(statement.to_string());
            }
        }
    }
    found
}

#[tokio::test]
async fn both_databases_take_every_statement_of_every_store() {
    let mut files = Vec::new();
    rust_files(Path::new("src"), &mut files);
    files.retain(|f| f.components().any(|part| part.as_os_str().to_string_lossy().trim_end_matches(".rs") == "store"));
    let statements: Vec<(PathBuf, String)> = files
        .iter()
        .flat_map(|f| statements(&std::fs::read_to_string(f).unwrap()).into_iter().map(|s| (f.clone(), s)))
        .collect();
    assert!(statements.len() > 100, "only {} statements were found", statements.len());
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let mut refused = Vec::new();
        for (file, statement) in &statements {
            // SQLite's transaction is the only writer: stores lock rows on PostgreSQL alone (db::dialect::for_update).
            if engine == Engine::Sqlite && statement.ends_with(" FOR UPDATE") {
                continue;
            }
            let mut conn = t.app.db.read().await.unwrap();
            let sql = AssertSqlSafe(statement.as_str()).into_sql_str();
            let prepared = match conn.raw() {
                huiyin::db::Raw::Sqlite(c) => c.prepare(sql).await.map(|_| ()),
                huiyin::db::Raw::Postgres(c) => c.prepare(sql).await.map(|_| ()),
            };
            if let Err(error) = prepared {
                refused.push(format!("{}: {error}\n{statement}", file.display()));
            }
        }
        assert!(refused.is_empty(), "{engine:?}\n{}", refused.join("\n"));
    }
}
