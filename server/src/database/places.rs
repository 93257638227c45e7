//! The table of places that an operator imported.

use super::{Database, Transaction, execute, fixed, reading, unreadable, within};
use crate::error::Result;
use protocol::id::{Day, Hash};

impl Database {
    /// The hash of the table; nothing while none was imported.
    pub async fn places_hash(&self) -> Result<Option<Hash>> {
        const SQL: &str = "SELECT hash FROM places";
        let row: Option<Vec<u8>> = reading!(self, |pool| sqlx::query_scalar(SQL).fetch_optional(pool).await)?;
        row.map(|hash| fixed(&hash, Hash::from_slice)).transpose()
    }

    /// The table and its hash; nothing while none was imported.
    pub async fn places(&self) -> Result<Option<(Hash, String)>> {
        const SQL: &str = "SELECT hash, bytes FROM places";
        let row: Option<(Vec<u8>, Vec<u8>)> =
            reading!(self, |pool| sqlx::query_as(SQL).fetch_optional(pool).await)?;
        row.map(|(hash, bytes)| read(&hash, bytes)).transpose()
    }
}

impl Transaction {
    /// The hash of the table, as this transaction sees it.
    pub async fn places_hash(&mut self) -> Result<Option<Hash>> {
        const SQL: &str = "SELECT hash FROM places";
        let row: Option<Vec<u8>> = within!(self, |connection| sqlx::query_scalar(SQL)
            .fetch_optional(connection)
            .await)?;
        row.map(|hash| fixed(&hash, Hash::from_slice)).transpose()
    }

    /// Puts a table in the place of the one that is there.
    pub async fn store_places(&mut self, hash: Hash, text: &str, day: Day) -> Result<()> {
        const SQL: &str = "INSERT INTO places (id, hash, bytes, imported_on) VALUES (1, $1, $2, $3) \
             ON CONFLICT (id) DO UPDATE SET hash = excluded.hash, bytes = excluded.bytes, imported_on = excluded.imported_on";
        execute!(
            self,
            sqlx::query(SQL)
                .bind(&hash.0[..])
                .bind(text.as_bytes())
                .bind(i64::from(day.0))
        )?;
        Ok(())
    }
}

fn read(hash: &[u8], bytes: Vec<u8>) -> Result<(Hash, String)> {
    let text = String::from_utf8(bytes).map_err(|_| unreadable("a table of places that is no text"))?;
    Ok((fixed(hash, Hash::from_slice)?, text))
}
