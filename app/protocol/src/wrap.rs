//! Wraps: an epoch's secret on its way to one member, or to the recovery key.
//!
//! An age file with that one recipient; inside, padded, the signed [`Wrap`].

use crate::{
    envelope,
    group::{EpochSecret, Group},
    id::{AccountId, GroupId, Hash, VerifyingKey},
    recipient::Identity,
    refused::Refused,
    signed::{self, Kind, SigningKey},
};
use minicbor::{Decode, Encode};

/// An epoch's secret, for one holder.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Wrap {
    /// The deployment.
    #[n(0)]
    pub instance: Hash,
    /// The group.
    #[n(1)]
    pub group: GroupId,
    /// The epoch.
    #[n(2)]
    pub epoch: u32,
    /// The link that began it.
    #[n(3)]
    pub link: Hash,
    /// Whom it is for: a member, or [`AccountId::RECOVERY`].
    #[n(4)]
    pub account: AccountId,
    /// The secret.
    #[n(5)]
    pub secret: EpochSecret,
}

impl Kind for Wrap {
    const TYPE: u16 = 3;
    const NAME: &'static str = "wrap";
}

impl Wrap {
    /// Seals it to the key that the chain lists for its account: a member's, or that of recovery.
    ///
    /// # Errors
    /// [`Refused::SwappedKey`] where the chain lists no such key or the secret is not the epoch's: a wrap is made only for a
    /// key in the chain.
    pub fn seal(&self, group: &Group, signer: &SigningKey) -> Result<Vec<u8>, Refused> {
        let recipient = group.now().recipient(self.account).ok_or(Refused::SwappedKey)?;
        self.check(group)?;
        envelope::seal(
            &envelope::pad(signed::sign(self, &[signer]))?,
            std::slice::from_ref(recipient),
        )
    }

    /// Opens a wrap that `identity` was given, before any chain is known.
    ///
    /// # Errors
    /// A [`Refused`] that names what is wrong.
    pub fn open(file: &[u8], identity: &Identity) -> Result<Unchecked, Refused> {
        let (plaintext, _) = envelope::open(file, &[identity], 1)?;
        let (signed, rest) = signed::verify_prefix::<Self>(&plaintext).map_err(|_| Refused::BadSignature)?;
        if !envelope::is_padding(plaintext.len() - rest.len(), rest) {
            return Err(Refused::AlteredEnvelope);
        }
        Ok(Unchecked(signed))
    }

    fn check(&self, group: &Group) -> Result<(), Refused> {
        let state = group.epoch(self.epoch).ok_or(Refused::SwappedKey)?;
        let fits = self.group == group.id && self.link == state.epoch_link && self.secret.is_of(&state.epoch);
        fits.then_some(()).ok_or(Refused::SwappedKey)
    }
}

/// A wrap that is opened but not yet compared with the chain.
#[derive(Debug)]
pub struct Unchecked(signed::Signed<Wrap>);

impl Unchecked {
    /// The group it says it is for.
    pub fn group(&self) -> GroupId {
        self.0.payload.group
    }

    /// The wrap, where it is for `account`, holds the very key that the chain names, and a lead or recovery made it.
    ///
    /// # Errors
    /// [`Refused::SwappedKey`], [`Refused::WrongSigner`] or [`Refused::WrongInstance`].
    pub fn check(self, group: &Group, instance: Hash, account: AccountId) -> Result<Wrap, Refused> {
        let wrap = self.0.payload;
        if wrap.instance != instance {
            return Err(Refused::WrongInstance);
        }
        if wrap.account != account {
            return Err(Refused::SwappedKey);
        }
        wrap.check(group)?;
        let may_wrap = |key: &VerifyingKey| group.was_lead(*key) || group.was_recovery(*key);
        if !self.0.signers.iter().all(may_wrap) {
            return Err(Refused::WrongSigner);
        }
        Ok(wrap)
    }
}
