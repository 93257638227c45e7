//! Recovery: a key that no member holds, whose secret is split among custodians outside the unit.

use crate::{
    codec,
    id::{Hash, VerifyingKey},
    password::expand,
    recipient::{Identity, Recipient},
    signed::SigningKey,
};
use core::{fmt, str::FromStr};
use minicbor::{Decode, Encode};
use zeroize::Zeroizing;

/// The public half of a group's recovery key.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Recovery {
    /// Whom everything is sealed to as well.
    #[n(0)]
    pub recipient: Recipient,
    /// The key that may put other members in the place of all.
    #[n(1)]
    pub signer: VerifyingKey,
}

/// The secret of a recovery key. It exists only while custodians hold their shares together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecoverySecret(Identity);

/// The text is not the public half of a recovery key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not the public half of a recovery key")]
pub struct NotRecovery;

impl Recovery {
    /// Its hash, whose six words people compare on a screen and on paper.
    pub fn hash(&self) -> Hash {
        Hash::domain("recovery", &[&codec::encode(self)])
    }
}

impl fmt::Display for Recovery {
    /// The age string, a full stop, and the signing key in hexadecimal: one line to paste.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}.{}", self.recipient.as_str(), self.signer)
    }
}

impl FromStr for Recovery {
    type Err = NotRecovery;

    fn from_str(text: &str) -> Result<Self, NotRecovery> {
        let (recipient, signer) = text.split_once('.').ok_or(NotRecovery)?;
        Ok(Self {
            recipient: Recipient::parse(recipient).ok_or(NotRecovery)?,
            signer: signer.parse().map_err(|_| NotRecovery)?,
        })
    }
}

impl RecoverySecret {
    /// The key of these 32 secret bytes, which are what custodians hold shares of.
    pub fn from_bytes(bytes: &Zeroizing<[u8; 32]>) -> Self {
        Self(Identity::from_secret(**bytes))
    }

    /// What opens whatever was sealed to it.
    pub fn identity(&self) -> &Identity {
        &self.0
    }

    /// The key that signs an [`Act::Recover`](super::Act::Recover), and the wraps that go with it.
    pub fn signer(&self) -> SigningKey {
        SigningKey::from_seed(expand(self.0.secret(), "recovery/signer"))
    }

    /// Its public half.
    pub fn public(&self) -> Recovery {
        Recovery {
            recipient: self.0.recipient(),
            signer: self.signer().verifying(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_public_half_reads_back_only_in_its_one_form() {
        let public = RecoverySecret::from_bytes(&Zeroizing::new([7; 32])).public();
        let text = public.to_string();
        assert_eq!(text.parse(), Ok(public));
        let cut = &text[..text.len() - 1];
        for bad in ["", ".", cut, &text.to_uppercase(), &format!("{text} ")] {
            assert_eq!(bad.parse::<Recovery>(), Err(NotRecovery), "{bad}");
        }
    }

    #[test]
    fn the_secret_says_nothing_of_itself() {
        let secret = RecoverySecret::from_bytes(&Zeroizing::new([7; 32]));
        assert_eq!(format!("{secret:?}"), "RecoverySecret(Identity(..))");
    }
}
