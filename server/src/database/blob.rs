//! Sealed parts of attachments, named by their hash.

use super::{Database, Transaction, execute, reading};
use crate::error::Result;
use protocol::id::{Day, Hash};

impl Database {
    /// The bytes with that hash.
    pub async fn blob(&self, hash: Hash) -> Result<Option<Vec<u8>>> {
        const SQL: &str = "SELECT bytes FROM blob WHERE hash = $1";
        Ok(reading!(self, |pool| sqlx::query_scalar(SQL)
            .bind(&hash.0[..])
            .fetch_optional(pool)
            .await)?)
    }
}

impl Transaction {
    /// Stores bytes under their hash; says whether they are new.
    pub async fn insert_blob(&mut self, hash: Hash, bytes: &[u8], day: Day) -> Result<bool> {
        const SQL: &str = "INSERT INTO blob (hash, length, bytes, stored_on) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (hash) DO NOTHING";
        let length = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
        let rows = execute!(
            self,
            sqlx::query(SQL)
                .bind(&hash.0[..])
                .bind(length)
                .bind(bytes)
                .bind(i64::from(day.0))
        )?;
        Ok(rows == 1)
    }
}
