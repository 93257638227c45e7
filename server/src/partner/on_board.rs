//! Organisations that are on board.

use super::Examiner;
use crate::{
    audit::{self, Actor},
    error::Result,
};
use app::{
    error::AppError,
    partner::on_board::{Partner, Partners},
};
use async_trait::async_trait;
use protocol::id::GroupId;

#[async_trait]
impl Partners for Examiner {
    async fn partners(&self) -> Result<Vec<Partner>, AppError> {
        Ok(self.portal.database.partners().await?)
    }

    async fn suspend(&self, group: GroupId) -> Result<(), AppError> {
        Ok(self.change_partner(group, true).await?)
    }

    async fn lift(&self, group: GroupId) -> Result<(), AppError> {
        Ok(self.change_partner(group, false).await?)
    }
}

impl Examiner {
    async fn change_partner(&self, group: GroupId, suspend: bool) -> Result<()> {
        let portal = &self.portal;
        let all = portal.database.partners().await?;
        if all.iter().all(|one| one.group != group) {
            return Err(AppError::NotFound.into());
        }
        self.held.assert_confirmed(portal.clock.seconds())?;
        let mut transaction = portal.database.begin().await?;
        let (changed, act) = if suspend {
            let day = portal.clock.today();
            (transaction.suspend_partner(group, day).await?, "suspend partner")
        } else {
            (
                transaction.lift_partner(group).await?,
                "lift suspension of partner",
            )
        };
        if !changed {
            return Err(AppError::Conflict.into());
        }
        let actor = Actor::Staff(self.held.account);
        audit::record(&mut transaction, actor, act, &group.0, portal.clock.minute()).await?;
        transaction.commit().await
    }
}
