//! Opening a journal: every entry, its receipt, and which member wrote it.

use crate::{
    append::{Fetched, LogKind, Receipt},
    entry::Body,
    group::Group,
    id::{AccountId, Hash, LogId, Minute},
    recipient::Identity,
    refused::Refused,
    thread::{Reader, check_stored},
    trust::Trust,
};

/// A journal that was opened and verified.
#[derive(Clone, Debug, Default)]
pub struct Journal {
    /// What was done, in order.
    pub lines: Vec<Line>,
    /// The receipt of each entry.
    pub receipts: Vec<Receipt>,
    /// How far the members who wrote had followed the compartment's commitment chain, and its head there.
    pub seen: Vec<(u64, Hash)>,
    /// The hash of each entry's ciphertext.
    pub hashes: Vec<Hash>,
}

/// What a member did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Who.
    pub who: AccountId,
    /// When, by their clock.
    pub when: Minute,
    /// The bytes of a [`crate::casework::Work`].
    pub work: Vec<u8>,
}

/// Opens what was fetched of the journal of `thread` with `keys`, each with its epoch.
///
/// # Errors
/// A [`Refused`] that names the first thing that is not as it must be; nothing is shown then.
pub fn open(
    fetched: &Fetched,
    thread: LogId,
    keys: &[(Option<u32>, &Identity)],
    trust: &Trust,
) -> Result<Journal, Refused> {
    let log = thread.journal();
    if (fetched.log, fetched.kind) != (log, LogKind::Journal) {
        return Err(Refused::WrongPlace);
    }
    let group = trust.group(fetched.compartment).ok_or(Refused::Readdressed)?;
    let receipts = check_stored(fetched, trust)?;
    let reader = Reader {
        kind: LogKind::Journal,
        log,
        keys,
        group,
        trust,
    };
    let (mut journal, mut chain) = (Journal::default(), 0);
    for (stored, receipt) in fetched.entries.iter().zip(&receipts) {
        let previous = journal.hashes.last().copied().unwrap_or(Hash::ZERO);
        let read = reader.read(stored, previous, None)?;
        chain = reader.check_chain(&read, receipt, chain)?;
        journal.lines.push(line(&read, group)?);
        journal.seen.extend(read.entry.commitments);
        journal.hashes.push(read.hash);
    }
    journal.receipts = receipts;
    Ok(journal)
}

fn line(read: &crate::entry::Read, group: &Group) -> Result<Line, Refused> {
    let state = group.at(read.entry.chain).ok_or(Refused::SplitView)?;
    let member = state.signer(read.signer).ok_or(Refused::WrongSigner)?;
    let Body::Work(work) = &read.entry.body else {
        return Err(Refused::Malformed);
    };
    Ok(Line {
        who: member.account,
        when: read.entry.written,
        work: work.clone(),
    })
}
