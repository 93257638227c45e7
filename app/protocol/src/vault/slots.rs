//! Changing what opens the keyring. Each change takes a fresh key, so that an old slot opens nothing that is stored after it.

use super::{Answer, Blob, KeyringSeen, NewCode, NewSlots, Password, open::Open};
use crate::{
    id::Hash,
    refused::Refused,
    slot::{KeyringKey, Opener, RecoveryCode, Slot, SlotKind},
};
use rand_core::{CryptoRng, RngCore};

/// The most slots of one keyring.
const MOST: usize = 10;

impl Open {
    pub(super) fn openers(&self) -> Answer {
        let all = self.keyring.openers.iter();
        Answer::Openers(all.map(|one| (one.kind, one.credential)).collect())
    }

    pub(super) fn add_passkey(
        &mut self,
        opener: Opener,
        rng: &mut (impl RngCore + CryptoRng),
    ) -> Result<Answer, Refused> {
        let openers = &mut self.keyring.openers;
        openers.retain(|one| one.credential != opener.credential || one.kind != opener.kind);
        if openers.len() >= MOST {
            return Err(Refused::TooLong);
        }
        openers.push(opener);
        Ok(Answer::Slots(self.seal_slots(rng)))
    }

    /// Puts an opener in the place of those of its kind.
    pub(super) fn replace_opener(&mut self, opener: Opener, rng: &mut (impl RngCore + CryptoRng)) -> Answer {
        self.keyring.openers.retain(|one| one.kind != opener.kind);
        self.keyring.openers.push(opener);
        Answer::Slots(self.seal_slots(rng))
    }

    pub(super) fn change_code(&mut self, rng: &mut (impl RngCore + CryptoRng)) -> Answer {
        Answer::Slots(self.seal_with_code(rng))
    }

    /// A new recovery code, and everything sealed so that it opens too.
    pub(super) fn seal_with_code(&mut self, rng: &mut (impl RngCore + CryptoRng)) -> NewSlots {
        let code = RecoveryCode::random(rng);
        let openers = &mut self.keyring.openers;
        openers.retain(|one| one.kind != SlotKind::RecoveryCode);
        openers.push(Opener::of_code(&code));
        NewSlots {
            code: Some(NewCode {
                words: Password(code.words().as_bytes().to_vec()),
                secret: code.halves().sign_in,
            }),
            ..self.seal_slots(rng)
        }
    }

    pub(super) fn remove_passkey(
        &mut self,
        credential: Hash,
        rng: &mut (impl RngCore + CryptoRng),
    ) -> Result<Answer, Refused> {
        let openers = &mut self.keyring.openers;
        let found = openers.iter().position(|one| one.credential == Some(credential));
        let Some(place) = found else {
            return Ok(Answer::Done);
        };
        if openers.len() < 2 {
            return Err(Refused::Malformed);
        }
        openers.remove(place);
        Ok(Answer::Slots(self.seal_slots(rng)))
    }

    fn seal_slots(&mut self, rng: &mut (impl RngCore + CryptoRng)) -> NewSlots {
        self.key = KeyringKey::random(rng);
        self.version += 1;
        let (instance, account) = (self.keyring.instance, self.keyring.account);
        let seal = |opener: &Opener| {
            let slot = Slot::seal(instance, account, opener, &self.key, rng);
            (opener.kind, Blob(slot))
        };
        let slots = self.keyring.openers.iter().map(seal).collect();
        let keyring = self.keyring.seal(self.version, &self.key, rng);
        let seen = KeyringSeen {
            version: self.version,
            hash: Hash::of(&keyring),
        };
        NewSlots {
            version: self.version,
            keyring: Blob(keyring),
            slots,
            seen,
            code: None,
        }
    }
}
