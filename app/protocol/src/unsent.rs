//! Drafts of concerns that are not sent yet. A person has ten drawers, and each holds one draft; drawers are derived from the mailbox
//! seed, so that beginning a draft writes nothing to the account.
//!
//! ```text
//! suite    1 byte
//! version  4 bytes  big-endian; one more each time it is saved
//! sealed   24-byte nonce, then XChaCha20-Poly1305 of the CBOR draft after a 4-byte big-endian length, with zeros up to the next of
//!          16, 64 and 256 KiB, and a 16-byte tag
//! ```
//!
//! Suite, version, deployment and drawer are authenticated: a draft opens in its own drawer only, as the version that it was saved as.

use crate::{
    aead,
    attachment::Underway,
    codec,
    envelope::{is_padding_to, pad_to},
    id::{Hash, Token, UnsentId},
    mailbox::MailboxSeed,
    refused::Refused,
    slot::SUITE,
    wiped::Wiped,
};
use minicbor::{Decode, Encode};
use rand_core::{CryptoRng, RngCore};

/// How many drawers there are.
pub const DRAWERS: u8 = 10;
/// The drawer of what a page keeps in memory while the keys are locked. Nothing that is stored opens in its place.
pub const PAGE: u8 = DRAWERS;
/// How many days after the last change the server deletes a draft.
pub const KEPT_DAYS: u32 = 28;
/// The smallest size that a draft is padded to, so that nearly all are of it.
const LEAST: usize = 16 << 10;
const HEAD: usize = 1 + 4;
/// The sizes that a sealed draft has.
pub const SIZES: [usize; 3] = [
    HEAD + 24 + (16 << 10) + 16,
    HEAD + 24 + (64 << 10) + 16,
    HEAD + 24 + (256 << 10) + 16,
];

/// A draft, open.
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
pub struct Unsent {
    /// Stays with it in whatever version: random.
    #[n(0)]
    pub id: UnsentId,
    /// What its author calls it.
    #[n(1)]
    pub label: String,
    /// The answers so far, in the page's own form.
    #[n(2)]
    pub text: String,
    /// Its files, whole or not.
    #[n(3)]
    pub files: Vec<Underway>,
}

impl core::fmt::Debug for Unsent {
    /// Nothing of what was written.
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        out.write_str("Unsent(..)")
    }
}

/// The name that the server keeps a draft under: a hash of its drawer's token, so that the rows open nothing.
pub fn name(token: &Token) -> Hash {
    Hash::domain("unsent", &[&token.0])
}

impl Unsent {
    /// Seals it into `drawer` as `version`.
    ///
    /// # Errors
    /// [`Refused::TooLong`] over 256 KiB.
    pub fn seal(
        &self,
        (instance, seed): (Hash, &MailboxSeed),
        (drawer, version): (u8, u32),
        rng: &mut (impl RngCore + CryptoRng),
    ) -> Result<Vec<u8>, Refused> {
        let padded = self.pad()?;
        let mut out = vec![SUITE];
        out.extend_from_slice(&version.to_be_bytes());
        let key = seed.drawer(drawer).key;
        out.extend(aead::seal(
            &key,
            &context(instance, drawer, version),
            &padded,
            rng,
        ));
        Ok(out)
    }

    /// Opens what lies in `drawer`; gives it with its version.
    ///
    /// # Errors
    /// [`Refused::WrongSuite`] or [`Refused::AlteredEnvelope`].
    pub fn open(
        bytes: &[u8],
        (instance, seed): (Hash, &MailboxSeed),
        drawer: u8,
    ) -> Result<(Self, u32), Refused> {
        let (head, sealed) = bytes.split_at_checked(HEAD).ok_or(Refused::AlteredEnvelope)?;
        if head[0] != SUITE {
            return Err(Refused::WrongSuite);
        }
        let version = u32::from_be_bytes([head[1], head[2], head[3], head[4]]);
        let key = seed.drawer(drawer).key;
        let padded = aead::open(&key, &context(instance, drawer, version), sealed);
        let padded = padded.ok_or(Refused::AlteredEnvelope)?;
        let unsent = Self::unpad(&padded).ok_or(Refused::AlteredEnvelope)?;
        Ok((unsent, version))
    }

    /// As bytes, before they are sealed.
    ///
    /// # Errors
    /// [`Refused::TooLong`] over 256 KiB.
    pub fn pad(&self) -> Result<Wiped, Refused> {
        let body = Wiped(codec::encode(self));
        let mut bytes = Vec::with_capacity(4 + body.len());
        bytes.extend_from_slice(&u32::try_from(body.len()).unwrap_or(u32::MAX).to_be_bytes());
        bytes.extend_from_slice(&body);
        pad_to(LEAST, bytes)
    }

    /// From those bytes: nothing where they are not exactly what [`Unsent::pad`] makes.
    pub fn unpad(padded: &[u8]) -> Option<Self> {
        let (length, rest) = padded.split_first_chunk::<4>()?;
        let (body, padding) = rest.split_at_checked(u32::from_be_bytes(*length) as usize)?;
        let padded = is_padding_to(LEAST, 4 + body.len(), padding);
        padded.then(|| codec::decode(body).ok()).flatten()
    }
}

fn context(instance: Hash, drawer: u8, version: u32) -> Vec<u8> {
    codec::encode(&("candour/v1/unsent", SUITE, instance, drawer, version))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng};

    fn draft(text: &str) -> Unsent {
        Unsent {
            id: UnsentId([1; 16]),
            label: "the Tuesday one".into(),
            text: text.into(),
            files: vec![],
        }
    }

    fn seeds() -> [MailboxSeed; 2] {
        let mut rng = ChaCha20Rng::from_seed([9; 32]);
        [(); 2].map(|()| MailboxSeed::random(&mut rng))
    }

    fn sealed(text: &str) -> Vec<u8> {
        let mut rng = ChaCha20Rng::from_seed([3; 32]);
        draft(text)
            .seal((Hash::ZERO, &seeds()[0]), (4, 7), &mut rng)
            .unwrap()
    }

    #[test]
    fn it_opens_in_its_own_drawer_only() {
        let [own, other] = seeds();
        let bytes = sealed("half");
        assert_eq!(
            Unsent::open(&bytes, (Hash::ZERO, &own), 4),
            Ok((draft("half"), 7))
        );
        for (instance, seed, drawer) in [
            (Hash([1; 32]), &own, 4),
            (Hash::ZERO, &other, 4),
            (Hash::ZERO, &own, 5),
            (Hash::ZERO, &own, PAGE),
        ] {
            let opened = Unsent::open(&bytes, (instance, seed), drawer);
            assert_eq!(opened, Err(Refused::AlteredEnvelope), "{drawer}");
        }
    }

    #[test]
    fn a_claimed_version_and_any_changed_byte_are_refused() {
        let [own, _] = seeds();
        let bytes = sealed("half");
        for place in (0..bytes.len()).step_by(97).chain([1, 4]) {
            let mut other = bytes.clone();
            other[place] ^= 1;
            assert!(
                Unsent::open(&other, (Hash::ZERO, &own), 4).is_err(),
                "byte {place}"
            );
        }
        for length in [0, 4, 5, 44, bytes.len() - 1] {
            assert!(Unsent::open(&bytes[..length], (Hash::ZERO, &own), 4).is_err());
        }
    }

    #[test]
    fn its_size_tells_a_bucket() {
        for (length, size) in [(0, 0), (16_000, 0), (17_000, 1), (66_000, 2)] {
            assert_eq!(sealed(&"x".repeat(length)).len(), SIZES[size], "{length}");
        }
        let mut rng = ChaCha20Rng::from_seed([3; 32]);
        let longer = draft(&"x".repeat(256 << 10));
        let refused = longer.seal((Hash::ZERO, &seeds()[0]), (0, 1), &mut rng);
        assert_eq!(refused, Err(Refused::TooLong));
    }

    #[test]
    fn it_says_nothing_of_itself() {
        assert_eq!(format!("{:?}", draft("secret")), "Unsent(..)");
    }
}
