//! Accounts and their sealed keys.

use super::{Database, Transaction, execute, fixed, number, reading, unreadable, within};
use crate::error::Result;
use app::account::{Role, Way};
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
    /// The ways to open its keys.
    pub slots: Vec<NewSlot>,
    /// The sealed keyring.
    pub keyring: Vec<u8>,
    /// The day it is made.
    pub day: Day,
}

/// A way to open an account's keys, to be stored.
#[derive(Clone, Debug)]
pub struct NewSlot {
    /// How it opens.
    pub way: Way,
    /// The keyring's key, sealed.
    pub sealed: Vec<u8>,
    /// What checks the secret that signs in by it: see [`crate::account::verifier`]. A passkey has none.
    pub verifier: Option<Vec<u8>>,
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
    /// Whether it is suspended, or its organisation is.
    pub suspended: bool,
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
    /// The open account of that sign-in name (in lower case), where it can be signed in to in that way.
    pub async fn account_named(&self, name: &str, way: Way) -> Result<Option<Known>> {
        const SQL: &str = "SELECT account.id, account.role, slot.verifier, \
             EXISTS (SELECT 1 FROM suspended WHERE suspended.account = account.id) FROM account \
             JOIN slot ON slot.account = account.id AND slot.kind = $2 AND slot.verifier IS NOT NULL \
             WHERE account.name = $1 AND account.closed_on IS NULL";
        type Row = (Vec<u8>, String, Vec<u8>, bool);
        let row: Option<Row> = reading!(self, |pool| sqlx::query_as(SQL)
            .bind(name)
            .bind(way_word(way))
            .fetch_optional(pool)
            .await)?;
        let known = |(id, role, verifier, suspended): Row| {
            Ok(Known {
                id: fixed(&id, AccountId::from_slice)?,
                role: read_role(&role)?,
                verifier,
                suspended,
            })
        };
        row.map(known).transpose()
    }

    /// The open account of that sign-in name, in lower case.
    pub async fn account_of(&self, name: &str) -> Result<Option<AccountId>> {
        const SQL: &str = "SELECT id FROM account WHERE name = $1 AND closed_on IS NULL";
        let row: Option<Vec<u8>> = reading!(self, |pool| sqlx::query_scalar(SQL)
            .bind(name)
            .fetch_optional(pool)
            .await)?;
        row.map(|id| fixed(&id, AccountId::from_slice)).transpose()
    }

    /// The administrators whose accounts are open: sign-in name, the day of suspension, and the answer to the invitation that the account
    /// came of.
    pub async fn administrators(&self) -> Result<Vec<(String, Option<Day>, Option<Vec<u8>>)>> {
        const SQL: &str = "SELECT account.name, account.suspended_on, invitation.joining FROM account \
             LEFT JOIN invitation ON invitation.account = account.id \
             WHERE account.role = 'administrator' AND account.closed_on IS NULL ORDER BY account.name";
        let rows: Vec<(String, Option<i64>, Option<Vec<u8>>)> =
            reading!(self, |pool| sqlx::query_as(SQL).fetch_all(pool).await)?;
        let read = |(name, suspended, joining): (String, Option<i64>, Option<Vec<u8>>)| {
            let suspended = suspended.map(number).transpose()?;
            Ok((name, suspended.map(Day), joining))
        };
        rows.into_iter().map(read).collect()
    }

    /// What checks the secrets of an account, by the way they sign in.
    pub async fn verifiers(&self, id: AccountId) -> Result<Vec<(Way, Vec<u8>)>> {
        const SQL: &str = "SELECT kind, verifier FROM slot WHERE account = $1 AND verifier IS NOT NULL";
        let rows: Vec<(String, Vec<u8>)> = reading!(self, |pool| sqlx::query_as(SQL)
            .bind(&id.0[..])
            .fetch_all(pool)
            .await)?;
        rows.into_iter()
            .map(|(word, verifier)| Ok((read_way(&word)?, verifier)))
            .collect()
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
        const SQL: &str = "INSERT INTO account (id, name, role, keyring, keyring_version, created_on) \
             VALUES ($1, $2, $3, $4, 1, $5)";
        execute!(
            self,
            sqlx::query(SQL)
                .bind(&new.id.0[..])
                .bind(&new.name)
                .bind(role_word(new.role))
                .bind(&new.keyring)
                .bind(i64::from(new.day.0))
        )?;
        self.insert_slots(new.id, &new.slots).await
    }

    async fn insert_slots(&mut self, account: AccountId, slots: &[NewSlot]) -> Result<()> {
        const SQL: &str =
            "INSERT INTO slot (account, id, kind, sealed, verifier) VALUES ($1, $2, $3, $4, $5)";
        for (id, slot) in (0_i64..).zip(slots) {
            execute!(
                self,
                sqlx::query(SQL)
                    .bind(&account.0[..])
                    .bind(id)
                    .bind(way_word(slot.way))
                    .bind(&slot.sealed)
                    .bind(slot.verifier.as_deref())
            )?;
        }
        Ok(())
    }

    /// Replaces the keyring and every way to open it where `version` is the next; says whether it was.
    pub async fn replace_slots(
        &mut self,
        id: AccountId,
        version: u32,
        keyring: &[u8],
        slots: &[NewSlot],
    ) -> Result<bool> {
        const SQL: &str = "DELETE FROM slot WHERE account = $1";
        if !self.replace_keyring(id, version, keyring).await? {
            return Ok(false);
        }
        execute!(self, sqlx::query(SQL).bind(&id.0[..]))?;
        self.insert_slots(id, slots).await?;
        Ok(true)
    }

    /// Whether no account has this id.
    pub async fn is_id_free(&mut self, id: AccountId) -> Result<bool> {
        const SQL: &str = "SELECT NOT EXISTS (SELECT 1 FROM account WHERE id = $1)";
        Ok(within!(self, |connection| sqlx::query_scalar(SQL)
            .bind(&id.0[..])
            .fetch_one(connection)
            .await)?)
    }

    /// Whether nobody has or had this sign-in name, but those whose accounts were reset.
    pub async fn is_name_free(&mut self, name: &str) -> Result<bool> {
        const SQL: &str = "SELECT NOT EXISTS (SELECT 1 FROM account WHERE name = $1 AND reset_on IS NULL)";
        Ok(within!(self, |connection| sqlx::query_scalar(SQL)
            .bind(name)
            .fetch_one(connection)
            .await)?)
    }

    /// Replaces the keyring where `version` is the next; says whether it was.
    pub async fn replace_keyring(&mut self, id: AccountId, version: u32, keyring: &[u8]) -> Result<bool> {
        const SQL: &str = "UPDATE account SET keyring = $3, keyring_version = $2 \
             WHERE id = $1 AND keyring_version + 1 = $2";
        let rows = execute!(
            self,
            sqlx::query(SQL)
                .bind(&id.0[..])
                .bind(i64::from(version))
                .bind(keyring)
        )?;
        Ok(rows == 1)
    }

    /// Suspends an account and ends its sessions; says whether it was not suspended yet.
    pub async fn suspend_account(&mut self, id: AccountId, day: Day) -> Result<bool> {
        const SQL: &str = "UPDATE account SET suspended_on = $2 WHERE id = $1 AND suspended_on IS NULL";
        let rows = execute!(self, sqlx::query(SQL).bind(&id.0[..]).bind(i64::from(day.0)))?;
        self.end_sessions(id).await?;
        Ok(rows == 1)
    }

    /// Lifts the suspension of an account; says whether it was suspended.
    pub async fn lift_account(&mut self, id: AccountId) -> Result<bool> {
        const SQL: &str = "UPDATE account SET suspended_on = NULL WHERE id = $1 AND suspended_on IS NOT NULL";
        let rows = execute!(self, sqlx::query(SQL).bind(&id.0[..]))?;
        Ok(rows == 1)
    }

    /// Closes an account and ends its sessions.
    pub async fn close_account(&mut self, id: AccountId, day: Day) -> Result<()> {
        const CLOSE: &str = "UPDATE account SET closed_on = $2 WHERE id = $1 AND closed_on IS NULL";
        execute!(self, sqlx::query(CLOSE).bind(&id.0[..]).bind(i64::from(day.0)))?;
        self.delete_notice_address(id).await?;
        self.end_sessions(id).await
    }
}

fn way_word(way: Way) -> &'static str {
    match way {
        Way::Password => "password",
        Way::Passkey => "passkey",
        Way::RecoveryCode => "recovery_code",
    }
}

fn read_way(word: &str) -> Result<Way> {
    match word {
        "password" => Ok(Way::Password),
        "passkey" => Ok(Way::Passkey),
        "recovery_code" => Ok(Way::RecoveryCode),
        _ => Err(unreadable("a slot of another kind")),
    }
}

pub(super) fn role_word(role: Role) -> &'static str {
    match role {
        Role::Practitioner => "practitioner",
        Role::Assessor => "assessor",
        Role::Administrator => "administrator",
    }
}

pub(super) fn read_role(word: &str) -> Result<Role> {
    match word {
        "practitioner" => Ok(Role::Practitioner),
        "assessor" => Ok(Role::Assessor),
        "administrator" => Ok(Role::Administrator),
        _ => Err(unreadable("a role of another name")),
    }
}
