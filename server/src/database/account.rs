//! Accounts and their sealed keys.

use super::{Database, Transaction, fixed, number, reading, unreadable, within};
use crate::error::Result;
use app::account::Role;
use protocol::id::{AccountId, Day};

/// An account to be made.
#[derive(Clone, Debug)]
pub struct NewAccount {
    /// Its id.
    pub id: AccountId,
    /// The sign-in name, in lower case.
    pub name: String,
    /// What it is for.
    pub role: Role,
    /// What checks the secret: see [`crate::account::verifier`].
    pub verifier: Vec<u8>,
    /// Sealed copies of the keyring's key.
    pub slots: Vec<Vec<u8>>,
    /// The sealed keyring.
    pub keyring: Vec<u8>,
    /// The day it is made.
    pub day: Day,
}

/// What signing in needs to know of an account.
#[derive(Clone, Debug)]
pub struct Known {
    /// Its id.
    pub id: AccountId,
    /// What it is for.
    pub role: Role,
    /// What checks the secret.
    pub verifier: Vec<u8>,
}

/// Sealed keys as stored.
#[derive(Clone, Debug)]
pub struct StoredKeys {
    /// Sealed copies of the keyring's key.
    pub slots: Vec<Vec<u8>>,
    /// The sealed keyring.
    pub keyring: Vec<u8>,
    /// How often the keyring was written.
    pub version: u32,
}

impl Database {
    /// The open account of that sign-in name (in lower case).
    pub async fn account_named(&self, name: &str) -> Result<Option<Known>> {
        const SQL: &str = "SELECT id, role, verifier FROM account WHERE name = $1 AND closed_on IS NULL";
        type Row = (Vec<u8>, String, Vec<u8>);
        let row: Option<Row> = reading!(self, |pool| sqlx::query_as(SQL)
            .bind(name)
            .fetch_optional(pool)
            .await)?;
        let known = |(id, role, verifier): Row| {
            Ok(Known {
                id: fixed(&id, AccountId::from_slice)?,
                role: read_role(&role)?,
                verifier,
            })
        };
        row.map(known).transpose()
    }

    /// The sign-in name of an open account.
    pub async fn account_name(&self, id: AccountId) -> Result<Option<String>> {
        const SQL: &str = "SELECT name FROM account WHERE id = $1 AND closed_on IS NULL";
        Ok(reading!(self, |pool| sqlx::query_scalar(SQL)
            .bind(&id.0[..])
            .fetch_optional(pool)
            .await)?)
    }

    /// The sealed keys of an account.
    pub async fn keys(&self, id: AccountId) -> Result<Option<StoredKeys>> {
        const KEYRING: &str = "SELECT keyring, keyring_version FROM account WHERE id = $1";
        const SLOTS: &str = "SELECT sealed FROM slot WHERE account = $1 ORDER BY id";
        let row: Option<(Vec<u8>, i64)> = reading!(self, |pool| sqlx::query_as(KEYRING)
            .bind(&id.0[..])
            .fetch_optional(pool)
            .await)?;
        let Some((keyring, version)) = row else {
            return Ok(None);
        };
        let slots = reading!(self, |pool| sqlx::query_scalar(SLOTS)
            .bind(&id.0[..])
            .fetch_all(pool)
            .await)?;
        Ok(Some(StoredKeys {
            slots,
            keyring,
            version: number(version)?,
        }))
    }
}

impl Transaction {
    /// Makes an account.
    pub async fn insert_account(&mut self, new: &NewAccount) -> Result<()> {
        const ACCOUNT: &str = "INSERT INTO account (id, name, role, verifier, keyring, keyring_version, created_on) \
             VALUES ($1, $2, $3, $4, $5, 1, $6)";
        const SLOT: &str = "INSERT INTO slot (account, id, sealed) VALUES ($1, $2, $3)";
        within!(self, |connection| {
            sqlx::query(ACCOUNT)
                .bind(&new.id.0[..])
                .bind(&new.name)
                .bind(role_word(new.role))
                .bind(&new.verifier)
                .bind(&new.keyring)
                .bind(i64::from(new.day.0))
                .execute(connection)
                .await
                .map(drop)
        })?;
        for (id, sealed) in (0_i64..).zip(&new.slots) {
            within!(self, |connection| {
                sqlx::query(SLOT)
                    .bind(&new.id.0[..])
                    .bind(id)
                    .bind(sealed)
                    .execute(connection)
                    .await
                    .map(drop)
            })?;
        }
        Ok(())
    }

    /// Replaces the keyring where `version` is the next; says whether it was.
    pub async fn replace_keyring(&mut self, id: AccountId, version: u32, keyring: &[u8]) -> Result<bool> {
        const SQL: &str = "UPDATE account SET keyring = $3, keyring_version = $2 \
             WHERE id = $1 AND keyring_version + 1 = $2";
        let rows = within!(self, |connection| {
            sqlx::query(SQL)
                .bind(&id.0[..])
                .bind(i64::from(version))
                .bind(keyring)
                .execute(connection)
                .await
                .map(|done| done.rows_affected())
        })?;
        Ok(rows == 1)
    }

    /// Closes an account and ends its sessions.
    pub async fn close_account(&mut self, id: AccountId, day: Day) -> Result<()> {
        const CLOSE: &str = "UPDATE account SET closed_on = $2 WHERE id = $1 AND closed_on IS NULL";
        within!(self, |connection| {
            sqlx::query(CLOSE)
                .bind(&id.0[..])
                .bind(i64::from(day.0))
                .execute(connection)
                .await
                .map(drop)
        })?;
        self.end_sessions(id).await
    }
}

fn role_word(role: Role) -> &'static str {
    match role {
        Role::Practitioner => "practitioner",
        Role::Assessor => "assessor",
        Role::Administrator => "administrator",
    }
}

fn read_role(word: &str) -> Result<Role> {
    match word {
        "practitioner" => Ok(Role::Practitioner),
        "assessor" => Ok(Role::Assessor),
        "administrator" => Ok(Role::Administrator),
        _ => Err(unreadable("a role of another name")),
    }
}
