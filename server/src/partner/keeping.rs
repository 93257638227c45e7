//! What leads do about the people of their organisation. It is the server's word alone: who may open and sign is in the chain.

use crate::{
    audit::{self, Actor},
    database::Transaction,
    error::Result,
    group::Steward,
};
use app::{
    error::AppError,
    partner::keeping::{Keeping, Kept},
};
use async_trait::async_trait;
use protocol::id::{AccountId, GroupId};

#[async_trait]
impl Keeping for Steward {
    async fn kept(&self) -> Result<Vec<Kept>, AppError> {
        Ok(self.portal.database.partners_led_by(self.held.account).await?)
    }

    async fn confirm(&self, group: GroupId) -> Result<(), AppError> {
        Ok(self.confirm_all(group).await?)
    }

    async fn suspend(&self, group: GroupId, account: AccountId) -> Result<(), AppError> {
        Ok(self.change_member(group, account, true).await?)
    }

    async fn lift(&self, group: GroupId, account: AccountId) -> Result<(), AppError> {
        Ok(self.change_member(group, account, false).await?)
    }
}

impl Steward {
    async fn confirm_all(&self, group: GroupId) -> Result<()> {
        self.assert_leads_partner(group).await?;
        let mut transaction = self.portal.database.begin().await?;
        let day = self.portal.clock.today();
        if !transaction.confirm_partner(group, day).await? {
            return Err(AppError::NotFound.into());
        }
        self.write(&mut transaction, "confirm people", &group.0).await?;
        transaction.commit().await
    }

    async fn change_member(&self, group: GroupId, account: AccountId, suspend: bool) -> Result<()> {
        self.assert_leads_partner(group).await?;
        self.held.assert_confirmed(self.portal.clock.seconds())?;
        if account == self.held.account {
            return Err(AppError::Invalid.into());
        }
        let mut transaction = self.portal.database.begin().await?;
        if !transaction.members_of(group).await?.contains(&account) {
            return Err(AppError::NotFound.into());
        }
        let (changed, act) = if suspend {
            let day = self.portal.clock.today();
            (transaction.suspend_account(account, day).await?, "suspend")
        } else {
            (transaction.lift_account(account).await?, "lift suspension")
        };
        if !changed {
            return Err(AppError::Conflict.into());
        }
        self.write(&mut transaction, act, &account.0).await?;
        transaction.commit().await
    }

    async fn assert_leads_partner(&self, group: GroupId) -> Result<()> {
        let led = self.portal.database.partners_led_by(self.held.account).await?;
        let leads = led.iter().any(|one| one.group == group);
        leads.then_some(()).ok_or_else(|| AppError::NotFound.into())
    }

    async fn write(&self, to: &mut Transaction, act: &str, object: &[u8]) -> Result<()> {
        let actor = Actor::of(self.held.role, self.held.account);
        audit::record(to, actor, act, object, self.portal.clock.minute()).await
    }
}
