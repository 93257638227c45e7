//! The vault: the one place where keys are, as a machine that answers questions. It runs in a worker of its own; locking ends
//! the worker, and with it everything here.

mod answer;
mod ask;
mod begin;
mod change;
mod check;
mod commitments;
mod countersign;
mod draft;
mod files;
mod found;
mod genesis;
mod groups;
mod join;
mod measure;
mod moved;
mod open;
mod parcels;
mod recovered;
mod shown;
mod slots;
mod threads;
mod unsent;
mod view;
mod work;

pub use answer::Answer;
pub use ask::*;
pub use draft::*;
pub use shown::*;

use crate::{
    directory,
    id::Hash,
    keyring::Keyring,
    password::{self, Cost},
    refused::Refused,
    slot::{Opener, RecoveryCode, Slot, SlotKind},
    words,
};
use measure::Load;
use open::Open;
use rand_core::{CryptoRng, RngCore};

/// The machine. Empty, it can only be told which deployment it is for.
#[derive(Debug, Default)]
pub struct Vault {
    deployment: Option<(Deployment, Hash)>,
    opener: Option<Opener>,
    open: Option<Box<Open>>,
}

impl Vault {
    /// Answers a question that [leads in](Ask::leads_in), and refuses any other.
    pub fn lead_in(&mut self, ask: Ask, rng: &mut (impl RngCore + CryptoRng)) -> Answer {
        self.try_lead_in(ask, rng).unwrap_or_else(Answer::Refused)
    }

    fn try_lead_in(&mut self, ask: Ask, rng: &mut (impl RngCore + CryptoRng)) -> Result<Answer, Refused> {
        match ask {
            Ask::Begin(deployment) => Ok(self.begin(deployment)),
            Ask::Derive { name, password } => self.derive(&name, &password),
            Ask::UsePasskey(computed) => self.use_passkey(&computed),
            Ask::Unlock {
                account,
                slots,
                keyring,
                seen,
            } => self.unlock(account, &slots, &keyring, seen),
            other => self.opened()?.lead_in(other, rng),
        }
    }

    fn opened(&mut self) -> Result<&mut Open, Refused> {
        self.open.as_deref_mut().ok_or(Refused::Locked)
    }

    /// Answers a question. `progress` is told percentages of what takes long.
    pub fn answer(
        &mut self,
        ask: Ask,
        rng: &mut (impl RngCore + CryptoRng),
        progress: &mut dyn FnMut(u32),
    ) -> Answer {
        if ask.leads_in() {
            return self.lead_in(ask, rng);
        }
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
            Ask::UseCode(words) => self.use_code(&words),
            Ask::Join {
                lookup,
                fragment,
                name,
            } => self.join(&lookup, &fragment, &name, rng),
            Ask::Passphrase => Ok(Answer::Passphrase(Password(
                words::passphrase(rng).as_bytes().to_vec(),
            ))),
            Ask::AddPasskey(credential) => self.add_passkey(&credential, rng),
            Ask::ChangePassword => self.change_password(rng),
            Ask::Measure {
                size,
                count,
                open,
                whole,
            } => {
                let load = Load {
                    size,
                    count,
                    open,
                    whole,
                };
                measure::run(load, rng, progress)
            }
            other => self.opened()?.answer(other, rng),
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
        self.opener = Some(Opener::of_password(&halves));
        Ok(Answer::Secret(halves.sign_in))
    }

    fn use_passkey(&mut self, computed: &Password) -> Result<Answer, Refused> {
        self.opener = Some(Opener::of_passkey(&computed.0)?);
        Ok(Answer::Done)
    }

    fn use_code(&mut self, words: &Password) -> Result<Answer, Refused> {
        let words = std::str::from_utf8(&words.0).map_err(|_| Refused::Malformed)?;
        let code = RecoveryCode::from_words(words)?;
        self.opener = Some(Opener::of_code(&code));
        Ok(Answer::Secret(code.halves().sign_in))
    }

    /// What the last question of its kind left.
    fn take_opener(&mut self, kind: SlotKind) -> Result<Opener, Refused> {
        let opener = self.opener.take().ok_or(Refused::Locked)?;
        (opener.kind == kind).then_some(opener).ok_or(Refused::Malformed)
    }

    fn add_passkey(
        &mut self,
        credential: &Blob,
        rng: &mut (impl RngCore + CryptoRng),
    ) -> Result<Answer, Refused> {
        let mut opener = self.take_opener(SlotKind::Passkey)?;
        opener.credential = Some(Hash::of(&credential.0));
        self.opened()?.add_passkey(opener, rng)
    }

    fn change_password(&mut self, rng: &mut (impl RngCore + CryptoRng)) -> Result<Answer, Refused> {
        let opener = self.take_opener(SlotKind::Password)?;
        Ok(self.opened()?.replace_opener(opener, rng))
    }

    fn unlock(
        &mut self,
        account: crate::id::AccountId,
        slots: &[Blob],
        sealed: &Blob,
        seen: Option<KeyringSeen>,
    ) -> Result<Answer, Refused> {
        let (deployment, instance) = self.deployment.clone().ok_or(Refused::Locked)?;
        let opener = self.opener.take().ok_or(Refused::Locked)?;
        let slots = slots
            .iter()
            .map(|slot| Slot::parse(&slot.0))
            .collect::<Result<Vec<_>, _>>()?;
        let key = slots
            .iter()
            .find_map(|slot| slot.open(instance, account, &opener));
        let key = key.ok_or(Refused::WrongPassword)?;
        let (keyring, version) = Keyring::open(&sealed.0, instance, account, &key)?;
        check_seen(version, &sealed.0, seen)?;
        let last_used = keyring.last_used;
        self.open = Some(Box::new(Open::new(deployment, key, keyring, version)));
        Ok(Answer::Unlocked { last_used })
    }
}

/// A device that has seen a keyring takes the same or a later one.
fn check_seen(version: u32, sealed: &[u8], seen: Option<KeyringSeen>) -> Result<(), Refused> {
    let Some(seen) = seen else { return Ok(()) };
    let older = version < seen.version || (version == seen.version && Hash::of(sealed) != seen.hash);
    if older { Err(Refused::OlderKeyring) } else { Ok(()) }
}
