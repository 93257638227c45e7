//! Keys that things are sealed to: an age recipient, and the identity that opens.
//!
//! A recipient is its age string. Suite 1 knows `age1…` with X25519 (C2SP age, "The X25519 recipient type"); a hybrid
//! recipient is a longer string in the same place, so no format changes with it.

use crate::id::Hash;
use bech32::{ToBase32, Variant};
use minicbor::{Decode, Encode};
use rand_core::{CryptoRng, RngCore};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// Whom something is sealed to.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Encode, Decode)]
#[cbor(transparent)]
pub struct Recipient(#[n(0)] String);

impl Recipient {
    /// The recipient of an age string, where it is one that suite 1 can seal to.
    pub fn parse(text: &str) -> Option<Self> {
        let recipient: age::x25519::Recipient = text.parse().ok()?;
        (recipient.to_string() == text).then(|| Self(text.to_owned()))
    }

    /// The age string.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its name among an entry's recipients.
    pub fn hash(&self) -> Hash {
        Hash::domain("recipient", &[self.0.as_bytes()])
    }

    pub(crate) fn age(&self) -> Option<age::x25519::Recipient> {
        self.0.parse().ok()
    }
}

impl core::fmt::Debug for Recipient {
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        out.write_str(&self.0)
    }
}

/// What opens: a secret X25519 scalar (RFC 7748), 32 bytes.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop, Encode, Decode)]
#[cbor(transparent)]
pub struct Identity(#[cbor(with = "minicbor::bytes")] [u8; 32]);

impl Identity {
    /// A fresh one.
    pub fn random(rng: &mut (impl RngCore + CryptoRng)) -> Self {
        let mut secret = [0; 32];
        rng.fill_bytes(&mut secret);
        Self(secret)
    }

    /// The one with this secret.
    pub fn from_secret(secret: [u8; 32]) -> Self {
        Self(secret)
    }

    /// The secret, for deriving from and for wrapping.
    pub(crate) fn secret(&self) -> &[u8; 32] {
        &self.0
    }

    /// The age string, `AGE-SECRET-KEY-1…`, with which any age implementation opens what was sealed to it.
    pub fn to_age(&self) -> Zeroizing<String> {
        let text = bech32::encode("age-secret-key-", self.0.to_base32(), Variant::Bech32).unwrap_or_default();
        let text = Zeroizing::new(text);
        Zeroizing::new(text.to_ascii_uppercase())
    }

    /// Whom to seal to for it to open.
    pub fn recipient(&self) -> Recipient {
        Recipient(
            self.age()
                .map(|identity| identity.to_public().to_string())
                .unwrap_or_default(),
        )
    }

    pub(crate) fn age(&self) -> Option<age::x25519::Identity> {
        self.to_age().parse().ok()
    }
}

impl core::fmt::Debug for Identity {
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        out.write_str("Identity(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identity_reads_as_age_reads_it() {
        let identity = Identity::from_secret([7; 32]);
        assert!(identity.to_age().starts_with("AGE-SECRET-KEY-1"));
        let recipient = identity.recipient();
        assert_eq!(Recipient::parse(recipient.as_str()), Some(recipient));
        assert_eq!(format!("{identity:?}"), "Identity(..)");
    }

    #[test]
    fn only_plain_lower_case_recipients_parse() {
        let text = Identity::from_secret([7; 32]).recipient().as_str().to_owned();
        assert_eq!(Recipient::parse(&text.to_uppercase()), None);
        assert_eq!(Recipient::parse(&text[..text.len() - 1]), None);
        assert_eq!(Recipient::parse("age1pq1qqqq"), None);
    }

    #[test]
    fn a_recipient_is_shown_as_age_writes_it_and_a_secret_not_at_all() {
        let identity = Identity::from_secret([7; 32]);
        let shown = format!("{:?}", identity.recipient());
        assert_eq!(shown, identity.recipient().as_str());
        assert!(shown.starts_with("age1"));
    }
}
