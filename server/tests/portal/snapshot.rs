//! Everything that a database holds, to see whether anything changed.

use super::TestPortal;
use server::database::Database;
use sqlx::AssertSqlSafe;

/// What may change with any request: when a session was last used, and the audit.
const APART: [&str; 4] = ["session", "audit_staff", "audit_practitioner", "audit_sent"];

impl TestPortal {
    /// Every row of every table but sessions and the audit.
    pub(crate) async fn snapshot(&self) -> Vec<(String, Vec<String>)> {
        let mut all = Vec::new();
        for table in self.tables().await {
            if !APART.contains(&table.as_str()) && !table.starts_with("_sqlx") {
                let rows = self.rows(&table).await;
                all.push((table, rows));
            }
        }
        all
    }

    async fn tables(&self) -> Vec<String> {
        match &self.portal.database {
            Database::Sqlite { read, .. } => {
                let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name";
                sqlx::query_scalar(sql).fetch_all(read).await.unwrap()
            }
            Database::Postgres(pool) => {
                let sql =
                    "SELECT tablename::text FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1";
                sqlx::query_scalar(sql).fetch_all(pool).await.unwrap()
            }
        }
    }

    async fn rows(&self, table: &str) -> Vec<String> {
        match &self.portal.database {
            Database::Sqlite { read, .. } => {
                let sql = format!("SELECT 'quote(' || name || ')' FROM pragma_table_info('{table}')");
                let columns: Vec<String> = sqlx::query_scalar(AssertSqlSafe(sql))
                    .fetch_all(read)
                    .await
                    .unwrap();
                let sql = format!("SELECT {} FROM {table} ORDER BY 1", columns.join(" || ' ' || "));
                sqlx::query_scalar(AssertSqlSafe(sql))
                    .fetch_all(read)
                    .await
                    .unwrap()
            }
            Database::Postgres(pool) => {
                let sql = format!("SELECT one::text FROM {table} AS one ORDER BY 1");
                sqlx::query_scalar(AssertSqlSafe(sql))
                    .fetch_all(pool)
                    .await
                    .unwrap()
            }
        }
    }
}
