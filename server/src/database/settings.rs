//! Settings without which an acknowledged entry could be lost.

use super::{Database, reading};
use crate::error::{Error, Result};
use sqlx::{Sqlite, pool::PoolConnection};

/// What SQLite must answer: a pragma and its value. `synchronous` 2 is FULL.
const SQLITE: [(&str, &str, &str); 5] = [
    ("journal_mode", "PRAGMA journal_mode", "wal"),
    ("synchronous", "PRAGMA synchronous", "2"),
    ("foreign_keys", "PRAGMA foreign_keys", "1"),
    ("secure_delete", "PRAGMA secure_delete", "1"),
    ("trusted_schema", "PRAGMA trusted_schema", "0"),
];

/// What PostgreSQL must answer.
const POSTGRES: [(&str, &str); 3] = [
    ("fsync", "SELECT current_setting('fsync')"),
    (
        "synchronous_commit",
        "SELECT current_setting('synchronous_commit')",
    ),
    ("full_page_writes", "SELECT current_setting('full_page_writes')"),
];

impl Database {
    /// Refuses a database that answers before what it wrote has reached the disk, or keeps what was erased.
    pub async fn assert_settings(&self) -> Result<()> {
        match self {
            Self::Sqlite { write, .. } => assert_sqlite(write.acquire().await?).await,
            Self::Postgres(_) => self.assert_postgres().await,
        }
    }

    async fn assert_postgres(&self) -> Result<()> {
        for (name, sql) in POSTGRES {
            let value: String = reading!(self, |pool| sqlx::query_scalar(sql).fetch_one(pool).await)?;
            expect(name, &value, value != "off")?;
        }
        Ok(())
    }
}

async fn assert_sqlite(mut connection: PoolConnection<Sqlite>) -> Result<()> {
    for (name, sql, wanted) in SQLITE {
        let value = match sqlx::query_scalar::<_, i64>(sql)
            .fetch_one(&mut *connection)
            .await
        {
            Ok(number) => number.to_string(),
            Err(_) => {
                sqlx::query_scalar::<_, String>(sql)
                    .fetch_one(&mut *connection)
                    .await?
            }
        };
        expect(name, &value, value == wanted)?;
    }
    Ok(())
}

fn expect(name: &str, value: &str, good: bool) -> Result<()> {
    if good {
        Ok(())
    } else {
        Err(Error::Unfit(format!("{name} is {value}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_database_that_does_not_sync_each_commit_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::open(folder.path().join("a.db").to_str().unwrap())
            .await
            .unwrap();
        let Database::Sqlite { write, .. } = &database else {
            unreachable!()
        };
        for pragma in ["PRAGMA synchronous = NORMAL", "PRAGMA foreign_keys = OFF"] {
            sqlx::query(pragma).execute(write).await.unwrap();
            assert!(
                matches!(database.assert_settings().await, Err(Error::Unfit(_))),
                "{pragma}"
            );
        }
    }
}
