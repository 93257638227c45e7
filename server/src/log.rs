//! Appending sealed entries to logs: what may be written, by whom, and the receipt for it.

mod rule;
mod writer;

pub use writer::{LONGEST, Writer};

use crate::error::{Error, Result};
use app::error::AppError;
use protocol::{
    append::{Append, Fetched, Receipt, StoredEntry},
    codec,
    id::{AccountId, Hash, LogId},
    signed::{self, SigningKey},
};

use crate::database::{
    Database,
    log::{StoredLog, StoredRow},
};
use std::collections::HashMap;

/// Who appends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Author {
    /// Whoever holds the tokens of the threads. Which account that is goes no further than here.
    Sender,
    /// A member of the compartment.
    Member(AccountId),
}

impl Author {
    fn account(self) -> Option<AccountId> {
        match self {
            Self::Sender => None,
            Self::Member(account) => Some(account),
        }
    }
}

/// An append in the form in which it was sent, checked as far as it can be without the database.
#[derive(Clone, Debug)]
pub struct Checked {
    append: Append,
    digest: Hash,
    author: Author,
}

impl Checked {
    /// Reads an append. Bytes not in the one form, sizes and numbers out of range, and threads whose tokens are missing
    /// are refused.
    pub fn read(bytes: &[u8], author: Author) -> Result<Self> {
        let append = codec::decode::<Append>(bytes).map_err(|_| Error::Refused(AppError::Invalid))?;
        rule::assert_shape(&append)?;
        rule::assert_author(&append, author)?;
        Ok(Self {
            append,
            digest: Hash::of(bytes),
            author,
        })
    }

    /// The logs that it writes to.
    pub fn logs(&self) -> Vec<LogId> {
        self.append.entries.iter().map(|entry| entry.log).collect()
    }

    /// How many bytes of ciphertext it holds.
    pub fn size(&self) -> usize {
        self.append
            .entries
            .iter()
            .map(|entry| entry.ciphertext.len())
            .sum()
    }
}

/// What signs receipts, and for which instance.
#[derive(Clone, Debug)]
pub struct Notary {
    /// The instance.
    pub instance: Hash,
    /// The key that the directory lists for receipts.
    pub key: SigningKey,
}

impl Notary {
    /// The receipt: the same bytes whenever it is made, because Ed25519 draws no randomness.
    pub fn sign(&self, receipt: &Receipt) -> Vec<u8> {
        signed::sign(receipt, &[&self.key])
    }
}

/// A log with its entries and their receipts.
pub async fn fetch(database: &Database, notary: &Notary, id: LogId, log: StoredLog) -> Result<Fetched> {
    // In this order: what is appended between the two is in the receipts and not in the entries, never the other way.
    let rows = database.entries(id).await?;
    let receipts = database.receipts_of(id, notary.instance).await?;
    let signed: HashMap<_, _> = receipts
        .iter()
        .map(|(append, receipt)| (*append, notary.sign(receipt)))
        .collect();
    let entry = |row: StoredRow| {
        let receipt = signed.get(&row.append).cloned().ok_or(Error::Stopped)?;
        Ok(StoredEntry {
            sequence: row.sequence,
            hash: row.hash,
            ciphertext: row.ciphertext,
            receipt,
        })
    };
    let entries = rows.into_iter().map(entry).collect::<Result<_>>()?;
    Ok(Fetched {
        log: id,
        kind: log.kind,
        compartment: log.compartment,
        entries,
    })
}
