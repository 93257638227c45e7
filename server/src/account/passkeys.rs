//! Passkeys: signing in by one, showing by one that it is them, adding and removing.

use super::{
    Holder, Visitor,
    ceremony::{self, Answered},
};
use crate::{Portal, database::passkey::NewPasskey, error::Result, web::session::Held};
use app::{
    account::{
        Session,
        factor::Lacks,
        passkey::{LONGEST_NAME, NewPasskey as Adding, PasskeyDoor, PasskeyStep, Passkeys, Stored},
    },
    error::AppError,
};
use async_trait::async_trait;
use protocol::id::Hash;
use webauthn_rs::prelude::Passkey;

/// The most that one account has: fewer than slots.
const MOST: usize = 8;

#[async_trait]
impl PasskeyDoor for Visitor {
    async fn challenge(&self) -> Result<String, AppError> {
        let portal = &self.portal;
        portal.attempts.take_address(self.address)?;
        let now = portal.clock.seconds();
        Ok(portal.ceremonies.begin_any(&self.session, now).await?)
    }

    async fn sign_in(&self, answer: String) -> Result<Session, AppError> {
        Ok(self.enter_by_passkey(&answer).await?)
    }
}

impl Visitor {
    /// Whether the passkey, its account or its answer is wrong, nobody is told.
    async fn enter_by_passkey(&self, answer: &str) -> Result<Session> {
        let portal = &self.portal;
        portal.attempts.take_address(self.address)?;
        let (claimed, id) = portal.ceremonies.claimed(answer)?;
        let known = portal.database.passkey(id).await?;
        let known = known.filter(|known| known.account == claimed);
        let known = known.ok_or(AppError::WrongSignIn)?;
        let passkey = ceremony::stored(&known.credential)?;
        let now = portal.clock.seconds();
        let answered = portal
            .ceremonies
            .finish_any(&self.session, &passkey, answer, now)
            .await?;
        if !take_note(portal, &answered, &known.credential).await? {
            return Err(AppError::WrongSignIn.into());
        }
        if known.suspended {
            return Err(AppError::Suspended.into());
        }
        super::begin(portal, &self.session, Held::begin(known.account, known.role, now)).await
    }
}

/// Takes note of what checks the passkey's next answer, where that changes; says whether no other answer came meanwhile, as one of a
/// copy would.
async fn take_note(portal: &Portal, answered: &Answered, before: &str) -> Result<bool> {
    let Some(changed) = &answered.changed else {
        return Ok(true);
    };
    let mut transaction = portal.database.begin().await?;
    let is_next = transaction.update_passkey(answered.id, before, changed).await?;
    transaction.commit().await?;
    Ok(is_next)
}

/// What checks their answers.
fn read(all: &[NewPasskey]) -> Result<Vec<Passkey>> {
    all.iter().map(|one| ceremony::stored(&one.credential)).collect()
}

#[async_trait]
impl PasskeyStep for Holder {
    async fn challenge(&self) -> Result<String, AppError> {
        let portal = &self.portal;
        let (own, now) = (self.own().await?, portal.clock.seconds());
        Ok(portal.ceremonies.begin_own(&self.session, &own, now).await?)
    }

    async fn answer(&self, answer: String) -> Result<Session, AppError> {
        Ok(self.step_by_passkey(&answer).await?)
    }
}

#[async_trait]
impl Passkeys for Holder {
    async fn list(&self) -> Result<Vec<Stored>, AppError> {
        let all = self.portal.database.passkeys(self.held.account).await?;
        Ok(all.into_iter().map(|one| one.listed).collect())
    }

    async fn remove(&self, id: Hash) -> Result<Session, AppError> {
        Ok(self.remove_passkey(id).await?)
    }
}

#[async_trait]
impl Adding for Holder {
    async fn begin(&self) -> Result<String, AppError> {
        Ok(self.begin_passkey().await?)
    }

    async fn add(&self, name: String, answer: String) -> Result<Session, AppError> {
        Ok(self.add_passkey(name.trim(), &answer).await?)
    }
}

impl Holder {
    /// What checks the answers of the account's passkeys.
    async fn own(&self) -> Result<Vec<Passkey>> {
        read(&self.portal.database.passkeys(self.held.account).await?)
    }

    async fn step_by_passkey(&self, answer: &str) -> Result<Session> {
        let portal = &self.portal;
        let all = portal.database.passkeys(self.held.account).await?;
        let now = portal.clock.seconds();
        let answered = portal
            .ceremonies
            .finish_own(&self.session, &read(&all)?, answer, now)
            .await?;
        let before = all.iter().find(|one| one.listed.id == answered.id);
        let before = before.ok_or(AppError::WrongCode)?;
        if !take_note(portal, &answered, &before.credential).await? {
            return Err(AppError::WrongCode.into());
        }
        if self.held.lacks == Some(Lacks::SecondStep) {
            return self.settle_in().await;
        }
        let held = self.held.confirmed(now);
        held.put(&self.session).await?;
        super::shown(portal, held).await
    }

    async fn begin_passkey(&self) -> Result<String> {
        self.assert_may_set_up()?;
        let portal = &self.portal;
        let account = self.held.account;
        let name = self.shown().await?.name;
        let (own, now) = (self.own().await?, portal.clock.seconds());
        if own.len() >= MOST {
            return Err(AppError::TooLarge.into());
        }
        portal
            .ceremonies
            .begin_new(&self.session, (account, &name), &own, now)
            .await
    }

    async fn add_passkey(&self, name: &str, answer: &str) -> Result<Session> {
        self.assert_may_set_up()?;
        if name.is_empty() || name.chars().count() > LONGEST_NAME {
            return Err(AppError::Invalid.into());
        }
        let portal = &self.portal;
        let now = portal.clock.seconds();
        let passkey = portal.ceremonies.finish_new(&self.session, answer, now).await?;
        let listed = Stored {
            id: Hash::of(passkey.cred_id()),
            name: name.into(),
            added_on: portal.clock.today(),
        };
        let credential = ceremony::written(&passkey)?;
        let mut transaction = portal.database.begin().await?;
        let new = NewPasskey { listed, credential };
        if !transaction.insert_passkey(self.held.account, &new).await? {
            return Err(AppError::Conflict.into());
        }
        self.end_others(&mut transaction).await?;
        self.record(&mut transaction, "add passkey").await?;
        transaction.commit().await?;
        if self.held.lacks == Some(Lacks::SetUp) {
            return self.settle_in().await;
        }
        super::shown(portal, self.held).await
    }

    async fn remove_passkey(&self, id: Hash) -> Result<Session> {
        self.assert_confirmed()?;
        let factors = self.list_factors().await?;
        let own = self.own().await?;
        // Whoever needs a second step cannot be left without one.
        if factors.needed && !factors.steps.code && own.len() < 2 {
            return Err(AppError::Forbidden.into());
        }
        let mut transaction = self.portal.database.begin().await?;
        if !transaction.delete_passkey(self.held.account, id).await? {
            return Err(AppError::NotFound.into());
        }
        self.end_others(&mut transaction).await?;
        self.record(&mut transaction, "remove passkey").await?;
        transaction.commit().await?;
        super::shown(&self.portal, self.held).await
    }
}
