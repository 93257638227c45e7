//! Passkeys.

use super::{Database, Transaction, account::read_role, fixed, number, reading, within};
use crate::error::Result;
use app::account::{Role, passkey::Stored};
use protocol::id::{AccountId, Day, Hash};

/// A passkey, to be stored.
#[derive(Clone, Debug)]
pub struct NewPasskey {
    /// What it is listed as.
    pub listed: Stored,
    /// What checks its answers, as JSON.
    pub credential: String,
}

impl Database {
    /// The passkeys of an account, as they are listed and with what checks their answers.
    pub async fn passkeys(&self, account: AccountId) -> Result<Vec<NewPasskey>> {
        const SQL: &str =
            "SELECT id, name, created_on, credential FROM passkey WHERE account = $1 ORDER BY id";
        type Row = (Vec<u8>, String, i64, String);
        let rows: Vec<Row> = reading!(self, |pool| sqlx::query_as(SQL)
            .bind(&account.0[..])
            .fetch_all(pool)
            .await)?;
        let passkey = |(id, name, added_on, credential): Row| {
            let (id, added_on) = (fixed(&id, Hash::from_slice)?, Day(number(added_on)?));
            let listed = Stored { id, name, added_on };
            Ok(NewPasskey { listed, credential })
        };
        rows.into_iter().map(passkey).collect()
    }

    /// Whose passkey it is, of an open account, and what checks its answers.
    pub async fn passkey(&self, id: Hash) -> Result<Option<(AccountId, Role, String)>> {
        const SQL: &str = "SELECT account.id, account.role, passkey.credential FROM passkey \
             JOIN account ON account.id = passkey.account WHERE passkey.id = $1 AND account.closed_on IS NULL";
        let row: Option<(Vec<u8>, String, String)> = reading!(self, |pool| sqlx::query_as(SQL)
            .bind(&id.0[..])
            .fetch_optional(pool)
            .await)?;
        let read = |(account, role, credential): (Vec<u8>, String, String)| {
            Ok((
                fixed(&account, AccountId::from_slice)?,
                read_role(&role)?,
                credential,
            ))
        };
        row.map(read).transpose()
    }
}

impl Transaction {
    /// Stores a passkey; says whether it was not there.
    pub async fn insert_passkey(&mut self, account: AccountId, new: &NewPasskey) -> Result<bool> {
        const SQL: &str = "INSERT INTO passkey (id, account, name, credential, created_on) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (id) DO NOTHING";
        let rows = within!(self, |connection| sqlx::query(SQL)
            .bind(&new.listed.id.0[..])
            .bind(&account.0[..])
            .bind(&new.listed.name)
            .bind(&new.credential)
            .bind(i64::from(new.listed.added_on.0))
            .execute(connection)
            .await
            .map(|done| done.rows_affected()))?;
        Ok(rows == 1)
    }

    /// Takes note of what checks a passkey's next answer, unless another answer came meanwhile; says whether it did.
    pub async fn update_passkey(&mut self, id: Hash, before: &str, now: &str) -> Result<bool> {
        const SQL: &str = "UPDATE passkey SET credential = $3 WHERE id = $1 AND credential = $2";
        let rows = within!(self, |connection| sqlx::query(SQL)
            .bind(&id.0[..])
            .bind(before)
            .bind(now)
            .execute(connection)
            .await
            .map(|done| done.rows_affected()))?;
        Ok(rows == 1)
    }

    /// Forgets a passkey of an account; says whether there was one.
    pub async fn delete_passkey(&mut self, account: AccountId, id: Hash) -> Result<bool> {
        const SQL: &str = "DELETE FROM passkey WHERE account = $1 AND id = $2";
        let rows = within!(self, |connection| sqlx::query(SQL)
            .bind(&account.0[..])
            .bind(&id.0[..])
            .execute(connection)
            .await
            .map(|done| done.rows_affected()))?;
        Ok(rows == 1)
    }
}
