//! Slots: each opens the keyring's key in its own way, by a password, a passkey or a recovery code.
//!
//! CBOR array: suite, kind, cost, then the 32-byte keyring key under the opener's secret (24-byte nonce, 32 bytes, 16-byte tag).
//! Suite, kind, cost, deployment and account are authenticated: a slot of another, of another kind, or with other parameters,
//! does not open. Where nothing is derived slowly (all kinds but the password) the cost is three zeros.

use crate::{
    aead, codec,
    id::{AccountId, Hash},
    password::{Cost, Halves, expand},
    refused::Refused,
    words,
};
use bip39::Mnemonic;
use borsh::{BorshDeserialize, BorshSerialize};
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, BorshSerialize, BorshDeserialize)]
#[cbor(index_only)]
pub enum SlotKind {
    /// By the unlock half of a password.
    #[n(0)]
    Password,
    /// By what a passkey computes for this deployment (`WebAuthn`, `prf`), which no server ever sees.
    #[n(1)]
    Passkey,
    /// By the unlock half of twelve words on paper.
    #[n(2)]
    RecoveryCode,
}

impl SlotKind {
    fn cost(self) -> Cost {
        match self {
            Self::Password => Cost::USUAL,
            Self::Passkey | Self::RecoveryCode => Cost::NONE,
        }
    }
}

/// What opens a slot. The keyring keeps those of all slots, so that its key can be changed and every slot sealed anew.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop, Encode, Decode)]
pub struct Opener {
    /// The kind of slot.
    #[n(0)]
    #[zeroize(skip)]
    pub kind: SlotKind,
    /// The secret: 32 bytes.
    #[cbor(n(1), with = "minicbor::bytes")]
    secret: [u8; 32],
    /// Of a passkey: the hash of its credential's id, so that it can be told from the others.
    #[n(2)]
    #[zeroize(skip)]
    pub credential: Option<Hash>,
}

impl core::fmt::Debug for Opener {
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(out, "Opener({:?}, ..)", self.kind)
    }
}

impl Opener {
    /// Of a password's halves.
    pub fn of_password(halves: &Halves) -> Self {
        Self {
            kind: SlotKind::Password,
            secret: halves.unlock,
            credential: None,
        }
    }

    /// Of what a passkey computed: 32 bytes or more.
    ///
    /// # Errors
    /// [`Refused::Malformed`] where it is shorter.
    pub fn of_passkey(computed: &[u8]) -> Result<Self, Refused> {
        if computed.len() < 32 {
            return Err(Refused::Malformed);
        }
        let hash = Zeroizing::new(Hash::domain("passkey", &[computed]).0);
        Ok(Self {
            kind: SlotKind::Passkey,
            secret: expand(&hash, "passkey/unlock"),
            credential: None,
        })
    }

    /// Of a recovery code.
    pub fn of_code(code: &RecoveryCode) -> Self {
        Self {
            kind: SlotKind::RecoveryCode,
            secret: code.halves().unlock,
            credential: None,
        }
    }
}

/// A recovery code: 16 random bytes, on paper as twelve words (BIP39, whose last word checks the others).
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct RecoveryCode([u8; 16]);

impl core::fmt::Debug for RecoveryCode {
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        out.write_str("RecoveryCode(..)")
    }
}

impl RecoveryCode {
    /// A fresh one.
    pub fn random(rng: &mut (impl RngCore + CryptoRng)) -> Self {
        let mut bytes = [0; 16];
        rng.fill_bytes(&mut bytes);
        Self(bytes)
    }

    /// As a person writes it down: twelve words, the last of which checks the others (BIP 39).
    pub fn words(&self) -> Zeroizing<String> {
        // Sixteen bytes are a length that the word list knows.
        let words = Mnemonic::from_entropy(&self.0).into_iter();
        let words = words.flat_map(|words| words.word_indices().collect::<Vec<_>>());
        Zeroizing::new(words.map(words::word).collect::<Vec<_>>().join(" "))
    }

    /// As a person types it, in whatever case and spacing.
    ///
    /// # Errors
    /// [`Refused::Malformed`] where a word is not on the list, or the last does not fit the others.
    pub fn from_words(text: &str) -> Result<Self, Refused> {
        let text = Zeroizing::new(text.to_ascii_lowercase());
        let typed = text.split_whitespace().collect::<Vec<_>>();
        let [first @ .., last] = typed.as_slice() else {
            return Err(Refused::Malformed);
        };
        let number = |word: &&str| words::number(word).ok_or(Refused::Malformed);
        // Eleven bits for each word; of the last, seven, and four that check.
        let bits = first
            .iter()
            .try_fold(0_u128, |bits, word| Ok((bits << 11) + number(word)? as u128))?;
        let code = Self(((bits << 7) + (number(last)? as u128 >> 4)).to_be_bytes());
        (*code.words() == typed.join(" "))
            .then_some(code)
            .ok_or(Refused::Malformed)
    }

    /// Its two halves: one signs in, the other unlocks. It is random, so nothing slow is needed.
    pub fn halves(&self) -> Halves {
        let key = Zeroizing::new(Hash::domain("recovery-code", &[&self.0]).0);
        Halves {
            sign_in: expand(&key, "recovery-code/sign-in"),
            unlock: expand(&key, "recovery-code/unlock"),
        }
    }
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
    /// The bytes of a slot that `opener` opens.
    pub fn seal(
        instance: Hash,
        account: AccountId,
        opener: &Opener,
        key: &KeyringKey,
        rng: &mut (impl RngCore + CryptoRng),
    ) -> Vec<u8> {
        let (kind, cost) = (opener.kind, opener.kind.cost());
        let context = context(instance, account, SUITE, kind, cost);
        let sealed = aead::seal(&opener.secret, &context, &key.0, rng);
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
        match slot.kind {
            SlotKind::Password => slot.cost.check()?,
            SlotKind::Passkey | SlotKind::RecoveryCode if slot.cost == Cost::NONE => {}
            SlotKind::Passkey | SlotKind::RecoveryCode => return Err(Refused::WeakDerivation),
        }
        Ok(slot)
    }

    /// The keyring's key, where `opener` is this slot's.
    pub fn open(&self, instance: Hash, account: AccountId, opener: &Opener) -> Option<KeyringKey> {
        if self.kind != opener.kind {
            return None;
        }
        let context = context(instance, account, self.suite, self.kind, self.cost);
        let key = aead::open(&opener.secret, &context, &self.sealed)?;
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

    fn opener(n: u8) -> Opener {
        Opener {
            kind: SlotKind::Password,
            secret: [n; 32],
            credential: None,
        }
    }

    fn slot() -> (Vec<u8>, KeyringKey) {
        let mut rng = ChaCha20Rng::from_seed([1; 32]);
        let key = KeyringKey::random(&mut rng);
        (Slot::seal(Hash::ZERO, ACCOUNT, &opener(5), &key, &mut rng), key)
    }

    #[test]
    fn opens_only_with_its_half_for_its_account() {
        let (bytes, key) = slot();
        let slot = Slot::parse(&bytes).unwrap();
        assert_eq!(slot.open(Hash::ZERO, ACCOUNT, &opener(5)), Some(key));
        assert_eq!(slot.open(Hash::ZERO, ACCOUNT, &opener(6)), None);
        assert_eq!(slot.open(Hash::ZERO, AccountId([2; 16]), &opener(5)), None);
        assert_eq!(slot.open(Hash([1; 32]), ACCOUNT, &opener(5)), None);
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
            floor.open(Hash::ZERO, ACCOUNT, &opener(5)),
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
                Slot::parse(&bad).map_or(true, |slot| slot.open(Hash::ZERO, ACCOUNT, &opener(5)).is_none())
            );
        }
    }

    #[test]
    fn each_kind_opens_its_own_slot_and_no_other() {
        let mut rng = ChaCha20Rng::from_seed([2; 32]);
        let key = KeyringKey::random(&mut rng);
        let code = RecoveryCode::random(&mut rng);
        let openers = [
            opener(5),
            Opener::of_passkey(&[5; 32]).unwrap(),
            Opener::of_code(&code),
        ];
        for (n, one) in openers.iter().enumerate() {
            let slot = Slot::parse(&Slot::seal(Hash::ZERO, ACCOUNT, one, &key, &mut rng)).unwrap();
            for (other, opener) in openers.iter().enumerate() {
                let opened = slot.open(Hash::ZERO, ACCOUNT, opener);
                assert_eq!(opened.is_some(), n == other);
            }
        }
        let disguised = Opener {
            kind: SlotKind::Passkey,
            secret: [5; 32],
            credential: None,
        };
        let slot = Slot::parse(&slot().0).unwrap();
        assert_eq!(slot.open(Hash::ZERO, ACCOUNT, &disguised), None);
        assert_eq!(Opener::of_passkey(&[5; 31]), Err(Refused::Malformed));
    }

    #[test]
    fn a_cheaper_kind_does_not_excuse_a_password_from_its_cost() {
        let (bytes, _) = slot();
        let mut slot: Slot = codec::decode(&bytes).unwrap();
        slot.cost = Cost::NONE;
        assert_eq!(Slot::parse(&codec::encode(&slot)), Err(Refused::WeakDerivation));
        slot.kind = SlotKind::RecoveryCode;
        let slot = Slot::parse(&codec::encode(&slot)).unwrap();
        assert_eq!(slot.open(Hash::ZERO, ACCOUNT, &opener(5)), None);
    }

    #[test]
    fn a_recovery_code_is_twelve_words_and_reads_back_as_people_type() {
        let code = RecoveryCode([7; 16]);
        let words = code.words();
        assert_eq!(words.split(' ').count(), 12);
        let typed = format!("  {}\n", words.to_uppercase().replace(' ', "   "));
        assert_eq!(RecoveryCode::from_words(&typed), Ok(code.clone()));
        let longer = Mnemonic::from_entropy(&[7; 32]).unwrap().to_string();
        for wrong in ["", "abandon", &words[..words.len() - 1], &longer] {
            assert_eq!(
                RecoveryCode::from_words(wrong),
                Err(Refused::Malformed),
                "{wrong}"
            );
        }
        assert_ne!(code.halves().sign_in, code.halves().unlock);
        assert_ne!(code.halves(), RecoveryCode([8; 16]).halves());
    }

    #[test]
    fn where_nothing_is_derived_no_cost_is_taken() {
        let (bytes, _) = slot();
        let mut slot: Slot = codec::decode(&bytes).unwrap();
        slot.kind = SlotKind::Passkey;
        assert_eq!(Slot::parse(&codec::encode(&slot)), Err(Refused::WeakDerivation));
    }

    #[test]
    fn secrets_say_nothing_of_themselves() {
        assert_eq!(format!("{:?}", KeyringKey([7; 32])), "KeyringKey(..)");
        assert_eq!(format!("{:?}", RecoveryCode([7; 16])), "RecoveryCode(..)");
        assert!(!format!("{:?}", opener(7)).contains('7'));
        assert!(format!("{:?}", opener(7)).starts_with("Opener"));
    }
}
