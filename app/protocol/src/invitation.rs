//! Invitations: how somebody whose keys nobody knows yet becomes somebody whose keys are vouched for.
//!
//! The inviter's vault makes two random values of 16 bytes. The *lookup* is in the path of the link, and the server knows its
//! hash; the *secret* is in the fragment, which no browser sends, and the link travels outside the portal. The invitee's vault
//! makes keys and proves the secret over them ([`Joining`]); the inviter's vault checks the proof, and both people compare six
//! words, before a link of the group's chain names the keys.
//!
//! ```text
//! fragment  32 hex digits, the secret; a full stop; 32 hex digits, the first half of the deployment's hash, so that a newcomer's
//!           first page is compared with what was told on paper or by voice
//! proof     HKDF-SHA-256 (RFC 5869) of the secret, with "candour/v1/invitation" 0x00 and the CBOR of [`Proven`] as info: 32 bytes
//! ```

use crate::{
    codec,
    group::Member,
    id::{AccountId, GroupId, Hash, Minute, VerifyingKey},
    recipient::Recipient,
    refused::Refused,
    signed::{self, Kind, SigningKey},
};
use borsh::{BorshDeserialize, BorshSerialize};
use hkdf::Hkdf;
use minicbor::{Decode, Encode};
use rand_core::{CryptoRng, RngCore};
use sha2::Sha256;
use subtle::ConstantTimeEq as _;
use zeroize::{Zeroize, ZeroizeOnDrop};

/// Minutes for which an invitation can be taken up: 72 hours. Servers end them by their own clock, clients by this.
pub const LIFE: u32 = 72 * 60;
const HALF: usize = 16;

/// What an invitation is for.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, BorshSerialize, BorshDeserialize)]
pub enum Place {
    /// To be a member of a group that there is.
    #[n(0)]
    Member {
        /// The group.
        #[n(0)]
        group: GroupId,
        /// Whether they may sign its links.
        #[n(1)]
        lead: bool,
    },
    /// To lead a partner organisation that is to be founded.
    #[n(1)]
    Partner {
        /// Its name.
        #[n(0)]
        name: String,
    },
    /// To set up a unit or an oversight body of the directory.
    #[n(2)]
    Unit {
        /// Its identifier there.
        #[n(0)]
        unit: String,
    },
    /// To administer the portal.
    #[n(3)]
    Administrator,
}

/// The part of an invitation that only the inviter and the invitee know. 16 bytes.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop, Encode, Decode)]
#[cbor(transparent)]
pub struct Secret(#[cbor(with = "minicbor::bytes")] [u8; HALF]);

impl core::fmt::Debug for Secret {
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        out.write_str("Secret(..)")
    }
}

/// The part of an invitation that finds it: 16 bytes, in hex in the link's path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Lookup([u8; HALF]);

impl Lookup {
    /// What the server keeps of it.
    pub fn hash(self) -> Hash {
        Hash::domain("invitation/lookup", &[&self.0])
    }

    /// As in the link's path: 32 hex digits.
    pub fn text(self) -> String {
        hex::encode(self.0)
    }

    /// From the link's path.
    pub fn from_text(text: &str) -> Option<Self> {
        half(text).map(Self)
    }
}

/// An invitation that was made: what the inviter's keyring keeps.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Invitation {
    /// Hash of its lookup.
    #[n(0)]
    pub lookup: Hash,
    /// Its secret.
    #[n(1)]
    pub secret: Secret,
    /// What it is for.
    #[n(2)]
    pub place: Place,
    /// Who is meant, in the inviter's words. No server sees it.
    #[n(3)]
    pub whom: String,
    /// When it ends.
    #[n(4)]
    pub expires: Minute,
    /// The hash of the link that takes in whoever answered, once one is drafted. When that link is in a verified chain, the
    /// invitation is used up.
    #[n(5)]
    pub used: Option<Hash>,
}

impl Invitation {
    /// A new one, and the lookup that finds it.
    pub fn new(
        place: Place,
        whom: String,
        now: Minute,
        rng: &mut (impl RngCore + CryptoRng),
    ) -> (Self, Lookup) {
        let (mut lookup, mut secret) = ([0; HALF], [0; HALF]);
        rng.fill_bytes(&mut lookup);
        rng.fill_bytes(&mut secret);
        let lookup = Lookup(lookup);
        let invitation = Self {
            lookup: lookup.hash(),
            secret: Secret(secret),
            place,
            whom,
            expires: Minute(now.0.saturating_add(LIFE)),
            used: None,
        };
        (invitation, lookup)
    }

    /// The link's fragment, which is for the invitee alone.
    pub fn fragment(&self, instance: Hash) -> String {
        format!(
            "{}.{}",
            hex::encode(self.secret.0),
            hex::encode(&instance.0[..HALF])
        )
    }

    /// Checks that it has not ended, by the inviter's own clock: a server that keeps an answer back does not choose its time.
    ///
    /// # Errors
    /// [`Refused::ExpiredInvitation`].
    pub fn check_time(&self, now: Minute) -> Result<(), Refused> {
        (now <= self.expires)
            .then_some(())
            .ok_or(Refused::ExpiredInvitation)
    }

    /// Checks what came in answer: made with this invitation's secret, by whoever holds the keys in it.
    ///
    /// # Errors
    /// [`Refused::UnprovenInvitee`], or [`Refused::WrongInstance`].
    pub fn check(&self, joining: &[u8], instance: Hash) -> Result<Proven, Refused> {
        let Joining { proven, proof } = Joining::read(joining)?;
        if proven.instance != instance {
            return Err(Refused::WrongInstance);
        }
        let right: bool = prove(&self.secret, &proven).ct_eq(&proof).into();
        (right && proven.lookup == self.lookup)
            .then_some(proven)
            .ok_or(Refused::UnprovenInvitee)
    }
}

/// Reads a link's fragment.
///
/// # Errors
/// [`Refused::Malformed`], or [`Refused::WrongInstance`] where this page is not of the deployment that the inviter belongs to.
pub fn read_fragment(fragment: &str, instance: Hash) -> Result<Secret, Refused> {
    let (secret, deployment) = halves(fragment).ok_or(Refused::Malformed)?;
    (deployment == instance.0[..HALF])
        .then_some(Secret(secret))
        .ok_or(Refused::WrongInstance)
}

/// Whether all of a link's fragment is there, by its form alone: part of a link is easily left behind when it is copied.
pub fn is_whole(fragment: &str) -> bool {
    halves(fragment).is_some()
}

fn halves(fragment: &str) -> Option<([u8; HALF], [u8; HALF])> {
    let (secret, deployment) = fragment.split_once('.')?;
    Some((half(secret)?, half(deployment)?))
}

fn half(text: &str) -> Option<[u8; HALF]> {
    let mut bytes = [0; HALF];
    hex::decode_to_slice(text, &mut bytes).ok()?;
    (hex::encode(bytes) == text).then_some(bytes)
}

/// Somebody's answer to an invitation: their new keys, and the proof. Signed by the new signing key.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Joining {
    /// What is proven.
    #[n(0)]
    pub proven: Proven,
    /// The proof.
    #[cbor(n(1), with = "minicbor::bytes")]
    proof: [u8; 32],
}

/// What an invitee proves: that these keys were made by whoever was given the secret.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Proven {
    /// The deployment.
    #[n(0)]
    pub instance: Hash,
    /// Hash of the invitation's lookup.
    #[n(1)]
    pub lookup: Hash,
    /// The new account.
    #[n(2)]
    pub account: AccountId,
    /// Its sign-in name.
    #[n(3)]
    pub name: String,
    /// The key that signs as them.
    #[n(4)]
    pub signer: VerifyingKey,
    /// Whom to seal to.
    #[n(5)]
    pub recipient: Recipient,
}

impl Kind for Joining {
    const TYPE: u16 = 10;
    const NAME: &'static str = "joining";
}

impl Joining {
    /// The signed answer.
    pub fn sign(proven: Proven, secret: &Secret, signer: &SigningKey) -> Vec<u8> {
        let proof = prove(secret, &proven);
        signed::sign(&Self { proven, proof }, &[signer])
    }

    /// Reads an answer that its own keys signed. The server can do as much; only the inviter can check the proof.
    ///
    /// # Errors
    /// [`Refused::BadSignature`].
    pub fn read(bytes: &[u8]) -> Result<Self, Refused> {
        let signed = signed::verify::<Self>(bytes).map_err(|_| Refused::BadSignature)?;
        (signed.signers == [signed.payload.proven.signer])
            .then_some(signed.payload)
            .ok_or(Refused::BadSignature)
    }
}

impl Proven {
    /// Six words that the inviter and the invitee compare by voice: those that they will be known by as a member.
    pub fn words(&self) -> Vec<String> {
        self.member(false).words()
    }

    /// As a member of a group.
    pub fn member(&self, lead: bool) -> Member {
        Member {
            account: self.account,
            signer: self.signer,
            recipient: self.recipient.clone(),
            lead,
        }
    }
}

fn prove(secret: &Secret, proven: &Proven) -> [u8; 32] {
    let info = [b"candour/v1/invitation\0", codec::encode(proven).as_slice()].concat();
    let mut proof = [0; 32];
    // One block of the hash: the length is always allowed.
    let _ = Hkdf::<Sha256>::new(None, &secret.0).expand(&info, &mut proof);
    proof
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recipient::Identity;
    use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng};

    const INSTANCE: Hash = Hash([7; 32]);

    fn rng() -> ChaCha20Rng {
        ChaCha20Rng::from_seed([1; 32])
    }

    fn invitation() -> (Invitation, Lookup) {
        Invitation::new(Place::Administrator, "Nadia".into(), Minute(100), &mut rng())
    }

    fn proven(lookup: Hash) -> Proven {
        Proven {
            instance: INSTANCE,
            lookup,
            account: AccountId([2; 16]),
            name: "nadia".into(),
            signer: key().verifying(),
            recipient: Identity::from_secret([3; 32]).recipient(),
        }
    }

    fn key() -> SigningKey {
        SigningKey::from_seed([4; 32])
    }

    #[test]
    fn the_link_brings_the_secret_and_is_for_one_deployment() {
        let (invitation, lookup) = invitation();
        let fragment = invitation.fragment(INSTANCE);
        assert_eq!(fragment.len(), 65);
        assert_eq!(read_fragment(&fragment, INSTANCE), Ok(invitation.secret.clone()));
        assert!(is_whole(&fragment));
        assert_eq!(
            read_fragment(&fragment, Hash([8; 32])),
            Err(Refused::WrongInstance)
        );
        for bad in ["", ".", "00", &fragment[1..], &fragment.to_uppercase()] {
            assert_eq!(read_fragment(bad, INSTANCE), Err(Refused::Malformed), "{bad}");
            assert!(!is_whole(bad), "{bad}");
        }
        assert_eq!(
            Lookup::from_text(&lookup.text()).map(Lookup::hash),
            Some(invitation.lookup)
        );
        assert_eq!(invitation.expires, Minute(100 + 72 * 60));
    }

    #[test]
    fn only_the_secret_proves_and_only_these_keys() {
        let (invitation, _) = invitation();
        let answer = Joining::sign(proven(invitation.lookup), &invitation.secret, &key());
        let checked = invitation.check(&answer, INSTANCE).unwrap();
        assert_eq!(checked, proven(invitation.lookup));
        assert_eq!(checked.words().len(), 6);

        // What a server that does not know the secret can make.
        let guessed = Joining::sign(proven(invitation.lookup), &Secret([0; HALF]), &key());
        assert_eq!(
            invitation.check(&guessed, INSTANCE),
            Err(Refused::UnprovenInvitee)
        );
        let mut swapped = signed::verify::<Joining>(&answer).unwrap().payload;
        let other = SigningKey::from_seed([5; 32]);
        swapped.proven.signer = other.verifying();
        assert_eq!(
            invitation.check(&signed::sign(&swapped, &[&other]), INSTANCE),
            Err(Refused::UnprovenInvitee)
        );
        assert_eq!(
            invitation.check(&signed::sign(&swapped, &[&key()]), INSTANCE),
            Err(Refused::BadSignature)
        );
    }

    #[test]
    fn an_answer_to_another_invitation_or_deployment_is_refused() {
        let (invitation, _) = invitation();
        let other = Joining::sign(proven(Hash::ZERO), &invitation.secret, &key());
        assert_eq!(invitation.check(&other, INSTANCE), Err(Refused::UnprovenInvitee));
        let answer = Joining::sign(proven(invitation.lookup), &invitation.secret, &key());
        assert_eq!(invitation.check(&answer, Hash::ZERO), Err(Refused::WrongInstance));
    }

    #[test]
    fn any_flipped_bit_is_refused() {
        let (invitation, _) = invitation();
        let answer = Joining::sign(proven(invitation.lookup), &invitation.secret, &key());
        for bit in 0..answer.len() * 8 {
            let mut bad = answer.clone();
            bad[bit / 8] ^= 1 << (bit % 8);
            assert!(invitation.check(&bad, INSTANCE).is_err(), "bit {bit}");
        }
    }

    #[test]
    fn an_invitation_lasts_to_its_last_minute() {
        let (invitation, _) = Invitation::new(Place::Administrator, "Ann".into(), Minute(0), &mut rng());
        assert_eq!(invitation.check_time(invitation.expires), Ok(()));
        let after = Minute(invitation.expires.0 + 1);
        assert_eq!(invitation.check_time(after), Err(Refused::ExpiredInvitation));
    }

    #[test]
    fn the_secret_says_nothing_of_itself() {
        assert_eq!(format!("{:?}", Secret([7; HALF])), "Secret(..)");
    }
}
