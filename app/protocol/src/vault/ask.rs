//! What the page may ask of the vault, and what it is told. There is no question whose answer is a key.

#[cfg(doc)]
use super::Answer;
use crate::{
    casework::Status,
    concern::Concern,
    group::{Aims, GroupKind},
    id::{AccountId, AppendId, AttachmentId, GroupId, Hash, LogId, Minute, UnsentId, VerifyingKey},
    invitation::Place,
};
use borsh::{BorshDeserialize, BorshSerialize};

/// A question. Answers come in the order of the questions.
#[derive(Clone, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub enum Ask {
    /// The first: which deployment this is, from the page. Answered by [`Answer::Done`].
    Begin(Deployment),
    /// Derives the two halves from a password: one is kept, the other is [`Answer::Secret`]. Takes about half a second.
    Derive {
        /// The sign-in name, as typed.
        name: String,
        /// The password in UTF-8. The page clears its own copy.
        password: Password,
    },
    /// Opens the keyring with what the last `Derive` kept. Answered by [`Answer::Unlocked`].
    Unlock {
        /// The account.
        account: AccountId,
        /// Its slots, as stored.
        slots: Vec<Blob>,
        /// Its keyring, as stored.
        keyring: Blob,
        /// What this device remembers of the keyring, if it does (staff devices only).
        seen: Option<KeyringSeen>,
    },
    /// Verifies the directory, the chains, the wraps and the checkpoint. Answered by [`Answer::Trusted`].
    Trust {
        /// The signed directory.
        directory: Blob,
        /// Each group's links, in order.
        chains: Vec<(GroupId, Vec<Blob>)>,
        /// The wraps made for this account.
        wraps: Vec<Blob>,
        /// The newest checkpoint.
        checkpoint: Option<Blob>,
        /// Now.
        now: Minute,
    },
    /// The keyring's next version, with what was learnt since. Answered by [`Answer::Keyring`].
    SealKeyring {
        /// Now.
        now: Minute,
    },
    /// The tokens of the threads that this account may have begun: those known, and the next 20. Answered by
    /// [`Answer::Tokens`].
    Tokens,
    /// Which of them open a thread, so that the next concern takes a fresh one. Answered by [`Answer::Adopted`].
    Adopt(Vec<LogId>),
    /// Seals a concern. Answered by [`Answer::Sealed`]; asking again makes another concern.
    SealConcern {
        /// What is told.
        concern: Concern,
        /// Its files, each stored whole.
        files: Vec<AttachmentId>,
        /// Whether the practitioner signs as themselves; else the organisation's key signs alone.
        named: bool,
        /// Now.
        now: Minute,
    },
    /// Checks the receipt of an append that this vault sealed. Answered by [`Answer::Stored`].
    CheckReceipt {
        /// The append.
        append: AppendId,
        /// The signed receipt.
        receipt: Blob,
    },
    /// Opens a thread that this practitioner began: the bytes of [`crate::append::Fetched`]. Answered by [`Answer::Thread`].
    OpenThread {
        /// The thread that was asked for.
        log: LogId,
        /// What came.
        fetched: Blob,
        /// Now.
        now: Minute,
    },
    /// Opens a thread of a compartment that this assessor holds, and its journal. Answered by [`Answer::Case`].
    OpenCase {
        /// The thread that was asked for.
        log: LogId,
        /// What came.
        fetched: Blob,
        /// What came of its journal; nothing where there is none yet.
        journal: Option<Blob>,
        /// How far the compartment's commitment chain was followed before it came: whatever that names must be there.
        reached: u64,
        /// Now.
        now: Minute,
    },
    /// Seals the word that the unit has opened the thread last opened under this id. Answered by [`Answer::Sealed`].
    SealOpened {
        /// The thread.
        log: LogId,
        /// Now.
        now: Minute,
    },
    /// Follows a compartment's commitment chain, and checks that it passes through what was seen. Answered by
    /// [`Answer::Followed`].
    CheckCommitments {
        /// The compartment.
        compartment: GroupId,
        /// The lines after the last one that this vault has followed (CBOR of `Vec<Commitment>`).
        lines: Blob,
        /// How many the server said that there are; there may be more by now.
        position: u64,
        /// The head that the server said they end in.
        head: Hash,
    },
    /// Seals a draft of a concern into one of its author's drawers, or to outlive a lock in the page's memory
    /// ([`crate::unsent::PAGE`]). Answered by [`Answer::SealedUnsent`].
    SealUnsent {
        /// The drawer.
        drawer: u8,
        /// One more than what lies there.
        version: u32,
        /// The draft.
        unsent: UnsentText,
    },
    /// Opens it again: never an older one than this vault has seen. Answered by [`Answer::OpenUnsent`].
    OpenUnsent {
        /// The drawer.
        drawer: u8,
        /// What lay there.
        sealed: Blob,
    },
    /// Seals and opens `size` bytes `count` times with keys of the moment, to measure this machine. Answered by
    /// [`Answer::Done`]; progress is reported after each.
    Measure {
        /// Bytes each.
        size: u32,
        /// How many.
        count: u32,
        /// Whether to open as well as to seal; else only to seal.
        open: bool,
        /// Whether each part gets its place, its padding and its hash, as parts of attachments do; else it is sealed alone.
        whole: bool,
    },
    /// Takes what a passkey computed, for `Unlock` or `AddSlot`. Answered by [`Answer::Done`].
    UsePasskey(Password),
    /// Takes a recovery code as typed, for `Unlock`. Answered by [`Answer::Secret`].
    UseCode(Password),
    /// Takes up an invitation: makes the account's keys, sealed under what the last `Derive` kept, and a recovery code. The vault
    /// is open after it. Answered by [`Answer::Joined`].
    Join {
        /// The lookup in the link's path.
        lookup: String,
        /// The link's fragment.
        fragment: Password,
        /// The sign-in name, as it was derived with.
        name: String,
    },
    /// Adds a slot for what the last `UsePasskey` kept: of the passkey whose credential has this id. Answered by
    /// [`Answer::Slots`].
    AddPasskey(Blob),
    /// Replaces the password's slot by one for what the last `Derive` kept. Answered by [`Answer::Slots`].
    ChangePassword,
    /// Replaces the recovery code. Answered by [`Answer::Slots`], with the new code.
    ChangeCode,
    /// Removes the slot of the passkey whose credential's id has this hash; never the last slot. Answered by [`Answer::Slots`], or by [`Answer::Done`] where it has none.
    RemovePasskey(Hash),
    /// Makes an invitation. Answered by [`Answer::Invited`]; the keyring has to be stored before the link is given to anybody, or
    /// nobody can check who comes.
    Invite {
        /// What it is for.
        place: Place,
        /// Who is meant, in the inviter's words.
        whom: String,
        /// Now.
        now: Minute,
    },
    /// Checks what came in answer to an invitation of this account. Answered by [`Answer::Joiner`].
    CheckJoining(Blob),
    /// Forgets an invitation, by the hash of its lookup. Answered by [`Answer::Done`].
    ForgetInvitation(Hash),
    /// Compares a list of threads with the chains that this vault has followed. Answered by [`Answer::Compared`].
    Compare {
        /// The list.
        listed: Vec<LogId>,
        /// How far each chain had come before the list was made: what came later need not be on it.
        reached: Vec<(GroupId, u64)>,
    },
    /// Which of these threads, each with the number of its entries, have any that were not yet proved to be stored. Answered by
    /// [`Answer::Unlearnt`].
    Unlearnt(Vec<(LogId, u32)>),
    /// Takes whoever answered an invitation of this account into the group that it names. Answered by [`Answer::Drafted`], with every
    /// epoch's secret for the newcomer.
    Admit {
        /// The signed answer to the invitation.
        joining: Blob,
        /// Now.
        now: Minute,
    },
    /// Lets a member of a group that this account leads go, and starts an epoch. Answered by [`Answer::Drafted`].
    Dismiss {
        /// The group.
        group: GroupId,
        /// Who goes: never this account itself.
        account: AccountId,
        /// Now.
        now: Minute,
    },
    /// Starts an epoch of a group that this account leads. Answered by [`Answer::Drafted`].
    Rotate {
        /// The group.
        group: GroupId,
        /// Now.
        now: Minute,
    },
    /// Changes the rules of a group that this account leads. Answered by [`Answer::Drafted`]; a new recovery key is given every epoch's
    /// secret, and the one before still opens this epoch's, so that a new epoch should follow.
    ChangePolicy {
        /// The group.
        group: GroupId,
        /// Its rules from now on.
        rules: NewRules,
        /// Now.
        now: Minute,
    },
    /// Looks at another lead's draft, which is what may be signed afterwards. Answered by [`Answer::DraftView`].
    ReadDraft {
        /// The group that it is said to be for.
        group: GroupId,
        /// The draft.
        link: Blob,
        /// The signed answer to an invitation, where the draft takes somebody in.
        joining: Option<Blob>,
        /// Now.
        now: Minute,
    },
    /// Signs a draft that was looked at. Answered by [`Answer::Drafted`], without wraps.
    Countersign {
        /// The group.
        group: GroupId,
        /// The draft.
        link: Blob,
        /// Now.
        now: Minute,
    },
    /// Founds a compartment of a unit, with this account as a lead; where more than one signs each change, all are leads. Answered by
    /// [`Answer::Drafted`].
    Found {
        /// The unit's identifier in the directory.
        unit: String,
        /// What it is; not a partner.
        kind: GroupKind,
        /// Its name.
        name: String,
        /// The others, each by the answer to an invitation of this account to set up that unit.
        members: Vec<Blob>,
        /// Its rules.
        rules: NewRules,
        /// Now.
        now: Minute,
    },
    /// Looks at a group's first link, as a lead whom it names or, where it is a partner's, as an administrator. Answered by
    /// [`Answer::GenesisView`].
    ReadGenesis {
        /// The link.
        link: Blob,
        /// Answers to invitations: where one is a member's, their name is told.
        joinings: Vec<Blob>,
        /// Now.
        now: Minute,
    },
    /// Signs a first link that was looked at, as a lead whom it names. Answered by [`Answer::Drafted`], without wraps.
    CountersignGenesis {
        /// The link.
        link: Blob,
        /// Now.
        now: Minute,
    },
    /// Founds a partner organisation with this account as its lead; it may follow `Join` at once. Answered by [`Answer::Drafted`], which
    /// two administrators have to sign.
    FoundPartner {
        /// Its name, as in the invitation.
        name: String,
        /// Now.
        now: Minute,
    },
    /// Signs a partner's first link that was looked at, as an administrator. Answered by [`Answer::Drafted`], without wraps.
    SignGenesis {
        /// The link.
        link: Blob,
        /// The lead's answer to the invitation. Where it was this account's, it has to be proved.
        joining: Blob,
        /// Now.
        now: Minute,
    },
    /// Makes the next checkpoint, as an administrator. Answered by [`Answer::Checkpoint`].
    DraftCheckpoint {
        /// Each commitment chain's length and head, as the server says them.
        heads: Vec<(GroupId, u64, Hash)>,
        /// Now.
        now: Minute,
    },
    /// Looks at a checkpoint, one's own or another administrator's, which is what may be signed afterwards. Answered by
    /// [`Answer::CheckpointView`].
    ReadCheckpoint {
        /// The checkpoint, signed so far.
        checkpoint: Blob,
        /// Each commitment chain's length and head, as the server says them now.
        heads: Vec<(GroupId, u64, Hash)>,
        /// Now.
        now: Minute,
    },
    /// Signs another administrator's checkpoint that was looked at, where this one sees the same or more. Answered by
    /// [`Answer::Checkpoint`].
    CountersignCheckpoint {
        /// The checkpoint, signed so far.
        checkpoint: Blob,
        /// Each commitment chain's length and head, as the server says them now.
        heads: Vec<(GroupId, u64, Hash)>,
        /// Now.
        now: Minute,
    },
    /// Looks at what recovery has made of a group, before it is handed in. Answered by [`Answer::RecoveredView`].
    ReadRecovered {
        /// The bytes of [`crate::export::Recovered`].
        recovered: Blob,
        /// Now.
        now: Minute,
    },
    /// The public half of this account's keys, which those who recover a group are given. Answered by [`Answer::Myself`].
    Myself,
    /// How the keyring can be opened. Answered by [`Answer::Openers`].
    Openers,
    /// A fresh passphrase to propose. Answered by [`Answer::Passphrase`].
    Passphrase,
    /// Takes the server's word that there is no directory yet. Answered by [`Answer::Done`]; refused where this keyring has seen one.
    NoDirectory,
    /// This account's signing key, which an administrator gives to those who hold the roots. Answered by [`Answer::Signer`].
    Signer,
    /// The six words of a recovery key, by its public half in one line, as the native tool writes it. Answered by [`Answer::Words`].
    ReadRecovery(String),
    /// Seals a marked test to a compartment that this account holds. Answered by [`Answer::Sealed`].
    SealTest {
        /// The compartment.
        group: GroupId,
        /// What stands in the place of a concern.
        concern: Concern,
        /// Now.
        now: Minute,
    },
    /// Seals the word that the unit has closed the thread last opened under this id. Answered by [`Answer::Sealed`].
    SealClosed {
        /// The thread.
        log: LogId,
        /// Now.
        now: Minute,
    },
    /// Whom the open invitations of this account are for, in its own words. Answered by [`Answer::Invitees`].
    Invitees,
    /// Seals what a practitioner adds to the thread last opened under this id: the bytes of [`crate::told::More`]. Answered by
    /// [`Answer::Sealed`].
    SealMore {
        /// The thread.
        log: LogId,
        /// What is added.
        more: Vec<u8>,
        /// Now.
        now: Minute,
    },
    /// The case last opened under this id, as it was then. Answered by [`Answer::Case`]; refused where none was, and where the compartment's
    /// commitment chain, followed so far, names more of it.
    KnownCase {
        /// The thread.
        log: LogId,
        /// How far the chain was followed.
        reached: u64,
    },
    /// Seals what a member does with the case last opened under this id, what the practitioner is told of it, or both: one append.
    /// Answered by [`Answer::Sealed`].
    SealWork {
        /// The thread.
        log: LogId,
        /// For the journal, in this order: the bytes of [`crate::casework::Work`].
        work: Vec<Vec<u8>>,
        /// For the thread: the bytes of a [`crate::casework::Message`], with its files.
        message: Option<(Vec<u8>, Vec<AttachmentId>)>,
        /// For the thread: how far it has come.
        notice: Option<Status>,
        /// Now.
        now: Minute,
    },
    /// The token of each drawer, in their order. Answered by [`Answer::Tokens`].
    UnsentTokens,
    /// Begins to seal a file, under an identity of its own. Answered by [`Answer::File`].
    BeginFile {
        /// Its name.
        name: String,
        /// What the browser takes it for.
        media: String,
        /// Its length in bytes.
        length: u64,
        /// Of which other file it is a copy without what a camera adds.
        copy_of: Option<AttachmentId>,
    },
    /// Seals the next part of a file, from the first on: whoever begins again begins there. One that is stored must be as it was.
    /// Answered by [`Answer::Part`].
    SealPart {
        /// The file.
        file: AttachmentId,
        /// The part's place, counted from 0.
        index: u32,
        /// What is in it: 4 MiB, or what is left.
        bytes: Blob,
    },
    /// The part that was sealed last is stored. Answered by [`Answer::File`].
    PartStored(AttachmentId),
    /// Changes what the writer says of a file. Answered by [`Answer::File`].
    NoteFile {
        /// The file.
        file: AttachmentId,
        /// What they say.
        note: String,
    },
    /// Opens the next part of a file of a thread that is open, from the first on. Answered by [`Answer::OpenPart`].
    OpenPart {
        /// The thread.
        log: LogId,
        /// The file.
        file: AttachmentId,
        /// The part's place, counted from 0.
        index: u32,
        /// What came.
        sealed: Blob,
    },
    /// Says what a unit aims for, or that it says nothing, and leaves every other rule of a compartment that this account leads as it
    /// is. Answered by [`Answer::Drafted`].
    ChangeAims {
        /// The compartment.
        group: GroupId,
        /// What it says from now on.
        aims: Option<Aims>,
        /// Now.
        now: Minute,
    },
    /// The tokens under which parcels for this account may lie, those of the newest epoch first. Answered by [`Answer::Tokens`].
    ParcelTokens,
    /// Seals a draft to a colleague. Answered by [`Answer::SealedParcel`].
    GiveDraft {
        /// Its drawer.
        drawer: u8,
        /// What lies there.
        sealed: Blob,
        /// The colleague.
        to: AccountId,
        /// Which of their places it is for.
        slot: u8,
        /// Now.
        now: Minute,
    },
    /// Seals what opens a thread to a colleague: one that was opened here. Answered by [`Answer::SealedParcel`].
    GiveConcern {
        /// The thread.
        log: LogId,
        /// The colleague.
        to: AccountId,
        /// Which of their places it is for.
        slot: u8,
        /// Now.
        now: Minute,
    },
    /// Opens what a colleague has given. Answered by [`Answer::Parcel`].
    OpenParcel {
        /// The place of its token in the answer to `ParcelTokens`.
        place: u8,
        /// What lay there.
        sealed: Blob,
        /// Now.
        now: Minute,
    },
    /// Seals the draft of a parcel that was opened into an empty drawer, as its first version. Answered by [`Answer::SealedUnsent`]; once
    /// that is stored, `SettleParcel`.
    TakeDraft {
        /// The parcel.
        parcel: Hash,
        /// The drawer.
        drawer: u8,
    },
    /// Puts the thread of a parcel that was opened among one's own, and settles the parcel. Answered by [`Answer::Done`]; the keyring has
    /// to be stored before the parcel is deleted.
    TakeConcern {
        /// The parcel.
        parcel: Hash,
        /// Now.
        now: Minute,
    },
    /// Remembers that a parcel that was opened was taken or refused, so that it does not come twice. Answered by [`Answer::Done`].
    SettleParcel {
        /// The parcel.
        parcel: Hash,
        /// Now.
        now: Minute,
    },
    /// The threads that colleagues gave to this account. Answered by [`Answer::GivenConcerns`].
    GivenConcerns,
}

/// A draft of a concern, as the page has it.
#[derive(Clone, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct UnsentText {
    /// Which draft it is; nothing where it is new.
    pub id: Option<UnsentId>,
    /// What its author calls it.
    pub label: String,
    /// The answers so far, in the page's own form.
    pub text: String,
    /// Its files.
    pub files: Vec<AttachmentId>,
}

/// Rules for a group, as somebody filled them in.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct NewRules {
    /// How many leads sign each link.
    pub signers: u8,
    /// The public half of the recovery key in one line, as the native tool writes it; a partner has none.
    pub recovery: Option<String>,
    /// Who holds shares of it, by name: at most 10.
    pub custodians: Vec<String>,
}

impl Ask {
    /// Whether it leads to an open vault that holds the server to what it said before, or puts away what somebody was writing, which
    /// waits for no server. The rest is asked of one that is open, or by
    /// whoever joins: a browser fetches what answers that when it is first asked.
    pub fn leads_in(&self) -> bool {
        matches!(
            self,
            Self::Begin(_)
                | Self::Derive { .. }
                | Self::UsePasskey(_)
                | Self::Unlock { .. }
                | Self::Trust { .. }
                | Self::NoDirectory
                | Self::Tokens
                | Self::Adopt(_)
                | Self::Unlearnt(_)
                | Self::CheckCommitments { .. }
                | Self::Compare { .. }
                | Self::SealUnsent { .. }
                | Self::OpenUnsent { .. }
                | Self::UnsentTokens
                | Self::SealKeyring { .. }
        )
    }
}

impl Ask {
    /// Puts bytes that came beside the question where they belong: a part of a file is large, and no codec need copy it.
    pub fn load(&mut self, beside: Vec<u8>) {
        if let Self::SealPart { bytes: place, .. } | Self::OpenPart { sealed: place, .. } = self {
            *place = Blob(beside);
        }
    }
}

impl core::fmt::Debug for Ask {
    /// Nothing of what is asked: it may be what somebody told.
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        out.write_str("Ask(..)")
    }
}

/// Bytes as one CBOR byte string.
#[derive(Clone, PartialEq, Eq, Default, BorshSerialize, BorshDeserialize)]
pub struct Blob(pub Vec<u8>);

impl core::fmt::Debug for Blob {
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(out, "Blob({})", self.0.len())
    }
}

/// A password on its way to the vault, cleared when dropped.
#[derive(
    Clone, PartialEq, Eq, BorshSerialize, BorshDeserialize, zeroize::Zeroize, zeroize::ZeroizeOnDrop,
)]
pub struct Password(pub Vec<u8>);

impl core::fmt::Debug for Password {
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        out.write_str("Password(..)")
    }
}

/// Which deployment this is: from the page, never from the database.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Deployment {
    /// Its name.
    pub name: String,
    /// The root public keys.
    pub roots: Vec<VerifyingKey>,
    /// How many of them must sign.
    pub threshold: u8,
}

/// The version and hash of a keyring: all that a staff device remembers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct KeyringSeen {
    /// The version.
    pub version: u32,
    /// SHA-256 of the sealed keyring.
    pub hash: Hash,
}
