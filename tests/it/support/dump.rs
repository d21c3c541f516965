//! What a database holds, as text: to see that nothing changed.

use huiyin::db::Db;
use sqlx::Row;

use super::{TestApp, app::Engine};

impl TestApp {
    /// Every row of every table, sorted. Whoever compares two of them sees any change.
    pub async fn dump(&self) -> String {
        let mut out = String::new();
        for table in self.tables().await {
            out.push_str(&format!("# {table}\n"));
            for row in self.rows(&table).await {
                out.push_str(&row);
                out.push('\n');
            }
        }
        out
    }

    /// The number of rows of a table.
    pub async fn count(&self, table: &str) -> usize {
        self.rows(table).await.len()
    }

    async fn tables(&self) -> Vec<String> {
        let sql = match self.engine {
            Engine::Sqlite => {
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%fts%' ORDER BY 1"
            }
            Engine::Postgres => {
                "SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1"
            }
        };
        self.column(sql).await
    }

    async fn rows(&self, table: &str) -> Vec<String> {
        let sql = match self.engine {
            Engine::Sqlite => {
                let columns = self.column(&format!("SELECT name FROM pragma_table_info('{table}')")).await;
                let quoted: Vec<String> = columns.iter().map(|c| format!("quote(\"{c}\")")).collect();
                format!("SELECT {} FROM \"{table}\" ORDER BY 1", quoted.join("||','||"))
            }
            Engine::Postgres => format!("SELECT t::text FROM \"{table}\" t ORDER BY 1"),
        };
        self.column(&sql).await
    }

    /// Changes the database behind the program's back.
    pub async fn execute(&self, sql: &str) {
        let sql = sqlx::AssertSqlSafe(sql.to_string());
        match &self.app.db {
            Db::Sqlite { writer, .. } => drop(sqlx::query(sql).execute(writer).await.unwrap()),
            Db::Postgres(pool) => drop(sqlx::query(sql).execute(pool).await.unwrap()),
        }
    }

    /// The first column of a query.
    pub async fn column(&self, sql: &str) -> Vec<String> {
        let sql = sqlx::AssertSqlSafe(sql.to_string());
        match &self.app.db {
            Db::Sqlite { writer, .. } => {
                sqlx::query(sql).fetch_all(writer).await.unwrap().iter().map(|r| r.get::<String, _>(0)).collect()
            }
            Db::Postgres(pool) => {
                sqlx::query(sql).fetch_all(pool).await.unwrap().iter().map(|r| r.get::<String, _>(0)).collect()
            }
        }
    }
}
