//! Parcels, by the hashes of their tokens.

use super::{Database, Transaction, execute, fixed, number, reading, within};
use crate::error::Result;
use protocol::id::{Day, Hash};

impl Database {
    /// The sealed bytes under that name.
    pub async fn parcel(&self, name: Hash) -> Result<Option<Vec<u8>>> {
        const SQL: &str = "SELECT bytes FROM parcel WHERE id = $1";
        Ok(reading!(self, |pool| sqlx::query_scalar(SQL)
            .bind(&name.0[..])
            .fetch_optional(pool)
            .await)?)
    }

    /// The day on which what lies under that name was given.
    pub async fn parcel_day(&self, name: Hash) -> Result<Option<Day>> {
        const SQL: &str = "SELECT given_on FROM parcel WHERE id = $1";
        let day: Option<i64> = reading!(self, |pool| sqlx::query_scalar(SQL)
            .bind(&name.0[..])
            .fetch_optional(pool)
            .await)?;
        day.map(|day| Ok(Day(number(day)?))).transpose()
    }
}

impl Transaction {
    /// The sealed bytes under that name.
    pub async fn parcel(&mut self, name: Hash) -> Result<Option<Vec<u8>>> {
        const SQL: &str = "SELECT bytes FROM parcel WHERE id = $1";
        Ok(within!(self, |connection| sqlx::query_scalar(SQL)
            .bind(&name.0[..])
            .fetch_optional(connection)
            .await)?)
    }

    /// Puts a parcel where none lies; says whether none did.
    pub async fn insert_parcel(&mut self, name: Hash, bytes: &[u8], day: Day) -> Result<bool> {
        const SQL: &str =
            "INSERT INTO parcel (id, given_on, bytes) VALUES ($1, $2, $3) ON CONFLICT (id) DO NOTHING";
        let rows = execute!(
            self,
            sqlx::query(SQL)
                .bind(&name.0[..])
                .bind(i64::from(day.0))
                .bind(bytes)
        )?;
        Ok(rows == 1)
    }

    /// Deletes the parcel under that name.
    pub async fn delete_parcel(&mut self, name: Hash) -> Result<()> {
        const SQL: &str = "DELETE FROM parcel WHERE id = $1";
        execute!(self, sqlx::query(SQL).bind(&name.0[..]))?;
        Ok(())
    }

    /// Deletes the parcels that were given on that day or before; gives the name and the bytes of each.
    pub async fn expire_parcels(&mut self, day: Day) -> Result<Vec<(Hash, Vec<u8>)>> {
        const SQL: &str = "DELETE FROM parcel WHERE given_on <= $1 RETURNING id, bytes";
        let rows: Vec<(Vec<u8>, Vec<u8>)> = within!(self, |connection| sqlx::query_as(SQL)
            .bind(i64::from(day.0))
            .fetch_all(connection)
            .await)?;
        let read = |(id, bytes): (Vec<u8>, Vec<u8>)| Ok((fixed(&id, Hash::from_slice)?, bytes));
        rows.into_iter().map(read).collect()
    }
}
