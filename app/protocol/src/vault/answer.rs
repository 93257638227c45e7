//! What the page is told, in answer to what it asks. None of it is a key.

#[cfg(doc)]
use super::Ask;
use super::{
    Blob, FileView, GivenView, Joiner, KeyringSeen, LineView, Missing, NewSlots, ParcelView, Password, Proof,
    Thread, Trusted, UnsentView,
    draft::{CheckpointDraft, CheckpointView, Draft, DraftView, GenesisView, Myself, RecoveredView},
};
use crate::{
    id::{AccountId, AppendId, Hash, LogId, Minute, Token, UnsentId, VerifyingKey},
    refused::Refused,
    slot::SlotKind,
};
use borsh::{BorshDeserialize, BorshSerialize};

/// What the vault says.
#[derive(Clone, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub enum Answer {
    /// It is done; there is nothing to say.
    Done,
    /// It was refused.
    Refused(Refused),
    /// The half that signs in. It opens nothing else.
    Secret([u8; 32]),
    /// The keyring is open.
    Unlocked {
        /// When it was last opened; nothing the first time.
        last_used: Option<Minute>,
    },
    /// Everything was verified.
    Trusted(Trusted),
    /// The keyring to store.
    Keyring {
        /// Its version, one more than the last.
        version: u32,
        /// The sealed bytes.
        keyring: Blob,
        /// What a staff device should remember.
        seen: KeyringSeen,
    },
    /// Tokens of threads, or of drawers.
    Tokens(Vec<Token>),
    /// An append to send as it is, and again as it is where no answer came.
    Sealed {
        /// The append's id.
        append: AppendId,
        /// The thread it writes to.
        log: LogId,
        /// The bytes to send.
        bytes: Blob,
    },
    /// The receipt is genuine.
    Stored(Proof),
    /// A thread, verified in full.
    Thread(Box<Thread>),
    /// A thread and its journal, verified in full.
    Case(Box<Thread>, Vec<LineView>),
    /// A sealed draft of a concern.
    SealedUnsent {
        /// Which draft it is.
        id: UnsentId,
        /// The bytes to keep.
        bytes: Blob,
    },
    /// An opened draft of a concern.
    OpenUnsent(Box<UnsentView>),
    /// A new account's keys, to store.
    Joined {
        /// The account.
        account: AccountId,
        /// Its slots and keyring.
        slots: NewSlots,
        /// The signed answer to the invitation.
        joining: Blob,
        /// Six words to compare with the inviter.
        words: Vec<String>,
    },
    /// Slots and keyring, to store together in place of those before.
    Slots(NewSlots),
    /// An invitation.
    Invited {
        /// Hash of its lookup: all that the server is told of it.
        lookup: Hash,
        /// The end of the link: `/join/` and this. For the invitee alone.
        link: String,
    },
    /// Who answered an invitation, proven.
    Joiner(Joiner),
    /// What was once proved to be stored, and is not among the threads found.
    Adopted(Vec<Missing>),
    /// How far a commitment chain was followed.
    Followed(u64),
    /// A list, compared.
    Compared {
        /// The short name of each thread, in the order of the list.
        references: Vec<String>,
        /// What the chains name and the list leaves out.
        missing: Vec<Missing>,
    },
    /// Threads to open, so that what is in them is remembered.
    Unlearnt(Vec<LogId>),
    /// A link, with the signatures so far.
    Drafted(Draft),
    /// What a draft would change.
    DraftView(Box<DraftView>),
    /// What a first link would found.
    GenesisView(Box<GenesisView>),
    /// A checkpoint, with the signatures so far.
    Checkpoint(CheckpointDraft),
    /// What a checkpoint says that the last one did not.
    CheckpointView(Box<CheckpointView>),
    /// What recovery has made of a group.
    RecoveredView(Box<RecoveredView>),
    /// The public half of this account's keys.
    Myself(Myself),
    /// How each slot opens, in the order of the slots; of a passkey with the hash of its credential's id.
    Openers(Vec<(SlotKind, Option<Hash>)>),
    /// Six random words, for the person alone.
    Passphrase(Password),
    /// A public key, and the six words of it.
    Signer {
        /// The key.
        key: VerifyingKey,
        /// To compare by voice or on paper.
        words: Vec<String>,
    },
    /// Six words to compare.
    Words(Vec<String>),
    /// By the hash of each invitation's lookup.
    Invitees(Vec<(Hash, String)>),
    /// A file, as far as it has come.
    File(FileView),
    /// A part of a file.
    Part {
        /// SHA-256 of it as it is sealed, which is its name.
        hash: Hash,
        /// What to store under that name; nothing where it is stored.
        sealed: Option<Blob>,
    },
    /// A part of a file, opened.
    OpenPart(Blob),
    /// A parcel for a colleague.
    SealedParcel {
        /// Where it is to lie.
        token: Token,
        /// The bytes to put there.
        bytes: Blob,
    },
    /// What a colleague has given.
    Parcel(Box<ParcelView>),
    /// Threads that colleagues gave.
    GivenConcerns(Vec<GivenView>),
}

impl Answer {
    /// Takes out the bytes that go beside the answer, as those of [`Ask::load`] come beside the question.
    pub fn unload(&mut self) -> Option<Vec<u8>> {
        match self {
            Self::Part {
                sealed: Some(place), ..
            }
            | Self::OpenPart(place) => Some(core::mem::take(&mut place.0)),
            _ => None,
        }
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
