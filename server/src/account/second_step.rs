//! The second step: after the password, and again before what cannot be taken back.

use super::{Holder, codes};
use crate::{
    audit::{self, Actor},
    error::Result,
    web::session::Held,
};
use app::{
    account::{
        Role, Session,
        factor::{Factors, Lacks, SecondSteps, Steps, Threshold},
    },
    error::AppError,
};
use async_trait::async_trait;
use protocol::id::Day;

/// Who needs a second step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// Nobody: in a demonstration, and nowhere else.
    Nobody,
    /// Staff at once; practitioners this many days after their account was made.
    After(u32),
}

impl Needs {
    /// Days until an account that was made on a day needs one; nothing where it never will.
    pub(crate) fn days_left(self, role: Role, made_on: Day, today: Day) -> Option<u32> {
        match (self, role) {
            (Self::Nobody, _) => None,
            (Self::After(_), Role::Assessor | Role::Administrator) => Some(0),
            (Self::After(days), Role::Practitioner) => Some((made_on.0 + days).saturating_sub(today.0)),
        }
    }

    /// What a session lacks of an account with these `steps`, once its password was right.
    pub(crate) fn lacking(self, role: Role, made_on: Day, steps: Steps, today: Day) -> Option<Lacks> {
        if steps.any() {
            return Some(Lacks::SecondStep);
        }
        (self.days_left(role, made_on, today) == Some(0)).then_some(Lacks::SetUp)
    }
}

#[async_trait]
impl Threshold for Holder {
    async fn second_step(&self, code: String) -> Result<Session, AppError> {
        Ok(self.step_in(&code).await?)
    }
}

#[async_trait]
impl SecondSteps for Holder {
    async fn factors(&self) -> Result<Factors, AppError> {
        Ok(self.list_factors().await?)
    }

    async fn confirm_by_code(&self, code: String) -> Result<(), AppError> {
        self.take_code(&code).await?;
        let now = self.portal.clock.seconds();
        Ok(self.held.confirmed(now).put(&self.session).await?)
    }

    async fn renew_codes(&self) -> Result<Vec<String>, AppError> {
        Ok(self.renew().await?)
    }

    async fn remove_totp(&self) -> Result<(), AppError> {
        Ok(self.remove().await?)
    }
}

impl Holder {
    async fn step_in(&self, code: &str) -> Result<Session> {
        self.take_code(code).await?;
        self.settle_in().await
    }

    /// Starts a session that lacks nothing, under a new id, in place of this one. The browser is known from now on.
    pub(super) async fn settle_in(&self) -> Result<Session> {
        let portal = &self.portal;
        let held = Held::begin(self.held.account, self.held.role, portal.clock.seconds());
        super::begin(portal, &self.session, held).await
    }

    /// Takes a code from the app or a backup code, once. What is wrong with one that is not taken, nobody is told.
    async fn take_code(&self, code: &str) -> Result<()> {
        let portal = &self.portal;
        let account = self.held.account;
        let name = self.shown().await?.name;
        let device = portal.devices.known(&self.headers, &name);
        portal.attempts.take_code(account, device)?;
        let taken = match codes::backup_hash(account, code) {
            Some(_) => self.take_backup_code(code).await?,
            None => self.take_app_code(code).await?,
        };
        taken.then_some(()).ok_or(AppError::WrongCode.into())
    }

    async fn take_app_code(&self, code: &str) -> Result<bool> {
        let portal = &self.portal;
        let account = self.held.account;
        let Some(stored) = portal.database.totp(account).await? else {
            return Ok(false);
        };
        let now = portal.clock.seconds();
        let checked = portal
            .codes
            .check(account, &stored.sealed, &stored.spent, code.trim(), now)?;
        let Some(spent) = checked else { return Ok(false) };
        let mut transaction = portal.database.begin().await?;
        let taken = transaction.spend_code(account, &stored.spent, &spent).await?;
        transaction.commit().await?;
        Ok(taken)
    }

    async fn take_backup_code(&self, code: &str) -> Result<bool> {
        let account = self.held.account;
        let Some(hash) = codes::backup_hash(account, code) else {
            return Ok(false);
        };
        let mut transaction = self.portal.database.begin().await?;
        let taken = transaction.use_backup_code(account, hash).await?;
        if taken {
            self.record(&mut transaction, "use backup code").await?;
        }
        transaction.commit().await?;
        Ok(taken)
    }

    pub(super) async fn list_factors(&self) -> Result<Factors> {
        let shown = self.shown().await?;
        let left = self.days_left(shown.made_on);
        Ok(Factors {
            steps: shown.steps,
            backup_codes: self.portal.database.backup_codes(self.held.account).await?,
            needed: left == Some(0),
        })
    }

    fn days_left(&self, made_on: Day) -> Option<u32> {
        let portal = &self.portal;
        let needs = portal.deployment.needs;
        needs.days_left(self.held.role, made_on, portal.clock.today())
    }

    async fn renew(&self) -> Result<Vec<String>> {
        self.assert_confirmed()?;
        let portal = &self.portal;
        let account = self.held.account;
        portal.database.totp(account).await?.ok_or(AppError::NotFound)?;
        let (shown, hashes) = codes::backup_codes(account, &portal.random);
        let mut transaction = portal.database.begin().await?;
        transaction.replace_backup_codes(account, &hashes).await?;
        self.end_others(&mut transaction).await?;
        self.record(&mut transaction, "renew backup codes").await?;
        transaction.commit().await?;
        Ok(shown)
    }

    async fn remove(&self) -> Result<()> {
        self.assert_confirmed()?;
        // Whoever needs a second step cannot be left without one: another may take its place at any time.
        let factors = self.list_factors().await?;
        if factors.needed && !factors.steps.passkey {
            return Err(AppError::Forbidden.into());
        }
        let account = self.held.account;
        let mut transaction = self.portal.database.begin().await?;
        if !transaction.delete_totp(account).await? {
            return Err(AppError::NotFound.into());
        }
        transaction.replace_backup_codes(account, &[]).await?;
        self.end_others(&mut transaction).await?;
        self.record(&mut transaction, "remove codes").await?;
        transaction.commit().await
    }

    /// Ends every session of the account but this one.
    pub(super) async fn end_others(&self, to: &mut crate::database::Transaction) -> Result<()> {
        let here = crate::web::session::kept_under(&self.session)?;
        to.end_other_sessions(self.held.account, here).await
    }

    /// Writes what the person did with their own account.
    pub(super) async fn record(&self, to: &mut crate::database::Transaction, act: &str) -> Result<()> {
        let actor = Actor::of(self.held.role, self.held.account);
        audit::record(to, actor, act, &[], self.portal.clock.minute()).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn staff_need_a_second_step_at_once_and_practitioners_in_time() {
        let made = Day(100);
        let left = |needs: Needs, role, today| needs.days_left(role, made, Day(today));
        for role in [Role::Assessor, Role::Administrator] {
            assert_eq!(left(Needs::After(30), role, 100), Some(0));
        }
        assert_eq!(left(Needs::After(30), Role::Practitioner, 100), Some(30));
        assert_eq!(left(Needs::After(30), Role::Practitioner, 129), Some(1));
        assert_eq!(left(Needs::After(30), Role::Practitioner, 200), Some(0));
        assert_eq!(left(Needs::Nobody, Role::Administrator, 200), None);
    }
}
