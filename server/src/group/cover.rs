//! Leave cover: who is there to open what comes.

use super::Steward;
use crate::{
    audit::{self, Actor},
    error::Result,
};
use app::{
    account::Role,
    error::AppError,
    group::cover::{Cover, Covers},
};
use async_trait::async_trait;
use protocol::id::Day;

/// The most days for which somebody says that they are away.
const LONGEST: u32 = 366;

#[async_trait]
impl Covers for Steward {
    async fn cover(&self) -> Result<Vec<Cover>, AppError> {
        let today = self.portal.clock.today();
        Ok(self.portal.database.cover_of(self.held.account, today).await?)
    }

    async fn set_away(&self, until: Option<Day>) -> Result<(), AppError> {
        Ok(self.say_away(until).await?)
    }
}

impl Steward {
    async fn say_away(&self, until: Option<Day>) -> Result<()> {
        let portal = &self.portal;
        let today = portal.clock.today();
        if self.held.role != Role::Assessor {
            return Err(AppError::Forbidden.into());
        }
        if until.is_some_and(|until| until < today || until.0 > today.0 + LONGEST) {
            return Err(AppError::Invalid.into());
        }
        let account = self.held.account;
        let mut transaction = portal.database.begin().await?;
        transaction.set_away(account, until).await?;
        let act = if until.is_some() { "away" } else { "back" };
        let actor = Actor::Staff(account);
        audit::record(&mut transaction, actor, act, &[], portal.clock.minute()).await?;
        transaction.commit().await
    }
}
