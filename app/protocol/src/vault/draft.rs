//! What pages are told of groups: as they stand, as a draft would change them, and what is due in them.

use super::Blob;
use crate::{
    group::{GroupKind, Policy},
    id::{AccountId, Day, GroupId, Hash},
    words,
};
use minicbor::{Decode, Encode};

/// A link that was made, and not published yet.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Draft {
    /// The group.
    #[n(0)]
    pub group: GroupId,
    /// The link's place in its chain.
    #[n(1)]
    pub sequence: u32,
    /// The link, with the signatures so far.
    #[n(2)]
    pub link: Blob,
    /// Secrets of epochs: for whom, of which epoch, and the age file. To be kept with the draft, and given out only once it is
    /// published. Those who sign after the first make none.
    #[n(3)]
    pub wraps: Vec<(AccountId, u32, Blob)>,
    /// How many of those who count have signed. A partner's lead, who signs its first link too, does not count.
    #[n(4)]
    pub signed: u8,
    /// How many must have signed before it can be published.
    #[n(5)]
    pub needed: u8,
    /// The invitations that it answers, by the hashes of their lookups. The keyring forgets them when it sees the link published.
    #[n(6)]
    pub invitations: Vec<Hash>,
}

/// What a draft would change.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct DraftView {
    /// The group.
    #[n(0)]
    pub group: GroupId,
    /// What it does.
    #[n(1)]
    pub change: Change,
    /// The day it was made.
    #[n(2)]
    pub day: Day,
    /// The leads who have signed.
    #[n(3)]
    pub signed: Vec<AccountId>,
    /// How many must have signed.
    #[n(4)]
    pub needed: u8,
}

/// A change of a group.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Change {
    /// Takes in a member.
    #[n(0)]
    Add {
        /// Their account.
        #[n(0)]
        account: AccountId,
        /// Their sign-in name, in their own words.
        #[n(1)]
        name: String,
        /// The six words that they are known by.
        #[n(2)]
        words: Vec<String>,
        /// Whether they could sign links.
        #[n(3)]
        lead: bool,
    },
    /// Lets a member go.
    #[n(1)]
    Remove(#[n(0)] AccountId),
    /// Starts an epoch.
    #[n(2)]
    Rotate,
    /// Changes the rules to these.
    #[n(3)]
    Policy(#[n(0)] Rules),
}

/// A group's rules.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Rules {
    /// How many leads sign each link.
    #[n(0)]
    pub signers: u8,
    /// The recovery key as six words; a partner has none.
    #[n(1)]
    pub recovery: Option<Vec<String>>,
    /// Who holds shares of it.
    #[n(2)]
    pub custodians: Vec<String>,
}

/// A group that somebody would found.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct GenesisView {
    /// The group.
    #[n(0)]
    pub group: GroupId,
    /// What it is.
    #[n(1)]
    pub kind: GroupKind,
    /// Its name.
    #[n(2)]
    pub name: String,
    /// Its first members.
    #[n(3)]
    pub members: Vec<MemberView>,
    /// Its rules.
    #[n(4)]
    pub rules: Rules,
    /// The day it was made.
    #[n(5)]
    pub day: Day,
    /// How many of those who count have signed.
    #[n(6)]
    pub signed: u8,
    /// How many must have signed.
    #[n(7)]
    pub needed: u8,
    /// Whether this account has signed.
    #[n(8)]
    pub signed_by_me: bool,
}

/// A member.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct MemberView {
    /// Their account.
    #[n(0)]
    pub account: AccountId,
    /// Whether they may sign links.
    #[n(1)]
    pub lead: bool,
    /// The six words that they are known by.
    #[n(2)]
    pub words: Vec<String>,
    /// Whether it is this account.
    #[n(3)]
    pub me: bool,
    /// Their sign-in name, where their answer to an invitation was given with the question.
    #[n(4)]
    pub name: Option<String>,
    /// Whether that answer was proved to come from whoever this account invited.
    #[n(5)]
    pub proven: bool,
}

/// A group that this account is in.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct GroupView {
    /// The group.
    #[n(0)]
    pub id: GroupId,
    /// What it is.
    #[n(1)]
    pub kind: GroupKind,
    /// Its name.
    #[n(2)]
    pub name: String,
    /// Whether this account may sign links.
    #[n(3)]
    pub lead: bool,
    /// Its members.
    #[n(4)]
    pub members: Vec<MemberView>,
    /// Its rules.
    #[n(5)]
    pub rules: Rules,
    /// The number of its epoch.
    #[n(6)]
    pub epoch: u32,
    /// The day that the epoch began.
    #[n(7)]
    pub started: Day,
    /// The place of its last link.
    #[n(8)]
    pub sequence: u32,
    /// Its last link as six words.
    #[n(9)]
    pub words: Vec<String>,
    /// What needs doing.
    #[n(10)]
    pub waiting: Vec<Due>,
}

/// What needs doing in a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Encode, Decode)]
#[cbor(index_only)]
pub enum Due {
    /// A new epoch: this one is over 60 days old, or those who held the recovery key before hold it too.
    #[n(0)]
    Rotate,
    /// A new epoch at once: this one is over 90 days old, and nothing is sealed to it.
    #[n(1)]
    Expired,
    /// Another member: where only one can open what comes, nobody can when they are away.
    #[n(2)]
    AnotherMember,
    /// Custodians: fewer than three are named.
    #[n(3)]
    Custodians,
    /// A look at its members: since this keyring last looked, all were replaced by the recovery key.
    #[n(4)]
    Recovered,
    /// A new epoch, by a lead: this account was not given this one's secret.
    #[n(5)]
    Secret,
}

/// A checkpoint that administrators are signing.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct CheckpointDraft {
    /// Its place among the checkpoints.
    #[n(0)]
    pub sequence: u32,
    /// The checkpoint, with the signatures so far.
    #[n(1)]
    pub bytes: Blob,
    /// How many administrators have signed.
    #[n(2)]
    pub signed: u8,
    /// How many must have signed.
    #[n(3)]
    pub needed: u8,
}

impl From<&Policy> for Rules {
    fn from(policy: &Policy) -> Self {
        let recovery = policy.recovery.as_ref();
        Self {
            signers: policy.signers,
            recovery: recovery.map(|key| words::fingerprint(key.hash())),
            custodians: policy.custodians.clone(),
        }
    }
}
