//! Changing what opens an account's keys, and ending its sessions.

use super::{Holder, verifier};
use crate::{
    Portal,
    audit::{self, Actor},
    database::account::NewSlot,
    error::{Error, Result},
    web::session,
};
use app::{
    account::{Elsewhere, NewWay, Way},
    error::AppError,
};
use protocol::id::Hash;

/// The most ways that one account has.
const MOST: usize = 10;

impl Holder {
    /// Checks the secret as signing in does, with the same limits, and takes note of it in the session.
    pub(super) async fn confirm_again(&self, secret: &[u8], way: Way) -> Result<()> {
        if secret.len() != verifier::SECRET {
            return Err(AppError::Invalid.into());
        }
        let portal = &self.portal;
        let account = self.held.account;
        portal
            .attempts
            .take(self.address, &format!("confirm {account}"), None)?;
        let stored = portal.database.verifiers(account).await?;
        let verifier = stored
            .into_iter()
            .find(|(one, _)| *one == way)
            .map(|(_, verifier)| verifier);
        if !portal.hasher.check(secret, verifier.as_ref()).await? {
            return Err(AppError::WrongSignIn.into());
        }
        let shown = portal.database.shown(account).await?.ok_or(AppError::SignedOut)?;
        if shown.steps.any() {
            return Ok(());
        }
        let now = portal.clock.seconds();
        self.held.confirmed(now).put(&self.session).await
    }

    /// Replaces the keyring and all ways in one transaction, and ends every other session: whoever was signed in with what was
    /// replaced is out.
    pub(super) async fn replace_ways(&self, version: u32, keyring: &[u8], ways: Vec<NewWay>) -> Result<()> {
        self.assert_confirmed()?;
        if keyring.is_empty() || ways.is_empty() || ways.len() > MOST {
            return Err(AppError::Invalid.into());
        }
        let portal = &self.portal;
        let stored = portal.database.verifiers(self.held.account).await?;
        let slots = slots(portal, ways, &stored).await?;
        let here = session::kept_under(&self.session)?;
        let mut transaction = portal.database.begin().await?;
        let account = self.held.account;
        if !transaction
            .replace_slots(account, version, keyring, &slots)
            .await?
        {
            return Err(Error::Refused(AppError::Conflict));
        }
        transaction.end_other_sessions(account, here).await?;
        let actor = Actor::of(self.held.role, account);
        audit::record(&mut transaction, actor, "change keys", &[], portal.clock.minute()).await?;
        transaction.commit().await
    }

    /// Whether the person has shown just now that it is them.
    pub(super) fn assert_confirmed(&self) -> Result<()> {
        self.held.assert_confirmed(self.portal.clock.seconds())
    }

    pub(super) async fn list_sessions(&self) -> Result<Vec<Elsewhere>> {
        let here = session::kept_under(&self.session)?;
        let now = self.portal.clock.seconds();
        let rows = self.portal.database.sessions_of(self.held.account, now).await?;
        let elsewhere = |(id, data): (Hash, String)| {
            let held = session::read(&data).filter(|held| held.lacks.is_none())?;
            Some(held.elsewhere(id, id == here, now))
        };
        Ok(rows.into_iter().filter_map(elsewhere).collect())
    }

    /// Ends a session of the account's own; another's answers as one that is not there.
    pub(super) async fn end_one(&self, id: Hash) -> Result<()> {
        self.assert_confirmed()?;
        let portal = &self.portal;
        let mut transaction = portal.database.begin().await?;
        if !transaction.end_session(self.held.account, id).await? {
            return Err(AppError::NotFound.into());
        }
        let actor = Actor::of(self.held.role, self.held.account);
        audit::record(&mut transaction, actor, "end session", &[], portal.clock.minute()).await?;
        transaction.commit().await
    }
}

/// Each way with what checks its secret: the new one, or the one that is `stored`.
pub(crate) async fn slots(
    portal: &Portal,
    ways: Vec<NewWay>,
    stored: &[(Way, Vec<u8>)],
) -> Result<Vec<NewSlot>> {
    let mut slots = Vec::with_capacity(ways.len());
    for NewWay { way, sealed, secret } in ways {
        let is_second = way != Way::Passkey && slots.iter().any(|one: &NewSlot| one.way == way);
        if sealed.0.is_empty() || is_second {
            return Err(AppError::Invalid.into());
        }
        let kept = stored.iter().find(|(one, _)| *one == way);
        let verifier = match (way, secret) {
            (Way::Passkey, None) => None,
            (Way::Passkey, Some(_)) => return Err(AppError::Invalid.into()),
            (Way::Password | Way::RecoveryCode, Some(secret)) => Some(verifier_of(portal, &secret.0).await?),
            (Way::Password | Way::RecoveryCode, None) => Some(kept.ok_or(AppError::Invalid)?.1.clone()),
        };
        slots.push(NewSlot {
            way,
            sealed: sealed.0,
            verifier,
        });
    }
    Ok(slots)
}

async fn verifier_of(portal: &Portal, secret: &[u8]) -> Result<Vec<u8>> {
    if secret.len() != verifier::SECRET {
        return Err(AppError::Invalid.into());
    }
    portal.hasher.make(secret, portal.random.bytes()).await
}
