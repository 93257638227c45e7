//! The keyring: everything that an account must keep secret or remember, sealed to itself.
//!
//! ```text
//! suite    1 byte
//! version  4 bytes  big-endian; one more each time it is written
//! sealed   24-byte nonce, then XChaCha20-Poly1305 of the CBOR keyring after a 4-byte big-endian length, with zeros up to the
//!          next 8 KiB, and a 16-byte tag
//! ```
//!
//! Suite, version, deployment and account are authenticated.

use crate::{
    aead, codec,
    id::{AccountId, Day, GroupId, Hash, LogId, Minute},
    invitation::Invitation,
    mailbox::{Mailbox, MailboxBase, MailboxSeed},
    parcel::is_old,
    recipient::Identity,
    refused::Refused,
    signed::SigningKey,
    slot::{KeyringKey, Opener, SUITE},
};
use minicbor::{Decode, Encode};
use rand_core::{CryptoRng, RngCore};
use zeroize::Zeroizing;

/// Keyrings grow in steps of this many bytes, so that their size tells little of what was learnt.
const STEP: usize = 8 << 10;
const HEAD: usize = 1 + 4;
/// The most receipts that are kept; the oldest go first.
const MOST_RECEIPTS: usize = 1_000;
/// The most names that are kept; the oldest go first.
const MOST_NAMES: usize = 200;
/// The most threads of colleagues that are kept: none of them is dropped for another.
const MOST_GIVEN: usize = 500;
/// The most parcels that are remembered; the oldest go first.
const MOST_SETTLED: usize = 200;
/// The most characters of a name that are kept.
const LONGEST_NAME: usize = 100;

/// A keyring, open.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Keyring {
    /// The deployment.
    #[n(0)]
    pub instance: Hash,
    /// The account.
    #[n(1)]
    pub account: AccountId,
    /// Opens what is sealed to the account.
    #[n(2)]
    pub identity: Identity,
    /// Signs as the account.
    #[n(3)]
    pub signer: SigningKey,
    /// What the account's threads are derived from.
    #[n(4)]
    pub mailboxes: MailboxSeed,
    /// One more than the highest mailbox that is known to be used.
    #[n(5)]
    pub next_mailbox: u32,
    /// What was seen, so that nothing older passes for new.
    #[n(6)]
    pub pins: Pins,
    /// Of each log the receipt of the last entry that was seen stored.
    #[n(7)]
    pub receipts: Vec<Kept>,
    /// When it was last opened.
    #[n(8)]
    pub last_used: Option<Minute>,
    /// What opens each slot, in the order of the slots.
    #[n(9)]
    pub openers: Vec<Opener>,
    /// Invitations that were made and are not used up.
    #[n(10)]
    pub invitations: Vec<Invitation>,
    /// The first link of a compartment that the account made last. Those that it made before and discarded, it has signed too.
    #[n(11)]
    pub founding: Option<Hash>,
    /// Whom the account meant when it took somebody in, in its own words. No server sees it.
    #[n(12)]
    #[cbor(skip_if = "Vec::is_empty")]
    pub names: Vec<(AccountId, String)>,
    /// Threads that colleagues began and gave to the account.
    #[n(13)]
    #[cbor(skip_if = "Vec::is_empty")]
    pub given: Vec<Given>,
    /// The parcels that were taken or refused, and the day each was made, so that none comes twice. Forgotten once they are too old to
    /// be taken.
    #[n(14)]
    #[cbor(skip_if = "Vec::is_empty")]
    pub settled: Vec<(Hash, Day)>,
}

/// A thread that a colleague gave.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Given {
    /// Opens it.
    #[n(0)]
    pub base: MailboxBase,
    /// Who gave it.
    #[n(1)]
    pub from: AccountId,
    /// The day on which they did.
    #[n(2)]
    pub day: Day,
}

/// What a client has seen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Pins {
    /// The directory.
    #[n(0)]
    pub directory: Option<DirectoryPin>,
    /// Each chain's last link.
    #[n(1)]
    pub chains: Vec<ChainPin>,
    /// The checkpoint's sequence and hash.
    #[n(2)]
    pub checkpoint: Option<(u32, Hash)>,
    /// How far each commitment chain was seen, and its head there.
    #[n(3)]
    pub commitments: Vec<(GroupId, u64, Hash)>,
}

/// A directory, as seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct DirectoryPin {
    /// Its version.
    #[n(0)]
    pub version: u32,
    /// Its hash.
    #[n(1)]
    pub hash: Hash,
    /// The number and hash of its last succession of roots. Version and hash would not do: a later version need not be shown
    /// to follow, so whoever held enough of the roots of before could sign one that knows of no succession.
    #[n(2)]
    pub roots: Option<(u32, Hash)>,
}

/// A chain's last link, as seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct ChainPin {
    /// The group.
    #[n(0)]
    pub group: GroupId,
    /// The link's sequence.
    #[n(1)]
    pub sequence: u32,
    /// The link's hash.
    #[n(2)]
    pub head: Hash,
    /// The first day on which it was seen.
    #[n(3)]
    pub seen: Day,
}

/// A verified receipt, kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Kept {
    /// The log.
    #[n(0)]
    pub log: LogId,
    /// The entry's place in it.
    #[n(1)]
    pub sequence: u32,
    /// The hash of the entry's ciphertext.
    #[n(2)]
    pub hash: Hash,
    /// The entry's place in the compartment's commitment chain.
    #[n(3)]
    pub position: u64,
    /// The day it was stored.
    #[n(4)]
    pub day: Day,
}

impl Keyring {
    /// New keys for `account`.
    pub fn new(instance: Hash, account: AccountId, rng: &mut (impl RngCore + CryptoRng)) -> Self {
        Self {
            instance,
            account,
            identity: Identity::random(rng),
            signer: SigningKey::random(rng),
            mailboxes: MailboxSeed::random(rng),
            next_mailbox: 0,
            pins: Pins::default(),
            receipts: Vec::new(),
            last_used: None,
            openers: Vec::new(),
            invitations: Vec::new(),
            founding: None,
            names: Vec::new(),
            given: Vec::new(),
            settled: Vec::new(),
        }
    }

    /// Seals it as `version` under `key`.
    pub fn seal(&self, version: u32, key: &KeyringKey, rng: &mut (impl RngCore + CryptoRng)) -> Vec<u8> {
        let padded = self.pad();
        let mut out = vec![SUITE];
        out.extend_from_slice(&version.to_be_bytes());
        out.extend(aead::seal(
            &key.0,
            &context(self.instance, self.account, version),
            &padded,
            rng,
        ));
        out
    }

    /// Opens a keyring of `account`; returns it with its version.
    ///
    /// # Errors
    /// [`Refused::WrongSuite`] or [`Refused::AlteredKeyring`].
    pub fn open(
        bytes: &[u8],
        instance: Hash,
        account: AccountId,
        key: &KeyringKey,
    ) -> Result<(Self, u32), Refused> {
        let (head, sealed) = bytes.split_at_checked(HEAD).ok_or(Refused::AlteredKeyring)?;
        if head[0] != SUITE {
            return Err(Refused::WrongSuite);
        }
        let version = u32::from_be_bytes([head[1], head[2], head[3], head[4]]);
        let padded = aead::open(&key.0, &context(instance, account, version), sealed)
            .ok_or(Refused::AlteredKeyring)?;
        let keyring = Self::unpad(&padded).ok_or(Refused::AlteredKeyring)?;
        if (keyring.instance, keyring.account) != (instance, account) {
            return Err(Refused::AlteredKeyring);
        }
        Ok((keyring, version))
    }

    /// As bytes, before they are sealed.
    pub fn pad(&self) -> Zeroizing<Vec<u8>> {
        let body = Zeroizing::new(codec::encode(self));
        let mut padded = Zeroizing::new(Vec::with_capacity(padded_size(body.len())));
        padded.extend_from_slice(&u32::try_from(body.len()).unwrap_or(u32::MAX).to_be_bytes());
        padded.extend_from_slice(&body);
        padded.resize(padded_size(body.len()), 0);
        padded
    }

    /// From those bytes: nothing where they are not exactly what [`Keyring::pad`] makes.
    pub fn unpad(padded: &[u8]) -> Option<Self> {
        let (length, rest) = padded.split_first_chunk::<4>()?;
        let (body, zeros) = rest.split_at_checked(u32::from_be_bytes(*length) as usize)?;
        let exact = padded.len() == padded_size(body.len()) && zeros.iter().all(|byte| *byte == 0);
        exact.then(|| codec::decode(body).ok()).flatten()
    }

    /// Keeps the receipt of a log's last entry: what comes before it hangs on it by hash.
    pub fn keep(&mut self, receipt: Kept) {
        if let Some(one) = self.receipts.iter_mut().find(|one| one.log == receipt.log) {
            if one.sequence < receipt.sequence {
                *one = receipt;
            }
            return;
        }
        self.receipts.push(receipt);
        let over = self.receipts.len().saturating_sub(MOST_RECEIPTS);
        self.receipts.drain(..over);
    }

    /// Keeps whom the account means by another, in the place of what it kept before.
    pub fn name(&mut self, account: AccountId, whom: &str) {
        self.names.retain(|(one, _)| *one != account);
        let whom = whom.chars().take(LONGEST_NAME).collect();
        self.names.push((account, whom));
        let over = self.names.len().saturating_sub(MOST_NAMES);
        self.names.drain(..over);
    }

    /// Whom the account means by another.
    pub fn name_of(&self, account: AccountId) -> Option<&str> {
        let mut names = self.names.iter();
        names
            .find(|(one, _)| *one == account)
            .map(|(_, whom)| whom.as_str())
    }

    /// Keeps a thread that a colleague gave.
    ///
    /// # Errors
    /// [`Refused::ManyGiven`].
    pub fn take_over(&mut self, given: Given) -> Result<(), Refused> {
        if self.given.len() >= MOST_GIVEN {
            return Err(Refused::ManyGiven);
        }
        self.given.push(given);
        Ok(())
    }

    /// The mailboxes of threads that colleagues gave.
    pub fn given_mailboxes(&self) -> impl Iterator<Item = Mailbox> {
        self.given.iter().map(|given| given.base.mailbox())
    }

    /// Remembers that a parcel of that day was taken or refused.
    pub fn settle(&mut self, parcel: Hash, day: Day, today: Day) {
        self.settled
            .retain(|(one, made)| *one != parcel && !is_old(*made, today));
        self.settled.push((parcel, day));
        let over = self.settled.len().saturating_sub(MOST_SETTLED);
        self.settled.drain(..over);
    }

    /// Whether a parcel was taken or refused.
    pub fn is_settled(&self, parcel: Hash) -> bool {
        self.settled.iter().any(|(one, _)| *one == parcel)
    }

    /// The kept receipt of a log.
    pub fn kept(&self, log: LogId) -> Option<&Kept> {
        self.receipts.iter().find(|one| one.log == log)
    }
}

fn padded_size(body: usize) -> usize {
    (4 + body).div_ceil(STEP) * STEP
}

fn context(instance: Hash, account: AccountId, version: u32) -> Vec<u8> {
    codec::encode(&("candour/v1/keyring", SUITE, instance, account, version))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng};

    const ACCOUNT: AccountId = AccountId([1; 16]);

    fn sealed(account: AccountId) -> (Keyring, KeyringKey, Vec<u8>) {
        let mut rng = ChaCha20Rng::from_seed([account.0[0]; 32]);
        let key = KeyringKey(core::array::from_fn(|_| 9));
        let keyring = Keyring::new(Hash::ZERO, account, &mut rng);
        let bytes = keyring.seal(3, &key, &mut rng);
        (keyring, key, bytes)
    }

    fn receipt(n: u64, sequence: u32, hash: Hash) -> Kept {
        Kept {
            log: LogId(u128::from(n).to_be_bytes()),
            sequence,
            hash,
            position: n,
            day: Day(1),
        }
    }

    #[test]
    fn round_trip_in_steps_of_8_kib() {
        let (keyring, key, bytes) = sealed(ACCOUNT);
        assert_eq!(bytes.len(), HEAD + 24 + STEP + 16);
        assert_eq!(Keyring::open(&bytes, Hash::ZERO, ACCOUNT, &key), Ok((keyring, 3)));
    }

    #[test]
    fn padding_is_zeros_and_no_longer_than_it_must_be() {
        let (keyring, ..) = sealed(ACCOUNT);
        let padded = keyring.pad();
        assert_eq!(Keyring::unpad(&padded), Some(keyring));
        let mut odd = padded.clone();
        odd[STEP - 1] = 1;
        assert_eq!(Keyring::unpad(&odd), None);
        for size in [STEP - 1, 2 * STEP] {
            let mut other = padded.clone();
            other.resize(size, 0);
            assert_eq!(Keyring::unpad(&other), None, "{size}");
        }
    }

    #[test]
    fn anothers_keyring_and_a_claimed_version_do_not_open() {
        let (_, key, bytes) = sealed(ACCOUNT);
        let (_, _, other) = sealed(AccountId([2; 16]));
        assert_eq!(
            Keyring::open(&other, Hash::ZERO, ACCOUNT, &key),
            Err(Refused::AlteredKeyring)
        );
        let mut later = bytes.clone();
        later[4] = 4;
        assert_eq!(
            Keyring::open(&later, Hash::ZERO, ACCOUNT, &key),
            Err(Refused::AlteredKeyring)
        );
        let mut suite = bytes;
        suite[0] = 2;
        assert_eq!(
            Keyring::open(&suite, Hash::ZERO, ACCOUNT, &key),
            Err(Refused::WrongSuite)
        );
    }

    #[test]
    fn the_last_receipt_of_a_log_is_kept_and_the_oldest_logs_go_first() {
        let (mut keyring, ..) = sealed(ACCOUNT);
        let receipt = |n| receipt(n, 1, Hash::ZERO);
        for n in 0..=1_000 {
            keyring.keep(receipt(n));
            keyring.keep(Kept {
                sequence: 0,
                ..receipt(n)
            });
        }
        assert_eq!(keyring.receipts.len(), MOST_RECEIPTS);
        assert!(keyring.receipts.iter().all(|one| one.sequence == 1));
        let of = |n| keyring.kept(receipt(n).log);
        assert_eq!((of(0), of(1)), (None, Some(&receipt(1))));
    }

    #[test]
    fn it_grows_only_when_it_is_full() {
        let mut rng = ChaCha20Rng::from_seed([1; 32]);
        let (mut keyring, key, _) = sealed(ACCOUNT);
        for n in 0..60 {
            keyring.keep(receipt(n, 0, Hash::ZERO));
        }
        let length = codec::encode(&keyring).len();
        assert!((STEP / 4..STEP - 4).contains(&length), "{length}");
        assert_eq!(keyring.seal(1, &key, &mut rng).len(), HEAD + 24 + STEP + 16);
    }

    #[test]
    fn names_are_kept_in_bounds_and_the_oldest_go_first() {
        let (mut keyring, ..) = sealed(ACCOUNT);
        let account = |n: u8| AccountId([n; 16]);
        for n in 0..=200 {
            keyring.name(account(n), &"é".repeat(150));
            keyring.name(account(n), &"é".repeat(149));
        }
        assert_eq!(keyring.names.len(), MOST_NAMES);
        assert_eq!(keyring.name_of(account(0)), None);
        let kept = keyring.name_of(account(200)).unwrap();
        assert_eq!(kept.chars().count(), LONGEST_NAME);
    }

    #[test]
    fn without_names_it_is_as_before_there_were_any() {
        let (mut keyring, ..) = sealed(ACCOUNT);
        let before = codec::encode(&keyring);
        assert_eq!(
            before[0], 0x8b,
            "an array of 11: whatever is not there at the end is left out"
        );
        keyring.name(ACCOUNT, "Gil");
        let after = codec::encode(&keyring);
        assert_eq!((after[0], codec::decode(&after)), (0x8d, Ok(keyring)));
    }

    #[test]
    fn a_receipt_of_the_same_entry_does_not_take_the_place_of_the_first() {
        let (mut keyring, ..) = sealed(ACCOUNT);
        let first = receipt(1, 4, Hash::ZERO);
        keyring.keep(first);
        keyring.keep(receipt(1, 4, Hash([1; 32])));
        assert_eq!(keyring.kept(first.log), Some(&first));
    }
}
