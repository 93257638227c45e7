//! Slots: each opens the keyring's key in its own way. This version has one kind, the password.
//!
//! CBOR array: suite, kind, cost, then the 32-byte keyring key under the unlock half (24-byte nonce, 32 bytes, 16-byte tag).
//! Suite, kind, cost, deployment and account are authenticated: a slot of another, or with other parameters, does not open.

use crate::{
    aead, codec,
    id::{AccountId, Hash},
    password::Cost,
    refused::Refused,
};
use minicbor::{Decode, Encode};
use rand_core::{CryptoRng, RngCore};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// The only suite: age X25519, Ed25519, XChaCha20-Poly1305, Argon2id.
pub const SUITE: u8 = 1;

/// The random key that a keyring is sealed under.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct KeyringKey(pub(crate) [u8; 32]);

impl KeyringKey {
    /// A fresh one.
    pub fn random(rng: &mut (impl RngCore + CryptoRng)) -> Self {
        let mut key = [0; 32];
        rng.fill_bytes(&mut key);
        Self(key)
    }
}

impl core::fmt::Debug for KeyringKey {
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        out.write_str("KeyringKey(..)")
    }
}

/// How a slot opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub enum SlotKind {
    /// By the unlock half of a password.
    #[n(0)]
    Password,
}

/// A slot, as stored.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Slot {
    /// The suite.
    #[n(0)]
    pub suite: u8,
    /// How it opens.
    #[n(1)]
    pub kind: SlotKind,
    /// What the password was derived with.
    #[n(2)]
    pub cost: Cost,
    /// The keyring's key, sealed.
    #[cbor(n(3), with = "minicbor::bytes")]
    pub sealed: Vec<u8>,
}

impl Slot {
    /// The bytes of a slot that `unlock` opens.
    pub fn seal(
        instance: Hash,
        account: AccountId,
        unlock: &[u8; 32],
        key: &KeyringKey,
        rng: &mut (impl RngCore + CryptoRng),
    ) -> Vec<u8> {
        let (kind, cost) = (SlotKind::Password, Cost::USUAL);
        let sealed = aead::seal(
            unlock,
            &context(instance, account, SUITE, kind, cost),
            &key.0,
            rng,
        );
        codec::encode(&Self {
            suite: SUITE,
            kind,
            cost,
            sealed,
        })
    }

    /// Reads a slot; parameters are checked before anything is derived with them.
    ///
    /// # Errors
    /// [`Refused::Malformed`], [`Refused::WrongSuite`] or [`Refused::WeakDerivation`].
    pub fn parse(bytes: &[u8]) -> Result<Self, Refused> {
        let slot: Self = codec::decode(bytes).map_err(|_| Refused::Malformed)?;
        if slot.suite != SUITE {
            return Err(Refused::WrongSuite);
        }
        slot.cost.check()?;
        Ok(slot)
    }

    /// The keyring's key, where `unlock` is this slot's.
    pub fn open(&self, instance: Hash, account: AccountId, unlock: &[u8; 32]) -> Option<KeyringKey> {
        let context = context(instance, account, self.suite, self.kind, self.cost);
        let key = aead::open(unlock, &context, &self.sealed)?;
        let key: Zeroizing<[u8; 32]> = Zeroizing::new(key.as_slice().try_into().ok()?);
        Some(KeyringKey(*key))
    }
}

fn context(instance: Hash, account: AccountId, suite: u8, kind: SlotKind, cost: Cost) -> Vec<u8> {
    codec::encode(&("candour/v1/slot", instance, account, suite, kind, cost))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng};

    const ACCOUNT: AccountId = AccountId([1; 16]);

    fn slot() -> (Vec<u8>, KeyringKey) {
        let mut rng = ChaCha20Rng::from_seed([1; 32]);
        let key = KeyringKey::random(&mut rng);
        (Slot::seal(Hash::ZERO, ACCOUNT, &[5; 32], &key, &mut rng), key)
    }

    #[test]
    fn opens_only_with_its_half_for_its_account() {
        let (bytes, key) = slot();
        let slot = Slot::parse(&bytes).unwrap();
        assert_eq!(slot.open(Hash::ZERO, ACCOUNT, &[5; 32]), Some(key));
        assert_eq!(slot.open(Hash::ZERO, ACCOUNT, &[6; 32]), None);
        assert_eq!(slot.open(Hash::ZERO, AccountId([2; 16]), &[5; 32]), None);
        assert_eq!(slot.open(Hash([1; 32]), ACCOUNT, &[5; 32]), None);
    }

    #[test]
    fn weaker_parameters_and_other_suites_are_refused_by_name() {
        let (bytes, _) = slot();
        let slot: Slot = codec::decode(&bytes).unwrap();
        let weak = Slot {
            cost: Cost {
                memory: 8,
                passes: 1,
                lanes: 1,
            },
            ..slot.clone()
        };
        assert_eq!(Slot::parse(&codec::encode(&weak)), Err(Refused::WeakDerivation));
        let other = Slot {
            suite: 2,
            ..slot.clone()
        };
        assert_eq!(Slot::parse(&codec::encode(&other)), Err(Refused::WrongSuite));
        let floor = Slot {
            cost: Cost::FLOOR,
            ..slot
        };
        let floor = Slot::parse(&codec::encode(&floor)).unwrap();
        assert_eq!(
            floor.open(Hash::ZERO, ACCOUNT, &[5; 32]),
            None,
            "parameters are authenticated"
        );
    }

    #[test]
    fn any_flipped_bit_is_refused() {
        let (bytes, _) = slot();
        for bit in 0..bytes.len() * 8 {
            let mut bad = bytes.clone();
            bad[bit / 8] ^= 1 << (bit % 8);
            assert!(
                Slot::parse(&bad).map_or(true, |slot| slot.open(Hash::ZERO, ACCOUNT, &[5; 32]).is_none())
            );
        }
    }
}
