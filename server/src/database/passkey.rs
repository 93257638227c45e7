//! Passkeys.

use super::{Database, Transaction, account::read_role, execute, fixed, number, reading};
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

/// A passkey, and whose it is.
#[derive(Clone, Debug)]
pub struct KnownPasskey {
    /// The account.
    pub account: AccountId,
    /// What it is for.
    pub role: Role,
    /// What checks its answers, as JSON.
    pub credential: String,
    /// Whether the account is suspended, or its organisation is.
    pub suspended: bool,
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

    /// A passkey of an open account.
    pub async fn passkey(&self, id: Hash) -> Result<Option<KnownPasskey>> {
        const SQL: &str = "SELECT account.id, account.role, passkey.credential, \
             EXISTS (SELECT 1 FROM suspended WHERE suspended.account = account.id) FROM passkey \
             JOIN account ON account.id = passkey.account WHERE passkey.id = $1 AND account.closed_on IS NULL";
        type Row = (Vec<u8>, String, String, bool);
        let row: Option<Row> = reading!(self, |pool| sqlx::query_as(SQL)
            .bind(&id.0[..])
            .fetch_optional(pool)
            .await)?;
        let known = |(account, role, credential, suspended): Row| {
            Ok(KnownPasskey {
                account: fixed(&account, AccountId::from_slice)?,
                role: read_role(&role)?,
                credential,
                suspended,
            })
        };
        row.map(known).transpose()
    }
}

impl Transaction {
    /// Stores a passkey; says whether it was not there.
    pub async fn insert_passkey(&mut self, account: AccountId, new: &NewPasskey) -> Result<bool> {
        const SQL: &str = "INSERT INTO passkey (id, account, name, credential, created_on) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (id) DO NOTHING";
        let rows = execute!(
            self,
            sqlx::query(SQL)
                .bind(&new.listed.id.0[..])
                .bind(&account.0[..])
                .bind(&new.listed.name)
                .bind(&new.credential)
                .bind(i64::from(new.listed.added_on.0))
        )?;
        Ok(rows == 1)
    }

    /// Takes note of what checks a passkey's next answer, unless another answer came meanwhile; says whether it did.
    pub async fn update_passkey(&mut self, id: Hash, before: &str, now: &str) -> Result<bool> {
        const SQL: &str = "UPDATE passkey SET credential = $3 WHERE id = $1 AND credential = $2";
        let rows = execute!(self, sqlx::query(SQL).bind(&id.0[..]).bind(before).bind(now))?;
        Ok(rows == 1)
    }

    /// Forgets a passkey of an account; says whether there was one.
    pub async fn delete_passkey(&mut self, account: AccountId, id: Hash) -> Result<bool> {
        const SQL: &str = "DELETE FROM passkey WHERE account = $1 AND id = $2";
        let rows = execute!(self, sqlx::query(SQL).bind(&account.0[..]).bind(&id.0[..]))?;
        Ok(rows == 1)
    }
}
