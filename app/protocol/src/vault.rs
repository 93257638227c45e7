//! The vault: the one place where keys are, as a machine that answers questions. It runs in a worker of its own; locking ends
//! the worker, and with it everything here.

mod ask;
mod measure;
mod open;
mod view;

pub use ask::*;

use crate::{
    directory,
    id::Hash,
    keyring::Keyring,
    password::{self, Cost, Halves},
    refused::Refused,
    slot::Slot,
};
use open::Open;
use rand_core::{CryptoRng, RngCore};

/// The machine. Empty, it can only be told which deployment it is for.
#[derive(Debug, Default)]
pub struct Vault {
    deployment: Option<(Deployment, Hash)>,
    halves: Option<Halves>,
    open: Option<Open>,
}

impl Vault {
    /// Answers a question. `progress` is told percentages of what takes long.
    pub fn answer(
        &mut self,
        ask: Ask,
        rng: &mut (impl RngCore + CryptoRng),
        progress: &mut dyn FnMut(u32),
    ) -> Answer {
        self.try_answer(ask, rng, progress)
            .unwrap_or_else(Answer::Refused)
    }

    fn try_answer(
        &mut self,
        ask: Ask,
        rng: &mut (impl RngCore + CryptoRng),
        progress: &mut dyn FnMut(u32),
    ) -> Result<Answer, Refused> {
        match ask {
            Ask::Begin(deployment) => Ok(self.begin(deployment)),
            Ask::Derive { name, password } => self.derive(&name, &password),
            Ask::Unlock {
                account,
                slots,
                keyring,
                seen,
            } => self.unlock(account, &slots, &keyring, seen),
            Ask::Measure { size, count, open } => measure::run(size, count, open, rng, progress),
            other => self.open.as_mut().ok_or(Refused::Locked)?.answer(other, rng),
        }
    }

    fn begin(&mut self, deployment: Deployment) -> Answer {
        let instance = directory::instance(&deployment.name, &deployment.roots, deployment.threshold);
        *self = Self {
            deployment: Some((deployment, instance)),
            ..Self::default()
        };
        Answer::Done
    }

    fn instance(&self) -> Result<Hash, Refused> {
        self.deployment
            .as_ref()
            .map(|(_, instance)| *instance)
            .ok_or(Refused::Locked)
    }

    fn derive(&mut self, name: &str, password: &Password) -> Result<Answer, Refused> {
        let halves = password::derive(self.instance()?, name, &password.0, Cost::USUAL)?;
        let secret = halves.sign_in;
        self.halves = Some(halves);
        Ok(Answer::Secret(secret))
    }

    fn unlock(
        &mut self,
        account: crate::id::AccountId,
        slots: &[Blob],
        sealed: &Blob,
        seen: Option<KeyringSeen>,
    ) -> Result<Answer, Refused> {
        let (deployment, instance) = self.deployment.clone().ok_or(Refused::Locked)?;
        let halves = self.halves.take().ok_or(Refused::Locked)?;
        let slots = slots
            .iter()
            .map(|slot| Slot::parse(&slot.0))
            .collect::<Result<Vec<_>, _>>()?;
        let key = slots
            .iter()
            .find_map(|slot| slot.open(instance, account, &halves.unlock));
        let key = key.ok_or(Refused::WrongPassword)?;
        let (keyring, version) = Keyring::open(&sealed.0, instance, account, &key)?;
        check_seen(version, &sealed.0, seen)?;
        let last_used = keyring.last_used;
        self.open = Some(Open::new(deployment, key, keyring, version));
        Ok(Answer::Unlocked { last_used })
    }
}

/// A device that has seen a keyring takes the same or a later one.
fn check_seen(version: u32, sealed: &[u8], seen: Option<KeyringSeen>) -> Result<(), Refused> {
    let Some(seen) = seen else { return Ok(()) };
    let older = version < seen.version || (version == seen.version && Hash::of(sealed) != seen.hash);
    if older { Err(Refused::OlderKeyring) } else { Ok(()) }
}
