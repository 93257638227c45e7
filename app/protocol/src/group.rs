//! Groups: signed chains that say who is a member and what is sealed to them. A unit's compartment and a partner
//! organisation are the same mechanism.

mod draft;
mod fold;
mod recovery;

pub use draft::Founding;
pub use fold::{Founders, Group, State};
pub use recovery::{Recovery, RecoverySecret};

use crate::{
    codec,
    id::{AccountId, Day, GroupId, Hash, Token, VerifyingKey},
    password::expand,
    recipient::{Identity, Recipient},
    signed::{Kind, SigningKey},
    words,
};
use borsh::{BorshDeserialize, BorshSerialize};
use minicbor::{Decode, Encode};

/// The most days that an epoch is sealed to. A longer life gives whoever got hold of its key more to read.
pub const EPOCH_LIFE: u32 = 90;

/// One link of a chain. CBOR array in this order.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Link {
    /// The deployment.
    #[n(0)]
    pub instance: Hash,
    /// The group.
    #[n(1)]
    pub group: GroupId,
    /// Its place, counted from 0.
    #[n(2)]
    pub sequence: u32,
    /// The hash of the link before; zeros before the first.
    #[n(3)]
    pub previous: Hash,
    /// The day it was made; never before that of the link before.
    #[n(4)]
    pub day: Day,
    /// What it changes.
    #[n(5)]
    pub act: Act,
}

/// What a link changes.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Act {
    /// Begins the group.
    #[n(0)]
    Genesis {
        /// What the group is.
        #[n(0)]
        kind: GroupKind,
        /// Its name, for people.
        #[n(1)]
        name: String,
        /// Its first members.
        #[n(2)]
        members: Vec<Member>,
        /// Its first epoch.
        #[n(3)]
        epoch: Epoch,
        /// Its rules.
        #[n(4)]
        policy: Policy,
    },
    /// Takes in a member.
    #[n(1)]
    Add(#[n(0)] Member),
    /// Lets a member go, and starts an epoch that they cannot open.
    #[n(2)]
    Remove {
        /// Who goes.
        #[n(0)]
        account: AccountId,
        /// The next epoch.
        #[n(1)]
        epoch: Epoch,
    },
    /// Starts an epoch.
    #[n(3)]
    Rotate(#[n(0)] Epoch),
    /// Changes the rules.
    #[n(4)]
    Policy(#[n(0)] Policy),
    /// Puts other members in the place of all, and starts an epoch: for the day when too few leads have their keys. Signed by
    /// the recovery key alone.
    #[n(5)]
    Recover {
        /// The members from now on.
        #[n(0)]
        members: Vec<Member>,
        /// The next epoch.
        #[n(1)]
        epoch: Epoch,
    },
}

/// What a group is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Encode, Decode, BorshSerialize, BorshDeserialize)]
#[cbor(index_only)]
pub enum GroupKind {
    /// A compartment whose changes need as many signers as its policy says.
    #[n(0)]
    Intake,
    /// A compartment whose changes need two signers at least.
    #[n(1)]
    Sealed,
    /// A partner organisation.
    #[n(2)]
    Partner,
}

/// A member.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Member {
    /// The account.
    #[n(0)]
    pub account: AccountId,
    /// The key that signs as them.
    #[n(1)]
    pub signer: VerifyingKey,
    /// Whom wraps for them are sealed to.
    #[n(2)]
    pub recipient: Recipient,
    /// Whether they may sign links.
    #[n(3)]
    pub lead: bool,
}

/// An epoch: a key that every member of that time holds.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Epoch {
    /// One more than the last, from 1.
    #[n(0)]
    pub number: u32,
    /// Whom to seal to.
    #[n(1)]
    pub recipient: Recipient,
    /// The key that signs as the group alone, naming no member.
    #[n(2)]
    pub signer: VerifyingKey,
    /// The day it began.
    #[n(3)]
    pub started: Day,
}

/// A group's rules.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Policy {
    /// How many leads sign each link.
    #[n(0)]
    pub signers: u8,
    /// The key for the day when all members have lost theirs: everything is sealed to it as well, and it can name other
    /// members. Its secret is split among the custodians. A partner has none.
    #[n(1)]
    pub recovery: Option<Recovery>,
    /// Who holds shares of it: shown to practitioners among those who can read.
    #[n(2)]
    pub custodians: Vec<String>,
    /// What a unit says that it aims for; nothing where it has said nothing, and for a partner.
    #[n(3)]
    pub aims: Option<Aims>,
}

/// Within how many working days of a concern's arrival a unit aims to do what a practitioner waits for. CBOR array in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, BorshSerialize, BorshDeserialize)]
pub struct Aims {
    /// A member has opened it.
    #[n(0)]
    pub open: u8,
    /// The practitioner has heard what was decided.
    #[n(1)]
    pub answer: u8,
}

/// The most working days that a unit can aim for: a longer time promises nothing.
pub const LONGEST_AIM: u8 = 60;

impl Aims {
    /// Whether somebody can be told of them.
    pub fn are_sound(&self) -> bool {
        (1..=self.answer).contains(&self.open) && self.answer <= LONGEST_AIM
    }
}

impl Kind for Link {
    const TYPE: u16 = 2;
    const NAME: &'static str = "link";
}

impl Member {
    /// Whether it is the same account with the same keys, lead or not.
    pub fn is_same(&self, other: &Self) -> bool {
        (self.account, self.signer, &self.recipient) == (other.account, other.signer, &other.recipient)
    }

    /// Whether it is the same account, or has a key that the other has.
    pub fn is_like(&self, other: &Self) -> bool {
        self.account == other.account || self.signer == other.signer || self.recipient == other.recipient
    }

    /// Six words of their account and keys: what a person is known by, before they are a member and after.
    pub fn words(&self) -> Vec<String> {
        let (signer, recipient) = (&self.signer.0, self.recipient.as_str().as_bytes());
        words::fingerprint(Hash::domain("member", &[&self.account.0, signer, recipient]))
    }
}

impl Link {
    /// Its hash, whichever of the leads signed it.
    pub fn hash(&self) -> Hash {
        Hash::domain("link", &[&codec::encode(self)])
    }
}

/// The secret of an epoch.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(transparent)]
pub struct EpochSecret(#[n(0)] pub Identity);

impl EpochSecret {
    /// The key that signs as the group alone.
    pub fn signer(&self) -> SigningKey {
        SigningKey::from_seed(expand(self.0.secret(), "epoch/signer"))
    }

    /// Where a parcel for `to` lies: every member of the epoch's time can tell, and nobody else. The name is part of the protocol: with
    /// another, what a colleague has given is not found.
    pub fn parcel(&self, to: AccountId, slot: u8) -> Token {
        Token(expand(self.0.secret(), &format!("parcel/{to}/{slot}")))
    }

    /// The epoch that it is the secret of.
    pub fn epoch(&self, number: u32, started: Day) -> Epoch {
        Epoch {
            number,
            recipient: self.0.recipient(),
            signer: self.signer().verifying(),
            started,
        }
    }

    /// Whether it is the secret of `epoch`: a key is compared with the chain before it is used.
    pub fn is_of(&self, epoch: &Epoch) -> bool {
        self.epoch(epoch.number, epoch.started) == *epoch
    }
}
