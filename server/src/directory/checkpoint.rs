//! Checkpoints: one administrator leaves the next one here, and another signs it. Every client checks the signatures again; the server
//! only stores nothing that none of them would take.

use crate::{
    audit::{self, Actor},
    database::Transaction,
    error::{Error, Result},
    group::assert_signed_once_more,
    group::directory,
    partner::Examiner,
};
use app::{
    bytes::Bytes,
    directory::checkpoint::{Checkpoints, Standing, Waiting},
    error::AppError,
};
use async_trait::async_trait;
use protocol::{
    checkpoint::Checkpoint,
    id::Hash,
    signed::{self, Signed},
};

#[async_trait]
impl Checkpoints for Examiner {
    async fn standing(&self) -> Result<Standing, AppError> {
        Ok(self.look().await?)
    }

    async fn sign_checkpoint(&self, checkpoint: Bytes) -> Result<(), AppError> {
        Ok(self.take_in(checkpoint).await?)
    }

    async fn discard_checkpoint(&self) -> Result<(), AppError> {
        Ok(self.drop_waiting().await?)
    }
}

impl Examiner {
    async fn look(&self) -> Result<Standing> {
        let database = &self.portal.database;
        let mut heads = Vec::new();
        for compartment in database.compartments().await? {
            heads.push(database.head_of(compartment).await?);
        }
        heads.retain(|head| head.position > 0);
        let waiting = database.drafted_checkpoint().await?;
        let waiting = waiting.map(|one| Waiting {
            by: one.account,
            name: one.name,
            checkpoint: Bytes(one.bytes),
        });
        Ok(Standing { heads, waiting })
    }

    async fn take_in(&self, bytes: Bytes) -> Result<()> {
        self.held.assert_confirmed(self.portal.clock.seconds())?;
        let said = self.read_next(&bytes).await?;
        let mut transaction = self.portal.database.begin().await?;
        let act = if said.signers.len() == 1 {
            let sequence = said.payload.sequence;
            let by = self.held.account;
            if !transaction.draft_checkpoint(sequence, by, &bytes.0).await? {
                return Err(AppError::Conflict.into());
            }
            "draft checkpoint"
        } else {
            self.complete(&mut transaction, &said.payload, &bytes).await?;
            "sign checkpoint"
        };
        let head = said.payload.hash();
        self.note(&mut transaction, act, &head).await?;
        transaction.commit().await
    }

    /// A checkpoint that follows the newest, signed by listed administrators only.
    async fn read_next(&self, bytes: &Bytes) -> Result<Signed<Checkpoint>> {
        let said = signed::verify::<Checkpoint>(&bytes.0).map_err(|_| AppError::Invalid)?;
        let administrators = directory(&self.portal).await?.administrators;
        let listed = said.signers.iter().all(|key| administrators.contains(key));
        let payload = &said.payload;
        let timely = payload.day.0 <= self.portal.clock.today().0 + 1;
        if !(listed && timely && payload.instance == self.portal.notary.instance) {
            return Err(AppError::Invalid.into());
        }
        let follows = (payload.sequence, payload.previous) == self.next_place().await?;
        follows.then_some(said).ok_or_else(|| AppError::Conflict.into())
    }

    async fn next_place(&self) -> Result<(u32, Hash)> {
        let Some(bytes) = self.portal.database.newest_checkpoint().await? else {
            return Ok((1, Hash::ZERO));
        };
        let last = signed::verify::<Checkpoint>(&bytes)
            .map_err(|_| Error::Unfit("a checkpoint that cannot be read".into()))?;
        Ok((last.payload.sequence + 1, last.payload.hash()))
    }

    /// Publishes what waits, once somebody else has signed it as well.
    async fn complete(&self, to: &mut Transaction, next: &Checkpoint, bytes: &Bytes) -> Result<()> {
        let waiting = self.portal.database.drafted_checkpoint().await?;
        let waiting = waiting.ok_or(AppError::Conflict)?;
        if waiting.account == self.held.account {
            return Err(AppError::Conflict.into());
        }
        let administrators = directory(&self.portal).await?.administrators;
        let before = Bytes(waiting.bytes);
        assert_signed_once_more::<Checkpoint>(&before, bytes, &administrators)?;
        if !to.take_checkpoint(&before.0).await? {
            return Err(AppError::Conflict.into());
        }
        to.insert_checkpoint(next.sequence, &bytes.0).await
    }

    async fn drop_waiting(&self) -> Result<()> {
        let waiting = self.portal.database.drafted_checkpoint().await?;
        let waiting = waiting.ok_or(AppError::NotFound)?;
        let mut transaction = self.portal.database.begin().await?;
        if !transaction.take_checkpoint(&waiting.bytes).await? {
            return Err(AppError::NotFound.into());
        }
        let head = Hash::of(&waiting.bytes);
        self.note(&mut transaction, "discard checkpoint", &head).await?;
        transaction.commit().await
    }

    async fn note(&self, to: &mut Transaction, act: &str, object: &Hash) -> Result<()> {
        let actor = Actor::Staff(self.held.account);
        audit::record(to, actor, act, &object.0, self.portal.clock.minute()).await
    }
}
