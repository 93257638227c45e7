//! Parcels: what practitioners give to their colleagues. Sealed bytes under the hash of a token; nothing says who gave them, or to whom.

use crate::{
    Portal,
    account::Allowance,
    audit::{self, Actor, Pen},
    database::Transaction,
    error::Result,
};
use app::{
    concern::parcels::{Parcels, Waiting},
    error::AppError,
};
use async_trait::async_trait;
use protocol::{
    id::{Day, Hash, Minute, Token},
    parcel::{self, KEPT_DAYS, LARGEST, SMALLEST, TOKENS},
};

/// The most bytes of a sealed parcel.
pub const LONGEST: usize = LARGEST;

/// A practitioner who gives or takes. Which one it is does not come this far.
pub struct Porter {
    /// The portal.
    pub portal: Portal,
    /// How many parcels the account may still give.
    pub allowance: Allowance,
}

#[async_trait]
impl Parcels for Porter {
    async fn waiting(&self, tokens: Vec<Token>) -> Result<Vec<Waiting>, AppError> {
        Ok(self.look(&tokens).await?)
    }
}

impl Porter {
    async fn look(&self, tokens: &[Token]) -> Result<Vec<Waiting>> {
        if tokens.len() > usize::from(TOKENS) {
            return Err(AppError::Invalid.into());
        }
        let mut waiting = Vec::new();
        for (token, place) in tokens.iter().zip(0..) {
            let found = self.portal.database.parcel_day(parcel::name(token)).await?;
            waiting.extend(found.map(|given_on| Waiting { place, given_on }));
        }
        Ok(waiting)
    }

    /// The parcel under the token.
    pub async fn fetch(&self, token: &Token) -> Result<Vec<u8>> {
        let found = self.portal.database.parcel(parcel::name(token)).await?;
        Ok(found.ok_or(AppError::NotFound)?)
    }

    /// Puts a parcel under the token, where nothing lies. The same bytes again change nothing.
    pub async fn give(&self, token: &Token, bytes: &[u8]) -> Result<()> {
        if !(SMALLEST..=LARGEST).contains(&bytes.len()) {
            return Err(AppError::Invalid.into());
        }
        let (name, now) = (parcel::name(token), self.portal.clock.minute());
        let mut transaction = self.portal.database.begin().await?;
        match transaction.parcel(name).await? {
            Some(lies) if lies == bytes => return Ok(()),
            Some(_) => return Err(AppError::Conflict.into()),
            None => (),
        }
        self.allowance.take_parcel()?;
        if !transaction.insert_parcel(name, bytes, now.day()).await? {
            return Err(AppError::Conflict.into());
        }
        note(&mut transaction, "give parcel", (name, bytes), now).await?;
        transaction.commit().await
    }

    /// Deletes the parcel of this hash under the token. Where another lies there, or none, nothing changes, and the answer is the same.
    pub async fn delete(&self, token: &Token, hash: Hash) -> Result<()> {
        let (name, now) = (parcel::name(token), self.portal.clock.minute());
        let mut transaction = self.portal.database.begin().await?;
        let lies = transaction.parcel(name).await?;
        if let Some(bytes) = lies.filter(|bytes| Hash::of(bytes) == hash) {
            transaction.delete_parcel(name).await?;
            note(&mut transaction, "delete parcel", (name, &bytes), now).await?;
        }
        transaction.commit().await
    }
}

/// Like what is sent: by the day, and naming nobody. What it names is gone with the parcel.
async fn note(to: &mut Transaction, act: &str, (name, bytes): (Hash, &[u8]), now: Minute) -> Result<()> {
    audit::record(to, Actor::Sender, act, &object(name, bytes).0, now).await
}

fn object(name: Hash, bytes: &[u8]) -> Hash {
    Hash::domain("parcel object", &[&name.0, &Hash::of(bytes).0])
}

impl Portal {
    /// Deletes the parcels that nobody has taken for four weeks.
    pub async fn expire_parcels(&self) -> Result<()> {
        let now = self.clock.minute();
        let last = Day(now.day().0.saturating_sub(KEPT_DAYS));
        let mut transaction = self.database.begin().await?;
        let mut pen = Pen::default();
        for (name, bytes) in transaction.expire_parcels(last).await? {
            let object = object(name, &bytes);
            pen.record(&mut transaction, Actor::Sender, "expire parcel", &object.0, now)
                .await?;
        }
        transaction.commit().await
    }
}
