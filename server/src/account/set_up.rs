//! Setting up a second step.

use super::{Holder, codes};
use crate::{database::factor::StoredTotp, error::Result};
use app::{
    account::factor::{Lacks, NewTotp, SetUp, SettingUp},
    bytes::Bytes,
    error::AppError,
};
use async_trait::async_trait;

/// Under what a session keeps, sealed, what an app was shown and has not proved to have.
const DRAWN: &str = "drawn";

#[async_trait]
impl SettingUp for Holder {
    async fn begin_totp(&self) -> Result<NewTotp, AppError> {
        Ok(self.draw().await?)
    }

    async fn finish_totp(&self, code: String) -> Result<SetUp, AppError> {
        Ok(self.store_totp(&code).await?)
    }
}

impl Holder {
    async fn draw(&self) -> Result<NewTotp> {
        self.assert_may_set_up()?;
        let portal = &self.portal;
        let account = self.held.account;
        let name = self.shown().await?.name;
        let (sealed, shown) = portal.codes.draw(account, &name, &portal.random)?;
        self.session.insert(DRAWN, Bytes(sealed)).await?;
        Ok(shown)
    }

    async fn store_totp(&self, code: &str) -> Result<SetUp> {
        self.assert_may_set_up()?;
        let portal = &self.portal;
        let account = self.held.account;
        let drawn: Option<Bytes> = self.session.get(DRAWN).await?;
        let sealed = drawn.ok_or(AppError::NotFound)?.0;
        let now = portal.clock.seconds();
        let spent = portal.codes.check(account, &sealed, &[], code.trim(), now)?;
        let spent = spent.ok_or(AppError::WrongCode)?;
        let (codes, hashes) = codes::backup_codes(account, &portal.random);
        let mut transaction = portal.database.begin().await?;
        transaction
            .store_totp(account, &StoredTotp { sealed, spent })
            .await?;
        transaction.replace_backup_codes(account, &hashes).await?;
        self.end_others(&mut transaction).await?;
        self.record(&mut transaction, "set up codes").await?;
        transaction.commit().await?;
        let session = self.settle_in().await?;
        Ok(SetUp { session, codes })
    }

    /// Whoever has to set one up has only just signed in, and can do nothing else.
    pub(super) fn assert_may_set_up(&self) -> Result<()> {
        match self.held.lacks {
            Some(Lacks::SetUp) => Ok(()),
            _ => self.assert_confirmed(),
        }
    }
}
