//! What the page may ask of the vault, and what it is told. There is no question whose answer is a key.

use super::draft::{CheckpointDraft, Draft, DraftView, GenesisView, GroupView};
use crate::{
    concern::Concern,
    group::GroupKind,
    id::{AccountId, AppendId, Day, GroupId, Hash, LogId, Minute, Token, VerifyingKey},
    invitation::Place,
    refused::Refused,
    slot::SlotKind,
};
use minicbor::{Decode, Encode};

/// A question. Answers come in the order of the questions.
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
pub enum Ask {
    /// The first: which deployment this is, from the page. Answered by [`Answer::Done`].
    #[n(0)]
    Begin(#[n(0)] Deployment),
    /// Derives the two halves from a password: one is kept, the other is [`Answer::Secret`]. Takes about half a second.
    #[n(1)]
    Derive {
        /// The sign-in name, as typed.
        #[n(0)]
        name: String,
        /// The password in UTF-8. The page clears its own copy.
        #[n(1)]
        password: Password,
    },
    /// Opens the keyring with what the last `Derive` kept. Answered by [`Answer::Unlocked`].
    #[n(2)]
    Unlock {
        /// The account.
        #[n(0)]
        account: AccountId,
        /// Its slots, as stored.
        #[n(1)]
        slots: Vec<Blob>,
        /// Its keyring, as stored.
        #[n(2)]
        keyring: Blob,
        /// What this device remembers of the keyring, if it does (staff devices only).
        #[n(3)]
        seen: Option<KeyringSeen>,
    },
    /// Verifies the directory, the chains, the wraps and the checkpoint. Answered by [`Answer::Trusted`].
    #[n(3)]
    Trust {
        /// The signed directory.
        #[n(0)]
        directory: Blob,
        /// Each group's links, in order.
        #[n(1)]
        chains: Vec<(GroupId, Vec<Blob>)>,
        /// The wraps made for this account.
        #[n(2)]
        wraps: Vec<Blob>,
        /// The newest checkpoint.
        #[n(3)]
        checkpoint: Option<Blob>,
        /// Now.
        #[n(4)]
        now: Minute,
    },
    /// The keyring's next version, with what was learnt since. Answered by [`Answer::Keyring`].
    #[n(4)]
    SealKeyring {
        /// Now.
        #[n(0)]
        now: Minute,
    },
    /// The tokens of the threads that this account may have begun: those known, and the next 20. Answered by
    /// [`Answer::Tokens`].
    #[n(5)]
    Tokens,
    /// Which of them open a thread, so that the next concern takes a fresh one. Answered by [`Answer::Adopted`].
    #[n(6)]
    Adopt(#[n(0)] Vec<LogId>),
    /// Seals a concern. Answered by [`Answer::Sealed`]; asking again makes another concern.
    #[n(7)]
    SealConcern {
        /// What is told.
        #[n(0)]
        concern: Concern,
        /// Whether the practitioner signs as themselves; else the organisation's key signs alone.
        #[n(1)]
        named: bool,
        /// Now.
        #[n(2)]
        now: Minute,
    },
    /// Checks the receipt of an append that this vault sealed. Answered by [`Answer::Stored`].
    #[n(8)]
    CheckReceipt {
        /// The append.
        #[n(0)]
        append: AppendId,
        /// The signed receipt.
        #[n(1)]
        receipt: Blob,
    },
    /// Opens a thread that this practitioner began: the bytes of [`crate::append::Fetched`]. Answered by [`Answer::Thread`].
    #[n(9)]
    OpenThread {
        /// The thread that was asked for.
        #[n(0)]
        log: LogId,
        /// What came.
        #[n(1)]
        fetched: Blob,
        /// Now.
        #[n(2)]
        now: Minute,
    },
    /// Opens a thread of a compartment that this assessor holds. Answered by [`Answer::Thread`].
    #[n(10)]
    OpenCase {
        /// The thread that was asked for.
        #[n(0)]
        log: LogId,
        /// What came.
        #[n(1)]
        fetched: Blob,
        /// Now.
        #[n(2)]
        now: Minute,
    },
    /// Seals the word that the unit has opened the thread last opened under this id. Answered by [`Answer::Sealed`].
    #[n(11)]
    SealOpened {
        /// The thread.
        #[n(0)]
        log: LogId,
        /// Now.
        #[n(1)]
        now: Minute,
    },
    /// Follows a compartment's commitment chain, and checks that it passes through what was seen. Answered by
    /// [`Answer::Followed`].
    #[n(12)]
    CheckCommitments {
        /// The compartment.
        #[n(0)]
        compartment: GroupId,
        /// The lines after the last one that this vault has followed (CBOR of `Vec<Commitment>`).
        #[n(1)]
        lines: Blob,
        /// How many the server said that there are; there may be more by now.
        #[n(2)]
        position: u64,
        /// The head that the server said they end in.
        #[n(3)]
        head: Hash,
    },
    /// Seals an unfinished form to its own author, to outlive a lock in the page's memory. Answered by [`Answer::Form`].
    #[n(13)]
    SealForm(#[n(0)] String),
    /// Opens it again. Answered by [`Answer::OpenForm`].
    #[n(14)]
    OpenForm(#[n(0)] Blob),
    /// Seals and opens `size` bytes `count` times with keys of the moment, to measure this machine. Answered by
    /// [`Answer::Done`]; progress is reported after each.
    #[n(15)]
    Measure {
        /// Bytes each.
        #[n(0)]
        size: u32,
        /// How many.
        #[n(1)]
        count: u32,
        /// Whether to open as well as to seal; else only to seal.
        #[n(2)]
        open: bool,
        /// Whether each part gets its place, its padding and its hash, as parts of attachments do; else it is sealed alone.
        #[n(3)]
        whole: bool,
    },
    /// Takes what a passkey computed, for `Unlock` or `AddSlot`. Answered by [`Answer::Done`].
    #[n(16)]
    UsePasskey(#[n(0)] Password),
    /// Takes a recovery code as typed, for `Unlock`. Answered by [`Answer::Secret`].
    #[n(17)]
    UseCode(#[n(0)] Password),
    /// Takes up an invitation: makes the account's keys, sealed under what the last `Derive` kept, and a recovery code. The vault
    /// is open after it. Answered by [`Answer::Joined`].
    #[n(18)]
    Join {
        /// The lookup in the link's path.
        #[n(0)]
        lookup: String,
        /// The link's fragment.
        #[n(1)]
        fragment: Password,
        /// The sign-in name, as it was derived with.
        #[n(2)]
        name: String,
    },
    /// Adds a slot for what the last `UsePasskey` kept. Answered by [`Answer::Slots`].
    #[n(19)]
    AddPasskey,
    /// Replaces the password's slot by one for what the last `Derive` kept. Answered by [`Answer::Slots`].
    #[n(20)]
    ChangePassword,
    /// Replaces the recovery code. Answered by [`Answer::Slots`], with the new code.
    #[n(21)]
    ChangeCode,
    /// Removes the slot at this place; never the last. Answered by [`Answer::Slots`].
    #[n(22)]
    RemoveSlot(#[n(0)] u32),
    /// Makes an invitation. Answered by [`Answer::Invited`]; the keyring has to be stored before the link is given to anybody, or
    /// nobody can check who comes.
    #[n(23)]
    Invite {
        /// What it is for.
        #[n(0)]
        place: Place,
        /// Who is meant, in the inviter's words.
        #[n(1)]
        whom: String,
        /// Now.
        #[n(2)]
        now: Minute,
    },
    /// Checks what came in answer to an invitation of this account. Answered by [`Answer::Joiner`].
    #[n(24)]
    CheckJoining(#[n(0)] Blob),
    /// Forgets an invitation, by the hash of its lookup. Answered by [`Answer::Done`].
    #[n(25)]
    ForgetInvitation(#[n(0)] Hash),
    /// Compares a list of threads with the chains that this vault has followed. Answered by [`Answer::Compared`].
    #[n(26)]
    Compare {
        /// The list.
        #[n(0)]
        listed: Vec<LogId>,
        /// How far each chain had come before the list was made: what came later need not be on it.
        #[n(1)]
        reached: Vec<(GroupId, u64)>,
    },
    /// Which of these threads, each with the number of its entries, have any that were not yet proved to be stored. Answered by
    /// [`Answer::Unlearnt`].
    #[n(27)]
    Unlearnt(#[n(0)] Vec<(LogId, u32)>),
    /// Takes whoever answered an invitation of this account into the group that it names. Answered by [`Answer::Drafted`], with every
    /// epoch's secret for the newcomer.
    #[n(28)]
    Admit {
        /// The signed answer to the invitation.
        #[n(0)]
        joining: Blob,
        /// Now.
        #[n(1)]
        now: Minute,
    },
    /// Lets a member of a group that this account leads go, and starts an epoch. Answered by [`Answer::Drafted`].
    #[n(29)]
    Dismiss {
        /// The group.
        #[n(0)]
        group: GroupId,
        /// Who goes: never this account itself.
        #[n(1)]
        account: AccountId,
        /// Now.
        #[n(2)]
        now: Minute,
    },
    /// Starts an epoch of a group that this account leads. Answered by [`Answer::Drafted`].
    #[n(30)]
    Rotate {
        /// The group.
        #[n(0)]
        group: GroupId,
        /// Now.
        #[n(1)]
        now: Minute,
    },
    /// Changes the rules of a group that this account leads. Answered by [`Answer::Drafted`]; a new recovery key is given every epoch's
    /// secret, and the one before still opens this epoch's, so that a new epoch should follow.
    #[n(31)]
    ChangePolicy {
        /// The group.
        #[n(0)]
        group: GroupId,
        /// Its rules from now on.
        #[n(1)]
        rules: NewRules,
        /// Now.
        #[n(2)]
        now: Minute,
    },
    /// Looks at another lead's draft, which is what may be signed afterwards. Answered by [`Answer::DraftView`].
    #[n(32)]
    ReadDraft {
        /// The group that it is said to be for.
        #[n(0)]
        group: GroupId,
        /// The draft.
        #[n(1)]
        link: Blob,
        /// The signed answer to an invitation, where the draft takes somebody in.
        #[n(2)]
        joining: Option<Blob>,
        /// Now.
        #[n(3)]
        now: Minute,
    },
    /// Signs a draft that was looked at. Answered by [`Answer::Drafted`], without wraps.
    #[n(33)]
    Countersign {
        /// The group.
        #[n(0)]
        group: GroupId,
        /// The draft.
        #[n(1)]
        link: Blob,
        /// Now.
        #[n(2)]
        now: Minute,
    },
    /// Founds a compartment of a unit, with this account as a lead; where more than one signs each change, all are leads. Answered by
    /// [`Answer::Drafted`].
    #[n(34)]
    Found {
        /// The unit's identifier in the directory.
        #[n(0)]
        unit: String,
        /// What it is; not a partner.
        #[n(1)]
        kind: GroupKind,
        /// Its name.
        #[n(2)]
        name: String,
        /// The others, each by the answer to an invitation of this account to set up that unit.
        #[n(3)]
        members: Vec<Blob>,
        /// Its rules.
        #[n(4)]
        rules: NewRules,
        /// Now.
        #[n(5)]
        now: Minute,
    },
    /// Looks at a group's first link, as a lead whom it names or, where it is a partner's, as an administrator. Answered by
    /// [`Answer::GenesisView`].
    #[n(35)]
    ReadGenesis {
        /// The link.
        #[n(0)]
        link: Blob,
        /// Answers to invitations: where one is a member's, their name is told.
        #[n(1)]
        joinings: Vec<Blob>,
        /// Now.
        #[n(2)]
        now: Minute,
    },
    /// Signs a first link that was looked at, as a lead whom it names. Answered by [`Answer::Drafted`], without wraps.
    #[n(36)]
    CountersignGenesis {
        /// The link.
        #[n(0)]
        link: Blob,
        /// Now.
        #[n(1)]
        now: Minute,
    },
    /// Founds a partner organisation with this account as its lead; it may follow `Join` at once. Answered by [`Answer::Drafted`], which
    /// two administrators have to sign.
    #[n(37)]
    FoundPartner {
        /// Its name, as in the invitation.
        #[n(0)]
        name: String,
        /// Now.
        #[n(1)]
        now: Minute,
    },
    /// Signs a partner's first link that was looked at, as an administrator. Answered by [`Answer::Drafted`], without wraps.
    #[n(38)]
    SignGenesis {
        /// The link.
        #[n(0)]
        link: Blob,
        /// The lead's answer to the invitation. Where it was this account's, it has to be proved.
        #[n(1)]
        joining: Blob,
        /// Now.
        #[n(2)]
        now: Minute,
    },
    /// Makes the next checkpoint, as an administrator. Answered by [`Answer::Checkpoint`].
    #[n(39)]
    DraftCheckpoint {
        /// Each commitment chain's length and head, as the server says them.
        #[n(0)]
        heads: Vec<(GroupId, u64, Hash)>,
        /// Now.
        #[n(1)]
        now: Minute,
    },
    /// Signs another administrator's checkpoint, where this one sees the same or more. Answered by [`Answer::Checkpoint`].
    #[n(40)]
    CountersignCheckpoint {
        /// The checkpoint, signed so far.
        #[n(0)]
        checkpoint: Blob,
        /// Each commitment chain's length and head, as the server says them now.
        #[n(1)]
        heads: Vec<(GroupId, u64, Hash)>,
        /// Now.
        #[n(2)]
        now: Minute,
    },
    /// How the keyring can be opened. Answered by [`Answer::Openers`].
    #[n(41)]
    Openers,
    /// A fresh passphrase to propose. Answered by [`Answer::Passphrase`].
    #[n(42)]
    Passphrase,
}

/// Rules for a group, as somebody filled them in.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct NewRules {
    /// How many leads sign each link.
    #[n(0)]
    pub signers: u8,
    /// The public half of the recovery key in one line, as the native tool writes it; a partner has none.
    #[n(1)]
    pub recovery: Option<String>,
    /// Who holds shares of it, by name: at most 10.
    #[n(2)]
    pub custodians: Vec<String>,
}

/// What the vault says.
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
pub enum Answer {
    /// It is done; there is nothing to say.
    #[n(0)]
    Done,
    /// It was refused.
    #[n(1)]
    Refused(#[n(0)] Refused),
    /// The half that signs in. It opens nothing else.
    #[n(2)]
    Secret(#[cbor(n(0), with = "minicbor::bytes")] [u8; 32]),
    /// The keyring is open.
    #[n(3)]
    Unlocked {
        /// When it was last opened; nothing the first time.
        #[n(0)]
        last_used: Option<Minute>,
    },
    /// Everything was verified.
    #[n(4)]
    Trusted(#[n(0)] Trusted),
    /// The keyring to store.
    #[n(5)]
    Keyring {
        /// Its version, one more than the last.
        #[n(0)]
        version: u32,
        /// The sealed bytes.
        #[n(1)]
        keyring: Blob,
        /// What a staff device should remember.
        #[n(2)]
        seen: KeyringSeen,
    },
    /// Tokens of threads.
    #[n(6)]
    Tokens(#[n(0)] Vec<Token>),
    /// An append to send as it is, and again as it is where no answer came.
    #[n(7)]
    Sealed {
        /// The append's id.
        #[n(0)]
        append: AppendId,
        /// The thread it writes to.
        #[n(1)]
        log: LogId,
        /// The bytes to send.
        #[n(2)]
        bytes: Blob,
    },
    /// The receipt is genuine.
    #[n(8)]
    Stored(#[n(0)] Proof),
    /// A thread, verified in full.
    #[n(9)]
    Thread(#[n(0)] Box<Thread>),
    /// A sealed form.
    #[n(10)]
    Form(#[n(0)] Blob),
    /// An opened form.
    #[n(11)]
    OpenForm(#[n(0)] String),
    /// A new account's keys, to store.
    #[n(12)]
    Joined {
        /// The account.
        #[n(0)]
        account: AccountId,
        /// Its slots and keyring.
        #[n(1)]
        slots: NewSlots,
        /// The signed answer to the invitation.
        #[n(2)]
        joining: Blob,
        /// Six words to compare with the inviter.
        #[n(3)]
        words: Vec<String>,
    },
    /// Slots and keyring, to store together in place of those before.
    #[n(13)]
    Slots(#[n(0)] NewSlots),
    /// An invitation.
    #[n(14)]
    Invited {
        /// Hash of its lookup: all that the server is told of it.
        #[n(0)]
        lookup: Hash,
        /// The end of the link: `/join/` and this. For the invitee alone.
        #[n(1)]
        link: String,
    },
    /// Who answered an invitation, proven.
    #[n(15)]
    Joiner(#[n(0)] Joiner),
    /// What was once proved to be stored, and is not among the threads found.
    #[n(16)]
    Adopted(#[n(0)] Vec<Missing>),
    /// How far a commitment chain was followed.
    #[n(17)]
    Followed(#[n(0)] u64),
    /// A list, compared.
    #[n(18)]
    Compared {
        /// The short name of each thread, in the order of the list.
        #[n(0)]
        references: Vec<String>,
        /// What the chains name and the list leaves out.
        #[n(1)]
        missing: Vec<Missing>,
    },
    /// Threads to open, so that what is in them is remembered.
    #[n(19)]
    Unlearnt(#[n(0)] Vec<LogId>),
    /// A link, with the signatures so far.
    #[n(20)]
    Drafted(#[n(0)] Draft),
    /// What a draft would change.
    #[n(21)]
    DraftView(#[n(0)] Box<DraftView>),
    /// What a first link would found.
    #[n(22)]
    GenesisView(#[n(0)] Box<GenesisView>),
    /// A checkpoint, with the signatures so far.
    #[n(23)]
    Checkpoint(#[n(0)] CheckpointDraft),
    /// How each slot opens, in the order of the slots.
    #[n(24)]
    Openers(#[n(0)] Vec<SlotKind>),
    /// Six random words, for the person alone.
    #[n(25)]
    Passphrase(#[n(0)] Password),
}

/// A thread that the server had and does not give.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Missing {
    /// Its short name.
    #[n(0)]
    pub reference: String,
    /// The day its last known entry was stored, where a receipt says so.
    #[n(1)]
    pub day: Option<Day>,
}

/// Slots and keyring, sealed under a fresh key: what opened the ones before does not open these, unless it has a slot here.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct NewSlots {
    /// The keyring's version.
    #[n(0)]
    pub version: u32,
    /// The sealed keyring.
    #[n(1)]
    pub keyring: Blob,
    /// The slots, and how each opens.
    #[n(2)]
    pub slots: Vec<(SlotKind, Blob)>,
    /// What a staff device should remember.
    #[n(3)]
    pub seen: KeyringSeen,
    /// A new recovery code, to be shown once.
    #[n(4)]
    pub code: Option<NewCode>,
}

/// A new recovery code.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct NewCode {
    /// Its twelve words, for the person alone.
    #[n(0)]
    pub words: Password,
    /// The half that signs in, for the server. It opens nothing else.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub secret: [u8; 32],
}

/// Who answered an invitation.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Joiner {
    /// Hash of the invitation's lookup.
    #[n(0)]
    pub lookup: Hash,
    /// The new account.
    #[n(1)]
    pub account: AccountId,
    /// Its sign-in name.
    #[n(2)]
    pub name: String,
    /// Who was meant, in the inviter's words.
    #[n(3)]
    pub whom: String,
    /// What the invitation was for.
    #[n(4)]
    pub place: Place,
    /// Six words to compare by voice.
    #[n(5)]
    pub words: Vec<String>,
}

impl core::fmt::Debug for Ask {
    /// Nothing of what is asked: it may be what somebody told.
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        out.write_str("Ask(..)")
    }
}

impl core::fmt::Debug for Answer {
    /// Why something was refused, and nothing else of what is answered.
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Refused(why) => write!(out, "Refused({why:?})"),
            _ => out.write_str("Answer(..)"),
        }
    }
}

/// Bytes as one CBOR byte string.
#[derive(Clone, PartialEq, Eq, Default, Encode, Decode)]
#[cbor(transparent)]
pub struct Blob(#[cbor(with = "minicbor::bytes")] pub Vec<u8>);

impl core::fmt::Debug for Blob {
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(out, "Blob({})", self.0.len())
    }
}

/// A password on its way to the vault, cleared when dropped.
#[derive(Clone, PartialEq, Eq, Encode, Decode, zeroize::Zeroize, zeroize::ZeroizeOnDrop)]
#[cbor(transparent)]
pub struct Password(#[cbor(with = "minicbor::bytes")] pub Vec<u8>);

impl core::fmt::Debug for Password {
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        out.write_str("Password(..)")
    }
}

/// Which deployment this is: from the page, never from the database.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Deployment {
    /// Its name.
    #[n(0)]
    pub name: String,
    /// The root public keys.
    #[n(1)]
    pub roots: Vec<VerifyingKey>,
    /// How many of them must sign.
    #[n(2)]
    pub threshold: u8,
}

/// The version and hash of a keyring: all that a staff device remembers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct KeyringSeen {
    /// The version.
    #[n(0)]
    pub version: u32,
    /// SHA-256 of the sealed keyring.
    #[n(1)]
    pub hash: Hash,
}

/// What was verified, for pages to show.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Trusted {
    /// The directory's version.
    #[n(0)]
    pub version: u32,
    /// Its hash as six words, to compare on paper or by voice.
    #[n(1)]
    pub words: Vec<String>,
    /// When it was made and when it expires.
    #[n(2)]
    pub issued: Day,
    /// The last day on which it is valid.
    #[n(3)]
    pub expires: Day,
    /// The forces, by name.
    #[n(4)]
    pub forces: Vec<ForceView>,
    /// The compartments that the caller is a member of.
    #[n(5)]
    pub mine: Vec<CompartmentView>,
    /// The caller's partner organisation, if it has one.
    #[n(6)]
    pub partner: Option<String>,
    /// What is not as it should be, but does not stop work.
    #[n(7)]
    pub warnings: Vec<Warning>,
    /// The groups that this account is in.
    #[n(8)]
    pub groups: Vec<GroupView>,
    /// Whether the directory lists this account's signing key as an administrator's.
    #[n(9)]
    pub is_administrator: bool,
    /// Whether the administrators' next checkpoint is due, where this account is one of them: a week after the last.
    #[n(10)]
    pub checkpoint_due: bool,
}

/// A force to choose.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct ForceView {
    /// Its identifier.
    #[n(0)]
    pub id: String,
    /// Its name.
    #[n(1)]
    pub name: String,
    /// Who reads a concern about somebody there, unless one of the two below does; nothing where nobody can.
    #[n(2)]
    pub intake: Option<CompartmentView>,
    /// Who reads one about somebody senior or close to the unit.
    #[n(3)]
    pub sealed: Option<CompartmentView>,
    /// Who reads one about the chief officer.
    #[n(4)]
    pub oversight: Option<CompartmentView>,
}

/// A compartment that can be sealed to.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct CompartmentView {
    /// The compartment.
    #[n(0)]
    pub id: GroupId,
    /// Its unit's name.
    #[n(1)]
    pub unit: String,
    /// Whether it is the unit's sealed compartment.
    #[n(2)]
    pub sealed: bool,
    /// How many members can open what is sealed to it now.
    #[n(3)]
    pub members: u32,
    /// Its chain's head as six words.
    #[n(4)]
    pub words: Vec<String>,
    /// Who holds shares of its recovery key; any two of them can open what is sealed to it.
    #[n(5)]
    pub custodians: Vec<String>,
}

/// Something to tell the person, without stopping.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Encode, Decode)]
#[cbor(index_only)]
pub enum Warning {
    /// No checkpoint under 30 days old: old copies could pass for the present.
    #[n(0)]
    NoFreshCheckpoint,
    /// The directory expires within 30 days.
    #[n(1)]
    DirectoryExpiresSoon,
    /// A head that this keyring has seen is missing from the newest checkpoint.
    #[n(2)]
    HeadMissing,
    /// Since this keyring last looked, all members of a group were replaced by its recovery key.
    #[n(3)]
    Recovered,
}

/// What a genuine receipt proves.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Proof {
    /// The short name of the thread that people read to each other, such as `4F7K-9QMD`.
    #[n(0)]
    pub reference: String,
    /// The day it was stored.
    #[n(1)]
    pub day: Day,
    /// SHA-256 of the sealed entry.
    #[n(2)]
    pub hash: Hash,
    /// The entry's place in the compartment's commitment chain.
    #[n(3)]
    pub position: u64,
    /// The unit it is stored for.
    #[n(4)]
    pub unit: String,
}

/// A thread, opened and verified.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Thread {
    /// The thread.
    #[n(0)]
    pub log: LogId,
    /// The compartment it is sealed to.
    #[n(1)]
    pub compartment: CompartmentName,
    /// The concern.
    #[n(2)]
    pub concern: Concern,
    /// When it was written.
    #[n(3)]
    pub written: Minute,
    /// Who wrote it, as far as it could be verified.
    #[n(4)]
    pub origin: Origin,
    /// The proof that it is stored.
    #[n(5)]
    pub proof: Proof,
    /// When a member of the unit opened it first.
    #[n(6)]
    pub opened: Option<Minute>,
    /// How many entries the thread has.
    #[n(7)]
    pub entries: u32,
}

/// A compartment by name, whether or not it can still be sealed to.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct CompartmentName {
    /// The compartment.
    #[n(0)]
    pub id: GroupId,
    /// Its unit's name.
    #[n(1)]
    pub unit: String,
    /// Whether it is the unit's sealed compartment.
    #[n(2)]
    pub sealed: bool,
}

/// Who wrote a concern.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Origin {
    /// A member of a partner organisation, signing as themselves.
    #[n(0)]
    Member {
        /// The organisation.
        #[n(0)]
        partner: String,
        /// The member's account.
        #[n(1)]
        account: AccountId,
        /// The six words that the member is known by.
        #[n(2)]
        words: Vec<String>,
    },
    /// A partner organisation, with its own key alone.
    #[n(1)]
    Organisation {
        /// The organisation.
        #[n(0)]
        partner: String,
    },
    /// Nobody that could be verified: read it with care.
    #[n(2)]
    Unverified,
}
