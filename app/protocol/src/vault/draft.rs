//! What pages are told of groups: as they stand, as a draft would change them, and what is due in them.

use super::Blob;
use crate::{
    group::{Aims, GroupKind, Policy},
    id::{AccountId, Day, GroupId, Hash, VerifyingKey},
    words,
};
use borsh::{BorshDeserialize, BorshSerialize};

/// A link that was made, and not published yet.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Draft {
    /// The group.
    pub group: GroupId,
    /// The link's place in its chain.
    pub sequence: u32,
    /// The link, with the signatures so far.
    pub link: Blob,
    /// Secrets of epochs: for whom, of which epoch, and the age file. To be kept with the draft, and given out only once it is
    /// published. Those who sign after the first make none.
    pub wraps: Vec<(AccountId, u32, Blob)>,
    /// How many of those who count have signed. A partner's lead, who signs its first link too, does not count.
    pub signed: u8,
    /// How many must have signed before it can be published.
    pub needed: u8,
    /// The invitations that it answers, by the hashes of their lookups. The keyring forgets them when it sees the link published.
    pub invitations: Vec<Hash>,
}

/// What a draft would change.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct DraftView {
    /// The group.
    pub group: GroupId,
    /// What it does.
    pub change: Change,
    /// The day it was made.
    pub day: Day,
    /// The leads who have signed.
    pub signed: Vec<AccountId>,
    /// How many must have signed.
    pub needed: u8,
}

/// A change of a group.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub enum Change {
    /// Takes in a member.
    Add {
        /// Their account.
        account: AccountId,
        /// Their sign-in name, in their own words.
        name: String,
        /// The six words that they are known by.
        words: Vec<String>,
        /// Whether they could sign links.
        lead: bool,
    },
    /// Lets a member go.
    Remove(AccountId),
    /// Starts an epoch.
    Rotate,
    /// Changes the rules to these.
    Policy(Rules),
}

/// A group's rules.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Rules {
    /// How many leads sign each link.
    pub signers: u8,
    /// The recovery key as six words; a partner has none.
    pub recovery: Option<Vec<String>>,
    /// Who holds shares of it.
    pub custodians: Vec<String>,
    /// What a unit says that it aims for.
    pub aims: Option<Aims>,
}

/// A group that somebody would found.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct GenesisView {
    /// The group.
    pub group: GroupId,
    /// What it is.
    pub kind: GroupKind,
    /// Its name.
    pub name: String,
    /// Its first members.
    pub members: Vec<MemberView>,
    /// Its rules.
    pub rules: Rules,
    /// The day it was made.
    pub day: Day,
    /// The link as six words: what the directory will list.
    pub words: Vec<String>,
    /// How many of those who count have signed.
    pub signed: u8,
    /// How many must have signed.
    pub needed: u8,
    /// Whether this account has signed.
    pub signed_by_me: bool,
}

/// A member.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct MemberView {
    /// Their account.
    pub account: AccountId,
    /// Whether they may sign links.
    pub lead: bool,
    /// The six words that they are known by.
    pub words: Vec<String>,
    /// Whether it is this account.
    pub me: bool,
    /// Their sign-in name, where their answer to an invitation was given with the question.
    pub name: Option<String>,
    /// Whether that answer was proved to come from whoever this account invited.
    pub proven: bool,
    /// Whom this account invited, in its own words, where it took them in itself.
    pub whom: Option<String>,
}

/// A group that this account is in.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct GroupView {
    /// The group.
    pub id: GroupId,
    /// What it is.
    pub kind: GroupKind,
    /// Its name.
    pub name: String,
    /// Whether this account may sign links.
    pub lead: bool,
    /// Its members.
    pub members: Vec<MemberView>,
    /// Its rules.
    pub rules: Rules,
    /// The number of its epoch.
    pub epoch: u32,
    /// The day that the epoch began.
    pub started: Day,
    /// The place of its last link.
    pub sequence: u32,
    /// Its last link as six words.
    pub words: Vec<String>,
    /// What needs doing.
    pub waiting: Vec<Due>,
}

/// What needs doing in a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum Due {
    /// A new epoch: this one is over 60 days old, or those who held the recovery key before hold it too.
    Rotate,
    /// A new epoch at once: this one is over 90 days old, and nothing is sealed to it.
    Expired,
    /// Another member: where only one can open what comes, nobody can when they are away.
    AnotherMember,
    /// Custodians: fewer than three are named.
    Custodians,
    /// A look at its members: since this keyring last looked, all were replaced by the recovery key.
    Recovered,
    /// A new epoch, by a lead: this account was not given this one's secret.
    Secret,
}

/// A checkpoint that administrators are signing.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct CheckpointDraft {
    /// Its place among the checkpoints.
    pub sequence: u32,
    /// The checkpoint, with the signatures so far.
    pub bytes: Blob,
    /// How many administrators have signed.
    pub signed: u8,
    /// How many must have signed.
    pub needed: u8,
}

/// What a checkpoint says that the last one did not.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct CheckpointView {
    /// Its place among the checkpoints.
    pub sequence: u32,
    /// The day it was made.
    pub day: Day,
    /// The day of the last one; nothing where this is the first.
    pub last: Option<Day>,
    /// The chains that are new, or longer than the last one saw them.
    pub chains: Vec<ChainMoved>,
    /// How many chains stand where the last one saw them.
    pub unmoved: u32,
    /// The commitment chains that are longer than the last one saw them.
    pub commitments: Vec<CommitmentsMoved>,
    /// How many administrators have signed.
    pub signed: u8,
    /// How many must have signed.
    pub needed: u8,
    /// Whether this account has signed.
    pub signed_by_me: bool,
}

/// How a chain has come on.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct ChainMoved {
    /// What the group is, and its name; nothing where the server does not give its chain now.
    pub group: Option<(GroupKind, String)>,
    /// How many links it had; nothing where it is new.
    pub before: Option<u32>,
    /// How many it has.
    pub now: u32,
    /// How many members the last of them leaves, where the chain was given.
    pub members: Option<u32>,
    /// The last of them as six words.
    pub words: Vec<String>,
}

/// How a commitment chain has come on.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct CommitmentsMoved {
    /// What the compartment is, and its name; nothing where the server does not give its chain now.
    pub group: Option<(GroupKind, String)>,
    /// How many entries it had accepted.
    pub before: u64,
    /// How many it has.
    pub now: u64,
}

/// What recovery has made of a group.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct RecoveredView {
    /// The group.
    pub group: GroupId,
    /// What it is.
    pub kind: GroupKind,
    /// Its name.
    pub name: String,
    /// Who would no longer be in it.
    pub gone: Vec<MemberView>,
    /// Who would be.
    pub members: Vec<MemberView>,
    /// How many of its epochs every one of them could open.
    pub epochs: u32,
    /// How many it has.
    pub all: u32,
}

/// The public half of an account's keys.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Myself {
    /// The account.
    pub account: AccountId,
    /// What checks its signatures.
    pub signer: VerifyingKey,
    /// What is sealed to it: a line that begins with `age1`.
    pub recipient: String,
    /// The six words that it is known by.
    pub words: Vec<String>,
}

impl From<&Policy> for Rules {
    fn from(policy: &Policy) -> Self {
        let recovery = policy.recovery.as_ref();
        Self {
            signers: policy.signers,
            recovery: recovery.map(|key| words::fingerprint(key.hash())),
            custodians: policy.custodians.clone(),
            aims: policy.aims,
        }
    }
}
