//! The schema: the same on both databases, and newer ones are refused.

use std::{collections::BTreeSet, sync::Arc};

use huiyin::{
    http::App,
    kernel::{clock::ManualClock, random::SystemRandom},
};

use crate::support::{Engine, TestApp, engines};

/// Table, column, whether it must have a value.
async fn columns(t: &TestApp) -> BTreeSet<String> {
    let sql = match t.engine {
        Engine::Sqlite => {
            "SELECT m.name || '.' || c.name || CASE WHEN c.\"notnull\" = 1 OR c.pk > 0 THEN ' needed' ELSE '' END
             FROM sqlite_master m JOIN pragma_table_info(m.name) c
             WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' AND m.name NOT LIKE '%search%' AND m.name NOT LIKE '%fts%' AND m.name NOT LIKE '_sqlx%'"
        }
        Engine::Postgres => {
            "SELECT table_name || '.' || column_name || CASE WHEN is_nullable = 'NO' THEN ' needed' ELSE '' END
             FROM information_schema.columns
             WHERE table_schema = 'public' AND table_name NOT LIKE '%search%' AND column_name NOT LIKE '%search%' AND table_name NOT LIKE '\\_sqlx%'"
        }
    };
    t.column(sql).await.into_iter().collect()
}

async fn indexes(t: &TestApp) -> BTreeSet<String> {
    let sql = match t.engine {
        Engine::Sqlite => "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND name NOT LIKE '%search%'",
        Engine::Postgres => {
            "SELECT c.relname::text FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE n.nspname = 'public' AND c.relname NOT LIKE '%search%' AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid)"
        }
    };
    t.column(sql).await.into_iter().collect()
}

#[tokio::test]
async fn both_databases_have_the_same_tables_columns_and_indexes() {
    let mut seen: Vec<(BTreeSet<String>, BTreeSet<String>)> = Vec::new();
    for engine in engines() {
        let t = TestApp::on(engine).await;
        seen.push((columns(&t).await, indexes(&t).await));
    }
    assert!(seen[0].0.len() > 150 && seen[0].1.len() > 10, "{} columns, {} indexes", seen[0].0.len(), seen[0].1.len());
    for other in &seen[1..] {
        assert_eq!(seen[0].0.symmetric_difference(&other.0).collect::<Vec<_>>(), Vec::<&String>::new());
        assert_eq!(seen[0].1.symmetric_difference(&other.1).collect::<Vec<_>>(), Vec::<&String>::new());
    }
}

#[tokio::test]
async fn the_database_of_a_newer_program_is_refused_with_a_sentence() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        t.execute(
            "INSERT INTO _sqlx_migrations (version, description, installed_on, success, checksum, execution_time)
             SELECT 9999, 'later', installed_on, success, checksum, 0 FROM _sqlx_migrations WHERE version = 1",
        )
        .await;
        let clock = Arc::new(ManualClock::at(t.app.now()));
        let refused = App::open_with(t.app.config.clone(), clock, Arc::new(SystemRandom)).await.err();
        let sentence = refused.map(|e| e.to_string()).unwrap_or_default();
        assert!(sentence.contains("9999") && sentence.contains("newer"), "{sentence}");
    }
}
