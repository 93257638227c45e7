//! Resets: one administrator asks, another confirms, and neither for themselves.

use crate::{
    audit::{self, Actor},
    database::Transaction,
    error::Result,
    partner::Examiner,
};
use app::{
    account::reset::{LONGEST_NOTE, Lost, Reset, Resets},
    error::AppError,
};
use async_trait::async_trait;
use protocol::{concern::check_text, id::AccountId};

#[async_trait]
impl Resets for Examiner {
    async fn resets(&self) -> Result<Vec<Reset>, AppError> {
        Ok(self.portal.database.resets().await?)
    }

    async fn ask_reset(&self, name: String, lost: Lost, note: String) -> Result<(), AppError> {
        Ok(self.ask(&name.trim().to_ascii_lowercase(), lost, note).await?)
    }

    async fn confirm_reset(&self, account: AccountId, lost: Lost, by: AccountId) -> Result<(), AppError> {
        Ok(self.carry_out(account, lost, by).await?)
    }

    async fn drop_reset(&self, account: AccountId) -> Result<(), AppError> {
        Ok(self.forget(account).await?)
    }
}

impl Examiner {
    async fn ask(&self, name: &str, lost: Lost, note: String) -> Result<()> {
        self.held.assert_confirmed(self.portal.clock.seconds())?;
        if check_text(&note, LONGEST_NOTE).is_err() {
            return Err(AppError::Invalid.into());
        }
        let found = self.portal.database.open_account(name).await?;
        let (account, role) = found.ok_or(AppError::NotFound)?;
        self.assert_other(account)?;
        let reset = Reset {
            account,
            name: name.to_owned(),
            role,
            lost,
            by: self.held.account,
            by_name: String::new(),
            note,
            day: self.portal.clock.today(),
        };
        let mut transaction = self.portal.database.begin().await?;
        if !transaction.insert_reset(&reset).await? {
            return Err(AppError::Conflict.into());
        }
        let act = match lost {
            Lost::Keys => "ask to reset keys",
            Lost::SecondStep => "ask to reset second step",
        };
        self.tell(&mut transaction, act, account).await?;
        transaction.commit().await
    }

    async fn carry_out(&self, account: AccountId, lost: Lost, by: AccountId) -> Result<()> {
        let reset = self.waiting_for(account).await?;
        self.held.assert_confirmed(self.portal.clock.seconds())?;
        self.assert_other(account)?;
        if by == self.held.account || (reset.lost, reset.by) != (lost, by) {
            return Err(AppError::Conflict.into());
        }
        let mut transaction = self.portal.database.begin().await?;
        if !transaction.take_reset(account, lost, by).await? {
            return Err(AppError::Conflict.into());
        }
        let act = match lost {
            Lost::Keys => {
                let day = self.portal.clock.today();
                transaction.reset_keys(account, reset.role, day).await?;
                "reset keys"
            }
            Lost::SecondStep => {
                transaction.reset_second_step(account).await?;
                "reset second step"
            }
        };
        self.tell(&mut transaction, act, account).await?;
        transaction.commit().await
    }

    async fn forget(&self, account: AccountId) -> Result<()> {
        let reset = self.waiting_for(account).await?;
        let mut transaction = self.portal.database.begin().await?;
        if !transaction.take_reset(account, reset.lost, reset.by).await? {
            return Err(AppError::NotFound.into());
        }
        self.tell(&mut transaction, "drop reset", account).await?;
        transaction.commit().await
    }

    async fn waiting_for(&self, account: AccountId) -> Result<Reset> {
        let all = self.portal.database.resets().await?;
        let found = all.into_iter().find(|one| one.account == account);
        found.ok_or_else(|| AppError::NotFound.into())
    }

    fn assert_other(&self, account: AccountId) -> Result<()> {
        let other = account != self.held.account;
        other.then_some(()).ok_or_else(|| AppError::Forbidden.into())
    }

    async fn tell(&self, to: &mut Transaction, act: &str, account: AccountId) -> Result<()> {
        let actor = Actor::Staff(self.held.account);
        audit::record(to, actor, act, &account.0, self.portal.clock.minute()).await
    }
}
