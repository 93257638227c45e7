//! What crosses between a client and the store: appends, receipts and the commitment chain.
//!
//! An append is CBOR, sent once and, where the answer was lost, again in the same bytes. All its entries go to logs of
//! one compartment and commit together.

use crate::{
    id::{AppendId, Day, GroupId, Hash, LogId, Token, VerifyingKey},
    signed::{self, Kind, Unsigned},
};
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// The two kinds of log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Encode, Decode, Serialize, Deserialize)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum LogKind {
    /// What the practitioner and the unit both see. Sealed to three recipients.
    #[n(0)]
    Thread,
    /// The unit's own casework. Sealed to two recipients.
    #[n(1)]
    Journal,
}

/// One entry to be written: where it goes, and the sealed bytes.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct NewEntry {
    /// The log.
    #[n(0)]
    pub log: LogId,
    /// Its kind; fixed by the log's first entry.
    #[n(1)]
    pub kind: LogKind,
    /// Its place, counted from 0. It must be the next.
    #[n(2)]
    pub sequence: u32,
    /// An `age` file.
    #[cbor(n(3), with = "minicbor::bytes")]
    pub ciphertext: Vec<u8>,
}

/// Entries that are written together or not at all.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Append {
    /// Made by the client: the same id with the same bytes is the same append.
    #[n(0)]
    pub id: AppendId,
    /// The compartment whose commitment chain the entries join.
    #[n(1)]
    pub compartment: GroupId,
    /// The epoch they were sealed to.
    #[n(2)]
    pub epoch: u32,
    /// 1 to 16 entries.
    #[n(3)]
    pub entries: Vec<NewEntry>,
    /// For each thread that a practitioner writes to, its token; empty for a member of the unit.
    #[n(4)]
    pub tokens: Vec<Token>,
}

impl Append {
    /// The most entries in one append.
    pub const MOST: usize = 16;
}

/// A log as the store gives it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Fetched {
    /// The log.
    #[n(0)]
    pub log: LogId,
    /// Its kind.
    #[n(1)]
    pub kind: LogKind,
    /// Its compartment.
    #[n(2)]
    pub compartment: GroupId,
    /// Its entries, in order.
    #[n(3)]
    pub entries: Vec<StoredEntry>,
}

/// An entry as the store gives it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct StoredEntry {
    /// Its place in the log.
    #[n(0)]
    pub sequence: u32,
    /// SHA-256 of the ciphertext, which stays when the bytes are erased.
    #[n(1)]
    pub hash: Hash,
    /// The bytes, unless retention erased them.
    #[cbor(n(2), with = "minicbor::bytes")]
    pub ciphertext: Option<Vec<u8>>,
    /// The receipt of its append: signed bytes of [`Receipt`].
    #[cbor(n(3), with = "minicbor::bytes")]
    pub receipt: Vec<u8>,
}

/// One line of a commitment chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Commitment {
    /// Its place in the compartment, counted from 1.
    #[n(0)]
    pub position: u64,
    /// The log.
    #[n(1)]
    pub log: LogId,
    /// The entry's place in the log.
    #[n(2)]
    pub sequence: u32,
    /// SHA-256 of the entry's ciphertext.
    #[n(3)]
    pub hash: Hash,
}

impl Commitment {
    /// The chain's head after this line, where `head` was the head before it. The first follows [`Hash::ZERO`].
    pub fn extend(&self, head: Hash, compartment: GroupId) -> Hash {
        Hash::domain(
            "commitment",
            &[
                &head.0,
                &compartment.0,
                &self.position.to_be_bytes(),
                &self.log.0,
                &self.sequence.to_be_bytes(),
                &self.hash.0,
            ],
        )
    }
}

/// The server's word, signed after the commit is durable, that it holds these entries at this place.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Receipt {
    /// The instance it speaks for.
    #[n(0)]
    pub instance: Hash,
    /// The append.
    #[n(1)]
    pub append: AppendId,
    /// SHA-256 of the append's bytes.
    #[n(2)]
    pub digest: Hash,
    /// The compartment.
    #[n(3)]
    pub compartment: GroupId,
    /// What was written, with places in the commitment chain that follow one another.
    #[n(4)]
    pub entries: Vec<Commitment>,
    /// The chain's head after the last of them.
    #[n(5)]
    pub head: Hash,
    /// The day it was written.
    #[n(6)]
    pub day: Day,
}

impl Kind for Receipt {
    const TYPE: u16 = 8;
    const NAME: &'static str = "receipt";
}

/// Why a receipt proves nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoReceipt {
    /// Not the expected bytes, or the signature does not match.
    #[error("the receipt is not genuine")]
    NotGenuine,
    /// Signed, but by a key that the directory does not list for receipts.
    #[error("the receipt is signed by a key that the directory does not list")]
    WrongKey,
    /// Genuine, but about something else.
    #[error("the receipt is about something else")]
    NotThis,
}

impl From<Unsigned> for NoReceipt {
    fn from(_: Unsigned) -> Self {
        Self::NotGenuine
    }
}

impl Receipt {
    /// Reads a receipt that `key` must have signed.
    ///
    /// # Errors
    /// [`NoReceipt`], never [`NoReceipt::NotThis`].
    pub fn verify(bytes: &[u8], instance: Hash, key: VerifyingKey) -> Result<Self, NoReceipt> {
        let signed = signed::verify::<Self>(bytes)?;
        if signed.signers != [key] {
            return Err(NoReceipt::WrongKey);
        }
        if signed.payload.instance != instance {
            return Err(NoReceipt::NotThis);
        }
        Ok(signed.payload)
    }

    /// Whether it covers the entry at `sequence` of `log` with this ciphertext hash.
    pub fn covers(&self, log: LogId, sequence: u32, hash: Hash) -> bool {
        self.entries
            .iter()
            .any(|one| (one.log, one.sequence, one.hash) == (log, sequence, hash))
    }

    /// Whether it answers the append whose bytes are `append`.
    pub fn answers(&self, id: AppendId, append: &[u8]) -> bool {
        self.append == id && self.digest == Hash::of(append)
    }
}
