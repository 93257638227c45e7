//! Checkpoints, and the one that waits for its second signature.

use super::{Database, Transaction, execute, fixed, reading};
use crate::error::Result;
use protocol::id::{AccountId, GroupId};

/// A checkpoint that waits for a signature.
#[derive(Clone, Debug)]
pub struct StoredCheckpoint {
    /// Who drafted it.
    pub account: AccountId,
    /// Their sign-in name.
    pub name: String,
    /// The checkpoint with one signature.
    pub bytes: Vec<u8>,
}

impl Database {
    /// The newest checkpoint.
    pub async fn newest_checkpoint(&self) -> Result<Option<Vec<u8>>> {
        const SQL: &str = "SELECT bytes FROM checkpoint ORDER BY sequence DESC LIMIT 1";
        Ok(reading!(self, |pool| sqlx::query_scalar(SQL)
            .fetch_optional(pool)
            .await)?)
    }

    /// The next one, where somebody has drafted it who may still sign in.
    pub async fn drafted_checkpoint(&self) -> Result<Option<StoredCheckpoint>> {
        const SQL: &str = "SELECT checkpoint_draft.account, account.name, checkpoint_draft.bytes FROM checkpoint_draft \
             JOIN account ON account.id = checkpoint_draft.account \
             WHERE account.closed_on IS NULL AND account.suspended_on IS NULL \
             ORDER BY checkpoint_draft.sequence DESC LIMIT 1";
        let row: Option<(Vec<u8>, String, Vec<u8>)> =
            reading!(self, |pool| sqlx::query_as(SQL).fetch_optional(pool).await)?;
        let read = |(account, name, bytes): (Vec<u8>, String, Vec<u8>)| {
            Ok(StoredCheckpoint {
                account: fixed(&account, AccountId::from_slice)?,
                name,
                bytes,
            })
        };
        row.map(read).transpose()
    }

    /// Every compartment.
    pub async fn compartments(&self) -> Result<Vec<GroupId>> {
        const SQL: &str = "SELECT group_id FROM chain WHERE kind = 'compartment' ORDER BY group_id";
        let rows: Vec<Vec<u8>> = reading!(self, |pool| sqlx::query_scalar(SQL).fetch_all(pool).await)?;
        rows.iter()
            .map(|group| fixed(group, GroupId::from_slice))
            .collect()
    }
}

impl Transaction {
    /// Stores the next checkpoint.
    pub async fn insert_checkpoint(&mut self, sequence: u32, bytes: &[u8]) -> Result<()> {
        const SQL: &str = "INSERT INTO checkpoint (sequence, bytes) VALUES ($1, $2)";
        execute!(self, sqlx::query(SQL).bind(i64::from(sequence)).bind(bytes))?;
        Ok(())
    }

    /// Keeps one for another administrator to sign, where none is kept; says whether it was. In the place of the drafter's own, and of
    /// one by somebody who can no longer sign in.
    pub async fn draft_checkpoint(
        &mut self,
        sequence: u32,
        account: AccountId,
        bytes: &[u8],
    ) -> Result<bool> {
        const CLEAR: &str = "DELETE FROM checkpoint_draft WHERE account = $1 OR account IN \
             (SELECT id FROM account WHERE closed_on IS NOT NULL OR suspended_on IS NOT NULL)";
        const SQL: &str = "INSERT INTO checkpoint_draft (sequence, account, bytes) SELECT $1, $2, $3 \
             WHERE NOT EXISTS (SELECT 1 FROM checkpoint_draft) ON CONFLICT (sequence) DO NOTHING";
        execute!(self, sqlx::query(CLEAR).bind(&account.0[..]))?;
        let rows = execute!(
            self,
            sqlx::query(SQL)
                .bind(i64::from(sequence))
                .bind(&account.0[..])
                .bind(bytes)
        )?;
        Ok(rows == 1)
    }

    /// Removes the one that waits, where it still stands as it stood; says whether it did.
    pub async fn take_checkpoint(&mut self, before: &[u8]) -> Result<bool> {
        const SQL: &str = "DELETE FROM checkpoint_draft WHERE bytes = $1";
        let rows = execute!(self, sqlx::query(SQL).bind(before))?;
        Ok(rows == 1)
    }
}
