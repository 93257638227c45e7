//! Sealed parts of attachments. Their name is their hash, which only a sealed entry tells; so whoever is signed in and
//! knows the name may have the bytes.

use crate::{
    Portal,
    account::Allowance,
    audit::{self, Actor},
    error::Result,
};
use app::error::AppError;
use protocol::id::Hash;

/// The most bytes of a part: 4 MiB before sealing, and what sealing adds.
pub const LONGEST: usize = 5 * 1024 * 1024;

/// Somebody who is signed in, before the store of parts. Which account that is does not come this far.
pub struct Keeper {
    /// The portal.
    pub portal: Portal,
    /// How much the account may still store.
    pub allowance: Allowance,
}

impl Keeper {
    /// Stores bytes under their hash; says whether they are new. The same bytes again change nothing.
    pub async fn store(&self, hash: Hash, bytes: &[u8]) -> Result<bool> {
        if bytes.is_empty() || Hash::of(bytes) != hash {
            return Err(AppError::Invalid.into());
        }
        if self.portal.database.blob(hash).await?.is_some() {
            return Ok(false);
        }
        self.allowance.take(bytes.len())?;
        let mut transaction = self.portal.database.begin().await?;
        let now = self.portal.clock.minute();
        let is_new = transaction.insert_blob(hash, bytes, now.day()).await?;
        if is_new {
            // Like what is sent: by the day, and naming nobody.
            audit::record(&mut transaction, Actor::Sender, "part", &hash.0, now).await?;
        }
        transaction.commit().await?;
        Ok(is_new)
    }

    /// The bytes with that hash.
    pub async fn fetch(&self, hash: Hash) -> Result<Vec<u8>> {
        Ok(self.portal.database.blob(hash).await?.ok_or(AppError::NotFound)?)
    }
}
