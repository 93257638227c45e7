//! Accounts: signing in and out, and the sealed keys.

pub(crate) mod ceremony;
mod codes;
mod device;
mod limit;
mod passkeys;
mod reset;
mod second_step;
mod set_up;
pub mod verifier;
pub(crate) mod ways;

pub use ceremony::Ceremonies;
pub use codes::Codes;
pub use device::Devices;
pub use limit::{Allowance, Allowances, Attempts};
pub use second_step::Needs;
pub use verifier::Hasher;

use crate::{
    Portal,
    database::factor::Shown,
    error::{Error, Result},
    web::session::Held,
};
use app::{
    account::{Account, Door, Elsewhere, Keys, NewWay, Role, Session, Way, factor::Lacks},
    bytes::Bytes,
    error::AppError,
};
use async_trait::async_trait;
use axum::http::HeaderMap;
use protocol::id::{AccountId, Hash};
use std::net::IpAddr;

/// The longest sign-in name, in bytes.
const LONGEST_NAME: usize = 100;

/// Anybody, at the door.
pub struct Visitor {
    /// The portal.
    pub portal: Portal,
    /// The session, which may be empty.
    pub session: tower_sessions::Session,
    /// Who is signed in already.
    pub held: Option<Held>,
    /// Where the request comes from.
    pub address: IpAddr,
    /// The request's headers, for the device cookie.
    pub headers: HeaderMap,
}

/// Somebody who is signed in, before their own account.
pub struct Holder {
    /// The portal.
    pub portal: Portal,
    /// Who.
    pub held: Held,
    /// The session that asks.
    pub session: tower_sessions::Session,
    /// Where the request comes from.
    pub address: IpAddr,
    /// The request's headers, for the device cookie.
    pub headers: HeaderMap,
}

#[async_trait]
impl Door for Visitor {
    async fn sign_in(&self, name: String, secret: Bytes, way: Way) -> Result<Session, AppError> {
        Ok(self
            .enter(&name.trim().to_ascii_lowercase(), &secret.0, way)
            .await?)
    }

    async fn sign_out(&self) -> Result<(), AppError> {
        Ok(self.leave().await?)
    }

    async fn session(&self) -> Result<Option<Session>, AppError> {
        match self.held {
            Some(held) => Ok(Some(shown(&self.portal, held).await?)),
            None => Ok(None),
        }
    }
}

/// A session, as the browser sees it now.
pub(crate) async fn shown(portal: &Portal, held: Held) -> Result<Session> {
    let shown = portal
        .database
        .shown(held.account)
        .await?
        .ok_or(AppError::SignedOut)?;
    let left = portal
        .deployment
        .needs
        .days_left(held.role, shown.made_on, portal.clock.today());
    let due_days = left.filter(|_| !shown.steps.any());
    Ok(Session {
        steps: shown.steps,
        due_days,
        reset: shown.reset,
        ..held.shown(shown.name, portal.clock.seconds())
    })
}

/// Begins a session under a new id, stored and audited when the answer leaves; the one before ends. Unless it lacks a second step,
/// the browser is known from now on.
async fn begin(portal: &Portal, session: &tower_sessions::Session, held: Held) -> Result<Session> {
    let shown = shown(portal, held).await?;
    session.flush().await?;
    held.put(session).await?;
    if held.lacks != Some(Lacks::SecondStep) {
        portal.devices.remember(&shown.name, &portal.random);
    }
    Ok(shown)
}

impl Visitor {
    /// Signs in. Nothing tells a wrong secret from an unknown name: not the answer, not the work, not the limits.
    async fn enter(&self, name: &str, secret: &[u8], way: Way) -> Result<Session> {
        if name.is_empty() || name.len() > LONGEST_NAME || secret.len() != verifier::SECRET {
            return Err(AppError::Invalid.into());
        }
        let portal = &self.portal;
        let device = portal.devices.known(&self.headers, name);
        portal.attempts.take(self.address, name, device)?;
        let known = portal.database.account_named(name, way).await?;
        let right = portal
            .hasher
            .check(secret, known.as_ref().map(|known| &known.verifier))
            .await?;
        match known {
            Some(known) if right && known.suspended => Err(AppError::Suspended.into()),
            Some(known) if right => self.start(known.id, known.role).await,
            _ => Err(AppError::WrongSignIn.into()),
        }
    }

    /// Starts a session that lacks what its account needs beside the password.
    pub(crate) async fn start(&self, account: AccountId, role: Role) -> Result<Session> {
        let portal = &self.portal;
        let shown = portal.database.shown(account).await?.ok_or(AppError::SignedOut)?;
        let needs = portal.deployment.needs;
        let lacks = needs.lacking(role, shown.made_on, shown.steps, portal.clock.today());
        let held = Held::begin(account, role, portal.clock.seconds()).lacking(lacks);
        begin(portal, &self.session, held).await
    }

    async fn leave(&self) -> Result<()> {
        if self.held.is_none() {
            return Ok(());
        }
        self.session.flush().await?;
        crate::web::session::forget_what_was_shown();
        Ok(())
    }
}

#[async_trait]
impl Account for Holder {
    async fn keys(&self) -> Result<Keys, AppError> {
        let keys = self
            .portal
            .database
            .keys(self.held.account)
            .await?
            .ok_or(AppError::SignedOut)?;
        let slots = keys.slots.into_iter().map(Bytes).collect();
        Ok(Keys {
            slots,
            keyring: Bytes(keys.keyring),
            version: keys.version,
        })
    }

    async fn store_keyring(&self, version: u32, keyring: Bytes) -> Result<(), AppError> {
        Ok(self.replace_keyring(version, &keyring.0).await?)
    }

    async fn confirm(&self, secret: Bytes, way: Way) -> Result<(), AppError> {
        Ok(self.confirm_again(&secret.0, way).await?)
    }

    async fn store_ways(&self, version: u32, keyring: Bytes, ways: Vec<NewWay>) -> Result<(), AppError> {
        Ok(self.replace_ways(version, &keyring.0, ways).await?)
    }

    async fn sessions(&self) -> Result<Vec<Elsewhere>, AppError> {
        Ok(self.list_sessions().await?)
    }

    async fn end_session(&self, id: Hash) -> Result<(), AppError> {
        Ok(self.end_one(id).await?)
    }
}

impl Holder {
    /// What the database says of the account now.
    async fn shown(&self) -> Result<Shown> {
        let shown = self.portal.database.shown(self.held.account).await?;
        shown.ok_or(AppError::SignedOut.into())
    }

    /// Not audited: every unlock does it, so a line would only tell when somebody was at work.
    async fn replace_keyring(&self, version: u32, keyring: &[u8]) -> Result<()> {
        if keyring.is_empty() {
            return Err(AppError::Invalid.into());
        }
        let mut transaction = self.portal.database.begin().await?;
        if !transaction
            .replace_keyring(self.held.account, version, keyring)
            .await?
        {
            return Err(Error::Refused(AppError::Conflict));
        }
        transaction.commit().await
    }
}
