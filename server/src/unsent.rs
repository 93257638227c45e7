//! Drafts of concerns: sealed bytes under the hash of a token. Whoever holds the token may have them; nothing says whose they are.

use crate::{
    Portal,
    account::Allowance,
    audit::{self, Actor, Pen},
    database::Transaction,
    error::Result,
};
use app::{
    concern::unsent::{Drawers, Lying},
    error::AppError,
};
use async_trait::async_trait;
use protocol::{
    id::{Day, Hash, Minute, Token},
    unsent::{self, DRAWERS, KEPT_DAYS, SIZES},
};

/// The most bytes of a sealed draft.
pub const LONGEST: usize = SIZES[SIZES.len() - 1];

/// A practitioner, before their drawers. Which one it is does not come this far.
pub struct Cabinet {
    /// The portal.
    pub portal: Portal,
    /// How many drafts the account may still begin.
    pub allowance: Allowance,
}

#[async_trait]
impl Drawers for Cabinet {
    async fn look(&self, tokens: Vec<Token>) -> Result<Vec<Lying>, AppError> {
        Ok(self.look_into(&tokens).await?)
    }
}

impl Cabinet {
    async fn look_into(&self, tokens: &[Token]) -> Result<Vec<Lying>> {
        if tokens.len() > usize::from(DRAWERS) {
            return Err(AppError::Invalid.into());
        }
        let mut lying = Vec::new();
        for (token, drawer) in tokens.iter().zip(0..) {
            let found = self.portal.database.unsent_day(unsent::name(token)).await?;
            lying.extend(found.map(|(version, changed_on)| Lying {
                drawer,
                version,
                changed_on,
            }));
        }
        Ok(lying)
    }

    /// The sealed bytes in the drawer.
    pub async fn fetch(&self, token: &Token) -> Result<Vec<u8>> {
        let found = self.portal.database.unsent(unsent::name(token)).await?;
        Ok(found.ok_or(AppError::NotFound)?)
    }

    /// Puts sealed bytes into the drawer, in the place of those with the hash `was`; without one nothing may lie there. The same bytes
    /// again change nothing.
    pub async fn save(&self, token: &Token, was: Option<Hash>, bytes: &[u8]) -> Result<()> {
        if !SIZES.contains(&bytes.len()) {
            return Err(AppError::Invalid.into());
        }
        let (name, now) = (unsent::name(token), self.portal.clock.minute());
        let mut transaction = self.portal.database.begin().await?;
        let lies = transaction.unsent(name).await?;
        let saved = match (&lies, was) {
            (Some(lies), _) if lies.bytes == bytes => return Ok(()),
            (Some(lies), Some(was)) if Hash::of(&lies.bytes) == was => {
                let day = now.day();
                transaction.update_unsent(name, lies.version, bytes, day).await?
            }
            (None, None) => {
                self.allowance.take_draft()?;
                transaction.insert_unsent(name, bytes, now.day()).await?
            }
            _ => false,
        };
        if !saved {
            return Err(AppError::Conflict.into());
        }
        if lies.is_none_or(|lies| lies.changed_on != now.day()) {
            // Once a day: how often somebody pauses while they write is nobody's business.
            note(&mut transaction, "save draft", (name, bytes), now).await?;
        }
        transaction.commit().await
    }

    /// Empties the drawer, if the bytes with this hash lie in it. Where others do, or none, nothing changes, and the answer is the same.
    pub async fn delete(&self, token: &Token, hash: Hash) -> Result<()> {
        let (name, now) = (unsent::name(token), self.portal.clock.minute());
        let mut transaction = self.portal.database.begin().await?;
        let lies = transaction.unsent(name).await?;
        if let Some(lies) = lies.filter(|lies| Hash::of(&lies.bytes) == hash) {
            transaction.delete_unsent(name, lies.version).await?;
            note(&mut transaction, "delete draft", (name, &lies.bytes), now).await?;
        }
        transaction.commit().await
    }
}

/// Like what is sent: by the day, and naming nobody. What it names is gone with the draft.
async fn note(to: &mut Transaction, act: &str, (name, bytes): (Hash, &[u8]), now: Minute) -> Result<()> {
    audit::record(to, Actor::Sender, act, &object(name, bytes).0, now).await
}

fn object(name: Hash, bytes: &[u8]) -> Hash {
    Hash::domain("draft", &[&name.0, &Hash::of(bytes).0])
}

impl Portal {
    /// Deletes the drafts that nobody has changed for four weeks.
    pub async fn expire_unsent(&self) -> Result<()> {
        let now = self.clock.minute();
        let last = Day(now.day().0.saturating_sub(KEPT_DAYS));
        let mut transaction = self.database.begin().await?;
        let mut pen = Pen::default();
        for (name, bytes) in transaction.expire_unsent(last).await? {
            let object = object(name, &bytes);
            pen.record(&mut transaction, Actor::Sender, "expire draft", &object.0, now)
                .await?;
        }
        transaction.commit().await
    }
}
