//! What answers consist of: what the vault read and checked, as the page shows it.

use super::{
    Blob, KeyringSeen, Password,
    draft::{GroupView, MemberView},
};
use crate::{
    casework::Status,
    concern::Concern,
    group::Aims,
    id::{AccountId, AttachmentId, Day, GroupId, Hash, LogId, Minute, UnsentId},
    invitation::Place,
    slot::SlotKind,
};
use borsh::{BorshDeserialize, BorshSerialize};

/// What a colleague has given.
#[derive(Clone, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct ParcelView {
    /// Its own name.
    pub id: Hash,
    /// Who gave it.
    pub from: MemberView,
    /// The day on which they did.
    pub day: Day,
    /// What it is.
    pub content: ParcelContent,
}

/// What is in a parcel.
#[derive(Clone, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub enum ParcelContent {
    /// A draft.
    Draft {
        /// Which draft it is once it is taken.
        id: UnsentId,
        /// What its author calls it.
        label: String,
        /// How many files it has.
        files: u32,
    },
    /// A concern that was sent.
    Concern {
        /// Its short name.
        reference: String,
    },
}

/// A thread that a colleague gave.
#[derive(Clone, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct GivenView {
    /// The thread.
    pub log: LogId,
    /// Who gave it, where that is still known.
    pub from: Option<MemberView>,
    /// The day on which they did.
    pub day: Day,
}

/// A draft of a concern, opened.
#[derive(Clone, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct UnsentView {
    /// Which draft it is.
    pub id: UnsentId,
    /// The version that it was saved as.
    pub version: u32,
    /// What its author calls it.
    pub label: String,
    /// The answers so far.
    pub text: String,
    /// Its files, whole or not.
    pub files: Vec<FileView>,
}

/// A file, without what opens it.
#[derive(Clone, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct FileView {
    /// The file.
    pub id: AttachmentId,
    /// Its name where it came from.
    pub name: String,
    /// What the writer's browser took it for.
    pub media: String,
    /// Its length in bytes.
    pub length: u64,
    /// SHA-256 of all of it; nothing until all of it is stored.
    pub hash: Option<Hash>,
    /// SHA-256 of each sealed part that is stored.
    pub parts: Vec<Hash>,
    /// How many parts it has.
    pub count: u32,
    /// What the writer says of it; it may be empty.
    pub note: String,
    /// Of which other file it is a copy without what a camera adds.
    pub copy_of: Option<AttachmentId>,
}

impl core::fmt::Debug for FileView {
    /// Nothing of what was told.
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        out.write_str("FileView(..)")
    }
}

/// A thread that the server had and does not give.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Missing {
    /// Its short name.
    pub reference: String,
    /// The day its last known entry was stored, where a receipt says so.
    pub day: Option<Day>,
}

/// Slots and keyring, sealed under a fresh key: what opened the ones before does not open these, unless it has a slot here.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct NewSlots {
    /// The keyring's version.
    pub version: u32,
    /// The sealed keyring.
    pub keyring: Blob,
    /// The slots, and how each opens.
    pub slots: Vec<(SlotKind, Blob)>,
    /// What a staff device should remember.
    pub seen: KeyringSeen,
    /// A new recovery code, to be shown once.
    pub code: Option<NewCode>,
}

/// A new recovery code.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct NewCode {
    /// Its twelve words, for the person alone.
    pub words: Password,
    /// The half that signs in, for the server. It opens nothing else.
    pub secret: [u8; 32],
}

/// Who answered an invitation.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Joiner {
    /// Hash of the invitation's lookup.
    pub lookup: Hash,
    /// The new account.
    pub account: AccountId,
    /// Its sign-in name.
    pub name: String,
    /// Who was meant, in the inviter's words.
    pub whom: String,
    /// What the invitation was for.
    pub place: Place,
    /// Six words to compare by voice.
    pub words: Vec<String>,
}

/// What was verified, for pages to show.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Trusted {
    /// The directory's version.
    pub version: u32,
    /// Its hash.
    pub hash: Hash,
    /// The hash as six words, to compare on paper or by voice.
    pub words: Vec<String>,
    /// When it was made and when it expires.
    pub issued: Day,
    /// The last day on which it is valid.
    pub expires: Day,
    /// The forces, by name.
    pub forces: Vec<ForceView>,
    /// The units and oversight bodies, by name.
    pub units: Vec<UnitView>,
    /// The compartments that the caller is a member of.
    pub mine: Vec<CompartmentView>,
    /// The caller's partner organisation, if it has one.
    pub partner: Option<String>,
    /// What is not as it should be, but does not stop work.
    pub warnings: Vec<Warning>,
    /// The groups that this account is in.
    pub groups: Vec<GroupView>,
    /// Whether the directory lists this account's signing key as an administrator's.
    pub is_administrator: bool,
    /// Whether the administrators' next checkpoint is due, where this account is one of them: a week after the last.
    pub checkpoint_due: bool,
    /// The day of the newest checkpoint.
    pub checkpoint: Option<Day>,
    /// Every compartment of the directory, whether or not it can be sealed to.
    pub compartments: Vec<CompartmentName>,
}

/// A force to choose.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct ForceView {
    /// Its identifier.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Who reads a concern about somebody there, unless one of the two below does; nothing where nobody can.
    pub intake: Option<CompartmentView>,
    /// Who reads one about somebody senior or close to the unit.
    pub sealed: Option<CompartmentView>,
    /// Who reads one about the chief officer.
    pub oversight: Option<CompartmentView>,
}

/// A unit or an oversight body of the directory.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct UnitView {
    /// Its identifier.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Whether its usual compartment is listed.
    pub intake: bool,
    /// Whether its sealed compartment is listed.
    pub sealed: bool,
}

/// A compartment that can be sealed to.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct CompartmentView {
    /// The compartment.
    pub id: GroupId,
    /// Its unit's name.
    pub unit: String,
    /// Whether it is the unit's sealed compartment.
    pub sealed: bool,
    /// How many members can open what is sealed to it now.
    pub members: u32,
    /// How many of them lead it.
    pub leads: u32,
    /// Their accounts, by which two compartments are told to have nobody in common.
    pub holders: Vec<AccountId>,
    /// Its chain's head as six words.
    pub words: Vec<String>,
    /// Who holds shares of its recovery key; any two of them can open what is sealed to it.
    pub custodians: Vec<String>,
    /// What its unit says that it aims for.
    pub aims: Option<Aims>,
}

/// Something to tell the person, without stopping.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum Warning {
    /// No checkpoint under 30 days old: old copies could pass for the present.
    NoFreshCheckpoint,
    /// The directory expires within 30 days.
    DirectoryExpiresSoon,
    /// A head that this keyring has seen is missing from the newest checkpoint.
    HeadMissing,
    /// Since this keyring last looked, all members of a group were replaced by its recovery key.
    Recovered,
}

/// What a genuine receipt proves.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Proof {
    /// The short name of the thread that people read to each other, such as `4F7K-9QMD`.
    pub reference: String,
    /// The day it was stored.
    pub day: Day,
    /// SHA-256 of the sealed entry.
    pub hash: Hash,
    /// The entry's place in the compartment's commitment chain.
    pub position: u64,
    /// The unit it is stored for.
    pub unit: String,
    /// What that unit says now that it aims for.
    pub aims: Option<Aims>,
}

/// A thread, opened and verified.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Thread {
    /// The thread.
    pub log: LogId,
    /// The compartment it is sealed to.
    pub compartment: CompartmentName,
    /// The concern.
    pub concern: Concern,
    /// When it was written.
    pub written: Minute,
    /// Who wrote it, as far as it could be verified.
    pub origin: Origin,
    /// The proof that it is stored.
    pub proof: Proof,
    /// When a member of the unit opened it first.
    pub opened: Option<Minute>,
    /// When a member of the unit closed it first.
    pub closed: Option<Minute>,
    /// What the practitioner added, and when: the bytes of [`crate::told::More`].
    pub more: Vec<(Minute, Vec<u8>)>,
    /// What either side wrote to the other, in order.
    pub messages: Vec<MessageView>,
    /// How far the unit said that it has come, and when.
    pub notices: Vec<(Minute, Status)>,
    /// How many entries the thread has.
    pub entries: u32,
    /// The files that the concern comes with.
    pub files: Vec<FileView>,
}

/// A message in a thread.
#[derive(Clone, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct MessageView {
    /// When it was written.
    pub written: Minute,
    /// The member of the unit who wrote it; nobody where it was the practitioner.
    pub by: Option<AccountId>,
    /// The bytes of a [`crate::casework::Message`].
    pub message: Vec<u8>,
    /// Its files.
    pub files: Vec<FileView>,
}

impl core::fmt::Debug for MessageView {
    /// Nothing of what was written.
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(out, "MessageView({:?})", self.written)
    }
}

/// A line of a journal.
#[derive(Clone, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct LineView {
    /// The member who wrote it.
    pub who: AccountId,
    /// When, by their clock.
    pub when: Minute,
    /// The bytes of a [`crate::casework::Work`].
    pub work: Vec<u8>,
}

impl core::fmt::Debug for LineView {
    /// Nothing of what was done.
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(out, "LineView({:?})", self.when)
    }
}

/// A compartment by name, whether or not it can still be sealed to.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct CompartmentName {
    /// The compartment.
    pub id: GroupId,
    /// Its unit's name.
    pub unit: String,
    /// Its unit's identifier in the directory.
    pub unit_id: String,
    /// Whether it is the unit's sealed compartment.
    pub sealed: bool,
}

/// Who wrote a concern.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub enum Origin {
    /// A member of a partner organisation, signing as themselves.
    Member {
        /// The organisation.
        partner: String,
        /// The member's account.
        account: AccountId,
        /// The six words that the member is known by.
        words: Vec<String>,
    },
    /// A partner organisation, with its own key alone.
    Organisation {
        /// The organisation.
        partner: String,
    },
    /// Nobody that could be verified: read it with care.
    Unverified,
    /// A member of the compartment, trying whether it works.
    Test {
        /// The six words that the member is known by.
        words: Vec<String>,
    },
}
