//! Sessions, kept under the hash of their id.

use super::{Database, Transaction, execute, fixed, reading, within};
use crate::error::Result;
use protocol::id::{AccountId, Hash};

/// A session as stored.
#[derive(Clone, Debug)]
pub struct StoredSession {
    /// SHA-256 of the id in the cookie.
    pub hash: Hash,
    /// Who is signed in.
    pub account: Option<AccountId>,
    /// What it holds, as JSON.
    pub data: String,
    /// Second since 1970 at which it ends.
    pub expires_at: i64,
}

impl Database {
    /// What the session holds, where it has not ended at `now` (seconds since 1970).
    pub async fn session(&self, hash: Hash, now: i64) -> Result<Option<String>> {
        // Suspending ends sessions; one that begins at that moment is none either.
        const SQL: &str = "SELECT data FROM session WHERE hash = $1 AND expires_at > $2 \
             AND NOT EXISTS (SELECT 1 FROM suspended WHERE suspended.account = session.account)";
        Ok(reading!(self, |pool| sqlx::query_scalar(SQL)
            .bind(&hash.0[..])
            .bind(now)
            .fetch_optional(pool)
            .await)?)
    }
}

impl Database {
    /// Under what the sessions of an account are kept, and what they hold, where they have not ended at `now`.
    pub async fn sessions_of(&self, account: AccountId, now: i64) -> Result<Vec<(Hash, String)>> {
        const SQL: &str =
            "SELECT hash, data FROM session WHERE account = $1 AND expires_at > $2 ORDER BY hash";
        let rows: Vec<(Vec<u8>, String)> = reading!(self, |pool| sqlx::query_as(SQL)
            .bind(&account.0[..])
            .bind(now)
            .fetch_all(pool)
            .await)?;
        rows.into_iter()
            .map(|(hash, data)| Ok((fixed(&hash, Hash::from_slice)?, data)))
            .collect()
    }
}

impl Transaction {
    /// Stores a new session.
    pub async fn insert_session(&mut self, session: &StoredSession) -> Result<()> {
        const SQL: &str = "INSERT INTO session (hash, account, data, expires_at) VALUES ($1, $2, $3, $4)";
        execute!(
            self,
            sqlx::query(SQL)
                .bind(&session.hash.0[..])
                .bind(session.account.as_ref().map(|id| &id.0[..]))
                .bind(&session.data)
                .bind(session.expires_at)
        )?;
        Ok(())
    }

    /// Changes a session that is still there. One that has ended meanwhile stays ended.
    pub async fn update_session(&mut self, session: &StoredSession) -> Result<()> {
        const SQL: &str = "UPDATE session SET account = $2, data = $3, expires_at = $4 WHERE hash = $1";
        execute!(
            self,
            sqlx::query(SQL)
                .bind(&session.hash.0[..])
                .bind(session.account.as_ref().map(|id| &id.0[..]))
                .bind(&session.data)
                .bind(session.expires_at)
        )?;
        Ok(())
    }

    /// Ends a session; gives what it held, where there was one.
    pub async fn delete_session(&mut self, hash: Hash) -> Result<Option<String>> {
        const SQL: &str = "DELETE FROM session WHERE hash = $1 RETURNING data";
        Ok(within!(self, |connection| {
            sqlx::query_scalar(SQL)
                .bind(&hash.0[..])
                .fetch_optional(connection)
                .await
        })?)
    }

    /// Ends one session of an account; says whether there was one.
    pub async fn end_session(&mut self, account: AccountId, hash: Hash) -> Result<bool> {
        const SQL: &str = "DELETE FROM session WHERE account = $1 AND hash = $2";
        let rows = execute!(self, sqlx::query(SQL).bind(&account.0[..]).bind(&hash.0[..]))?;
        Ok(rows == 1)
    }

    /// Ends every session of an account but one.
    pub async fn end_other_sessions(&mut self, account: AccountId, but: Hash) -> Result<()> {
        const SQL: &str = "DELETE FROM session WHERE account = $1 AND hash <> $2";
        execute!(self, sqlx::query(SQL).bind(&account.0[..]).bind(&but.0[..]))?;
        Ok(())
    }

    /// Ends every session of an account.
    pub async fn end_sessions(&mut self, account: AccountId) -> Result<()> {
        const SQL: &str = "DELETE FROM session WHERE account = $1";
        execute!(self, sqlx::query(SQL).bind(&account.0[..]))?;
        Ok(())
    }

    /// Forgets the sessions that have ended by `now` (seconds since 1970).
    pub async fn forget_sessions(&mut self, now: i64) -> Result<()> {
        const SQL: &str = "DELETE FROM session WHERE expires_at <= $1";
        execute!(self, sqlx::query(SQL).bind(now))?;
        Ok(())
    }
}
