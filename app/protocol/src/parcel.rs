//! Parcels: what a practitioner gives to a colleague, a draft or a thread that was sent. A parcel is an age file for exactly the key that
//! their organisation's chain lists for the colleague; inside, padded, the signed [`Parcel`].
//!
//! It lies under a token that all members of the organisation can derive from their epoch's secret, and nobody else
//! ([`crate::group::EpochSecret::parcel`]), so that what is stored names nobody.

use crate::{
    append::Receipt,
    codec, envelope,
    group::{Group, Member},
    id::{AccountId, Day, GroupId, Hash, ParcelId, Token, UnsentId, VerifyingKey},
    keyring::Kept,
    mailbox::{Mailbox, MailboxBase},
    recipient::{Identity, Recipient},
    refused::Refused,
    signed::{self, Kind, SigningKey},
    unsent::Unsent,
};
use minicbor::{Decode, Encode};

/// How many parcels can lie before one person at a time, from each epoch.
pub const SLOTS: u8 = 3;
/// Parcels are looked for under the secrets of so many epochs, the newest first: each removal starts one, and what was given before it
/// is still found. Always as many are asked for as there are secrets, whatever lies there.
pub const EPOCHS: u8 = 4;
/// The most tokens that somebody has to ask for.
pub const TOKENS: u8 = EPOCHS * SLOTS;
/// How many days the server keeps a parcel that nobody takes.
pub const KEPT_DAYS: u32 = 28;
/// A clock may be a day behind, and the server counts whole days.
const GRACE: u32 = 2;
/// What a parcel is padded to at least, so that nearly all are of this size: a thread looks like a draft.
const LEAST: usize = 16 << 10;
/// The fewest bytes that a sealed parcel has.
pub const SMALLEST: usize = LEAST;
/// The most: of the largest bucket, with a header that is read and the tags.
pub const LARGEST: usize = (256 << 10) + (8 << 10);

/// What somebody gives to a colleague. CBOR array in this order.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Parcel {
    /// The deployment.
    #[n(0)]
    pub instance: Hash,
    /// Their organisation.
    #[n(1)]
    pub partner: GroupId,
    /// The number of the epoch whose secret its token was derived from.
    #[n(2)]
    pub epoch: u32,
    /// Whom it is for.
    #[n(3)]
    pub to: AccountId,
    /// The key that it is sealed to, so that nobody passes it on as if it had been for them.
    #[n(4)]
    pub recipient: Recipient,
    /// Which of the places it lies in.
    #[n(5)]
    pub slot: u8,
    /// The day it was made.
    #[n(6)]
    pub day: Day,
    /// Who gives it.
    #[n(7)]
    pub from: AccountId,
    /// What is in it.
    #[n(8)]
    pub content: Content,
    /// Random: what was refused can be given again, and a copy of what was taken cannot.
    #[n(9)]
    pub id: ParcelId,
}

/// What is in a parcel.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Content {
    /// A draft, with its files as far as they have come.
    #[n(0)]
    Draft(#[n(0)] Box<Unsent>),
    /// A thread.
    #[n(1)]
    Concern {
        /// Opens it.
        #[n(0)]
        base: MailboxBase,
        /// The receipt of the last entry that its giver saw, as the server signed it, so that nobody shows the receiver less, and no giver
        /// makes up that there is more.
        #[cbor(n(1), with = "minicbor::bytes")]
        receipt: Vec<u8>,
    },
}

impl Kind for Parcel {
    const TYPE: u16 = 12;
    const NAME: &'static str = "parcel";
}

/// Where a parcel was found.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// The deployment.
    pub instance: Hash,
    /// What checks its receipts.
    pub receipt_key: VerifyingKey,
    /// The finder's organisation, as it stands.
    pub group: &'a Group,
    /// The number of the epoch under whose secret it was found.
    pub epoch: u32,
    /// Which of the places there.
    pub slot: u8,
}

/// The name that the server keeps a parcel under: a hash of its token, so that the rows open nothing.
pub fn name(token: &Token) -> Hash {
    Hash::domain("parcel place", &[&token.0])
}

/// Whether a parcel of that day is no longer taken.
pub fn is_old(made: Day, today: Day) -> bool {
    today.0 > made.0.saturating_add(KEPT_DAYS + GRACE)
}

impl Parcel {
    /// Seals it to its recipient.
    ///
    /// # Errors
    /// [`Refused::TooLong`] over 256 KiB.
    pub fn seal(&self, signer: &SigningKey) -> Result<Vec<u8>, Refused> {
        let padded = envelope::pad_to(LEAST, signed::sign(self, &[signer]))?;
        envelope::seal(&padded, std::slice::from_ref(&self.recipient))
    }

    /// Opens what was sealed to `identity`, before it is known who signed it.
    ///
    /// # Errors
    /// A [`Refused`] that names what is wrong.
    pub fn open(file: &[u8], identity: &Identity) -> Result<Unchecked, Refused> {
        let (plaintext, _) = envelope::open(file, &[identity], 1)?;
        let (signed, rest) = signed::verify_prefix::<Self>(&plaintext).map_err(|_| Refused::BadSignature)?;
        if !envelope::is_padding_to(LEAST, plaintext.len() - rest.len(), rest) {
            return Err(Refused::AlteredEnvelope);
        }
        Ok(Unchecked(signed))
    }

    /// Its own name, whoever sealed it how often.
    pub fn hash(&self) -> Hash {
        Hash::domain("parcel", &[&codec::encode(self)])
    }

    /// What the draft in it is called in the receiver's drawers: the same however often it is taken.
    pub fn draft_id(&self) -> UnsentId {
        let hash = Hash::domain("parcel draft", &[&self.hash().0]);
        let mut id = [0; 16];
        id.copy_from_slice(&hash.0[..16]);
        UnsentId(id)
    }

    /// Whether what opens a thread opens the one that the receipt is of.
    fn check_content(&self, place: Place<'_>) -> Result<(), Refused> {
        match &self.content {
            Content::Concern { base, receipt } => {
                kept(&base.mailbox(), receipt, place.instance, place.receipt_key).map(drop)
            }
            Content::Draft(_) => Ok(()),
        }
    }
}

/// A parcel that is opened, and not yet compared with the place where it lay.
#[derive(Debug)]
pub struct Unchecked(signed::Signed<Parcel>);

impl Unchecked {
    /// The parcel, where it is for `own`, for this place and of these days, and a colleague made it who still is one.
    ///
    /// # Errors
    /// A [`Refused`] that names what is wrong.
    pub fn check(self, place: Place<'_>, own: &Member, today: Day) -> Result<Parcel, Refused> {
        let signed::Signed { payload, signers } = self.0;
        if payload.instance != place.instance {
            return Err(Refused::WrongInstance);
        }
        if (payload.partner, payload.to, &payload.recipient) != (place.group.id, own.account, &own.recipient)
        {
            return Err(Refused::Readdressed);
        }
        if (payload.epoch, payload.slot) != (place.epoch, place.slot) {
            return Err(Refused::WrongPlace);
        }
        check_giver(place.group, payload.from, &signers)?;
        if is_old(payload.day, today) {
            return Err(Refused::OldParcel);
        }
        payload.check_content(place)?;
        Ok(payload)
    }
}

/// What the receipt proves of the last entry in the thread of `mailbox`.
///
/// # Errors
/// [`Refused::BadReceipt`] where the server did not sign it, [`Refused::OtherConcern`] where it is of another thread.
pub fn kept(
    mailbox: &Mailbox,
    receipt: &[u8],
    instance: Hash,
    receipt_key: VerifyingKey,
) -> Result<Kept, Refused> {
    let receipt = Receipt::verify(receipt, instance, receipt_key).map_err(|_| Refused::BadReceipt)?;
    let log = mailbox.log();
    let own = receipt.entries.iter().filter(|one| one.log == log);
    let last = own.max_by_key(|one| one.sequence).ok_or(Refused::OtherConcern)?;
    Ok(Kept {
        log,
        sequence: last.sequence,
        hash: last.hash,
        position: last.position,
        day: receipt.day,
    })
}

/// Whoever was removed can still sign, and may have kept what they gave: it is believed only while they are a member.
fn check_giver(group: &Group, from: AccountId, signers: &[VerifyingKey]) -> Result<(), Refused> {
    let giver = group.last_known(from).ok_or(Refused::NoColleague)?;
    if signers != [giver.signer] {
        return Err(Refused::NoColleague);
    }
    let is_there = group.now().member(from).is_some_and(|now| now.is_same(giver));
    is_there.then_some(()).ok_or(Refused::FormerColleague)
}
