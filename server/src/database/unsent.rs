//! Drafts of concerns, by the hashes of their drawers' tokens.

use super::{Database, Transaction, execute, fixed, number, reading, within};
use crate::error::Result;
use protocol::id::{Day, Hash};

/// A draft, as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsent {
    /// How often it was saved.
    pub version: u32,
    /// The day of its last change.
    pub changed_on: Day,
    /// The sealed bytes.
    pub bytes: Vec<u8>,
}

/// Version, day of its last change, bytes.
type Row = (i64, i64, Vec<u8>);

impl Database {
    /// The sealed bytes under that name.
    pub async fn unsent(&self, name: Hash) -> Result<Option<Vec<u8>>> {
        const SQL: &str = "SELECT bytes FROM unsent WHERE id = $1";
        Ok(reading!(self, |pool| sqlx::query_scalar(SQL)
            .bind(&name.0[..])
            .fetch_optional(pool)
            .await)?)
    }

    /// The version and the day of the last change of what lies under that name.
    pub async fn unsent_day(&self, name: Hash) -> Result<Option<(u32, Day)>> {
        const SQL: &str = "SELECT version, changed_on FROM unsent WHERE id = $1";
        let row: Option<(i64, i64)> = reading!(self, |pool| sqlx::query_as(SQL)
            .bind(&name.0[..])
            .fetch_optional(pool)
            .await)?;
        row.map(|(version, day)| Ok((number(version)?, Day(number(day)?))))
            .transpose()
    }
}

impl Transaction {
    /// What lies under that name.
    pub async fn unsent(&mut self, name: Hash) -> Result<Option<Unsent>> {
        const SQL: &str = "SELECT version, changed_on, bytes FROM unsent WHERE id = $1";
        let row: Option<Row> = within!(self, |connection| sqlx::query_as(SQL)
            .bind(&name.0[..])
            .fetch_optional(connection)
            .await)?;
        row.map(read_unsent).transpose()
    }

    /// Puts a draft where none lies; says whether none did.
    pub async fn insert_unsent(&mut self, name: Hash, bytes: &[u8], day: Day) -> Result<bool> {
        const SQL: &str = "INSERT INTO unsent (id, version, changed_on, bytes) VALUES ($1, 1, $2, $3) \
             ON CONFLICT (id) DO NOTHING";
        let rows = execute!(
            self,
            sqlx::query(SQL)
                .bind(&name.0[..])
                .bind(i64::from(day.0))
                .bind(bytes)
        )?;
        Ok(rows == 1)
    }

    /// Puts a draft in the place of its version `after`; says whether that was what lay there.
    pub async fn update_unsent(&mut self, name: Hash, after: u32, bytes: &[u8], day: Day) -> Result<bool> {
        const SQL: &str = "UPDATE unsent SET version = version + 1, changed_on = $3, bytes = $4 \
             WHERE id = $1 AND version = $2";
        let rows = execute!(
            self,
            sqlx::query(SQL)
                .bind(&name.0[..])
                .bind(i64::from(after))
                .bind(i64::from(day.0))
                .bind(bytes)
        )?;
        Ok(rows == 1)
    }

    /// Deletes this version of a draft.
    pub async fn delete_unsent(&mut self, name: Hash, version: u32) -> Result<()> {
        const SQL: &str = "DELETE FROM unsent WHERE id = $1 AND version = $2";
        execute!(self, sqlx::query(SQL).bind(&name.0[..]).bind(i64::from(version)))?;
        Ok(())
    }

    /// Deletes the drafts that were last changed on that day or before; gives the name and the bytes of each.
    pub async fn expire_unsent(&mut self, day: Day) -> Result<Vec<(Hash, Vec<u8>)>> {
        const SQL: &str = "DELETE FROM unsent WHERE changed_on <= $1 RETURNING id, bytes";
        let rows: Vec<(Vec<u8>, Vec<u8>)> = within!(self, |connection| sqlx::query_as(SQL)
            .bind(i64::from(day.0))
            .fetch_all(connection)
            .await)?;
        let read = |(id, bytes): (Vec<u8>, Vec<u8>)| Ok((fixed(&id, Hash::from_slice)?, bytes));
        rows.into_iter().map(read).collect()
    }
}

fn read_unsent((version, changed_on, bytes): Row) -> Result<Unsent> {
    Ok(Unsent {
        version: number(version)?,
        changed_on: Day(number(changed_on)?),
        bytes,
    })
}
