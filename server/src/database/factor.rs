//! Second steps.

use super::{Database, Transaction, execute, number, reading};
use crate::error::Result;
use app::account::factor::Steps;
use protocol::id::{AccountId, Day, Hash};

/// What a session shows of its account.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The sign-in name.
    pub name: String,
    /// The day it was made.
    pub made_on: Day,
    /// Its second steps.
    pub steps: Steps,
    /// The day on which the account that had this name before was reset.
    pub reset: Option<Day>,
}

/// What makes an account's codes.
#[derive(Clone, Debug)]
pub struct StoredTotp {
    /// Sealed: see [`crate::account::Codes`].
    pub sealed: Vec<u8>,
    /// Marks the last code that was taken.
    pub spent: Vec<u8>,
}

impl Database {
    /// What a session shows of an open account.
    pub async fn shown(&self, id: AccountId) -> Result<Option<Shown>> {
        const SQL: &str = "SELECT name, created_on, EXISTS (SELECT 1 FROM totp WHERE account = $1), \
             EXISTS (SELECT 1 FROM passkey WHERE account = $1), \
             (SELECT max(before.reset_on) FROM account AS before WHERE before.name = account.name) FROM account \
             WHERE id = $1 AND closed_on IS NULL";
        let row: Option<(String, i64, bool, bool, Option<i64>)> = reading!(self, |pool| sqlx::query_as(SQL)
            .bind(&id.0[..])
            .fetch_optional(pool)
            .await)?;
        let shown = |(name, made_on, code, passkey, reset): (String, i64, bool, bool, Option<i64>)| {
            Ok(Shown {
                name,
                made_on: Day(number(made_on)?),
                steps: Steps { code, passkey },
                reset: reset.map(|day| number(day).map(Day)).transpose()?,
            })
        };
        row.map(shown).transpose()
    }

    /// What makes an account's codes, if it has an app.
    pub async fn totp(&self, account: AccountId) -> Result<Option<StoredTotp>> {
        const SQL: &str = "SELECT sealed, spent FROM totp WHERE account = $1";
        let row: Option<(Vec<u8>, Vec<u8>)> = reading!(self, |pool| sqlx::query_as(SQL)
            .bind(&account.0[..])
            .fetch_optional(pool)
            .await)?;
        Ok(row.map(|(sealed, spent)| StoredTotp { sealed, spent }))
    }

    /// How many backup codes an account has left.
    pub async fn backup_codes(&self, account: AccountId) -> Result<u32> {
        const SQL: &str = "SELECT count(*) FROM backup_code WHERE account = $1";
        let count: i64 = reading!(self, |pool| sqlx::query_scalar(SQL)
            .bind(&account.0[..])
            .fetch_one(pool)
            .await)?;
        number(count)
    }
}

impl Transaction {
    /// Stores what makes an account's codes, in place of any other.
    pub async fn store_totp(&mut self, account: AccountId, totp: &StoredTotp) -> Result<()> {
        const SQL: &str = "INSERT INTO totp (account, sealed, spent) VALUES ($1, $2, $3) \
             ON CONFLICT (account) DO UPDATE SET sealed = excluded.sealed, spent = excluded.spent";
        execute!(
            self,
            sqlx::query(SQL)
                .bind(&account.0[..])
                .bind(&totp.sealed)
                .bind(&totp.spent)
        )?;
        Ok(())
    }

    /// Takes note of the last code that was taken, unless another was meanwhile; says whether it did.
    pub async fn spend_code(&mut self, account: AccountId, before: &[u8], now: &[u8]) -> Result<bool> {
        const SQL: &str = "UPDATE totp SET spent = $3 WHERE account = $1 AND spent = $2";
        let rows = execute!(self, sqlx::query(SQL).bind(&account.0[..]).bind(before).bind(now))?;
        Ok(rows == 1)
    }

    /// Forgets what makes an account's codes; says whether there was anything.
    pub async fn delete_totp(&mut self, account: AccountId) -> Result<bool> {
        const SQL: &str = "DELETE FROM totp WHERE account = $1";
        let rows = execute!(self, sqlx::query(SQL).bind(&account.0[..]))?;
        Ok(rows == 1)
    }

    /// Puts these backup codes in the place of all others.
    pub async fn replace_backup_codes(&mut self, account: AccountId, hashes: &[Hash]) -> Result<()> {
        const DELETE: &str = "DELETE FROM backup_code WHERE account = $1";
        const INSERT: &str = "INSERT INTO backup_code (account, hash) VALUES ($1, $2)";
        execute!(self, sqlx::query(DELETE).bind(&account.0[..]))?;
        for hash in hashes {
            execute!(self, sqlx::query(INSERT).bind(&account.0[..]).bind(&hash.0[..]))?;
        }
        Ok(())
    }

    /// Uses a backup code up; says whether there was one.
    pub async fn use_backup_code(&mut self, account: AccountId, hash: Hash) -> Result<bool> {
        const SQL: &str = "DELETE FROM backup_code WHERE account = $1 AND hash = $2";
        let rows = execute!(self, sqlx::query(SQL).bind(&account.0[..]).bind(&hash.0[..]))?;
        Ok(rows == 1)
    }
}
