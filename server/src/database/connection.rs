//! Whom the portal no longer hands a case to.

use super::{Database, Transaction, execute, fixed, reading};
use crate::error::Result;
use protocol::id::{AccountId, Day, GroupId, LogId};

impl Database {
    /// Whether this account has said that it has a connection with somebody named in this log.
    pub async fn is_connected(&self, log: LogId, account: AccountId) -> Result<bool> {
        const SQL: &str = "SELECT EXISTS (SELECT 1 FROM connection WHERE log = $1 AND account = $2)";
        Ok(reading!(self, |pool| sqlx::query_scalar(SQL)
            .bind(&log.0[..])
            .bind(&account.0[..])
            .fetch_one(pool)
            .await)?)
    }

    /// Who has said so of which log of a compartment.
    pub async fn connections_in(&self, compartment: GroupId) -> Result<Vec<(LogId, AccountId)>> {
        const SQL: &str = "SELECT connection.log, connection.account FROM connection \
             JOIN log ON log.id = connection.log WHERE log.compartment = $1";
        let rows: Vec<(Vec<u8>, Vec<u8>)> = reading!(self, |pool| sqlx::query_as(SQL)
            .bind(&compartment.0[..])
            .fetch_all(pool)
            .await)?;
        let read = |(log, account): (Vec<u8>, Vec<u8>)| {
            Ok((
                fixed(&log, LogId::from_slice)?,
                fixed(&account, AccountId::from_slice)?,
            ))
        };
        rows.into_iter().map(read).collect()
    }
}

impl Transaction {
    /// Keeps that an account has said so; says whether that is new.
    pub async fn connect(&mut self, log: LogId, account: AccountId, day: Day) -> Result<bool> {
        const SQL: &str = "INSERT INTO connection (log, account, said_on) VALUES ($1, $2, $3) ON CONFLICT (log, account) DO NOTHING";
        let rows = execute!(
            self,
            sqlx::query(SQL)
                .bind(&log.0[..])
                .bind(&account.0[..])
                .bind(i64::from(day.0))
        )?;
        Ok(rows == 1)
    }
}
