//! Opening a whole thread: every entry, its receipt, and who may have written it.

use crate::{
    append::{Fetched, LogKind, Receipt, StoredEntry},
    concern::Concern,
    entry::{Body, Place, Read},
    group::Group,
    id::{Hash, LogId, Minute, VerifyingKey},
    origin::Author,
    recipient::{Identity, Recipient},
    refused::Refused,
    trust::Trust,
};

/// A thread that was opened and verified.
#[derive(Clone, Debug)]
pub struct Thread {
    /// The thread.
    pub log: LogId,
    /// Whom answers are sealed to.
    pub recipient: Recipient,
    /// The key that signs for the practitioner.
    pub signer: VerifyingKey,
    /// Who wrote the concern, where that could be verified.
    pub author: Option<Author>,
    /// The concern.
    pub concern: Concern,
    /// When it was written.
    pub written: Minute,
    /// When a member of the unit first said that it was opened.
    pub opened: Option<Minute>,
    /// The receipt of each entry.
    pub receipts: Vec<Receipt>,
    /// The hash of each entry's ciphertext.
    pub hashes: Vec<Hash>,
}

/// Opens what was fetched for `log` with `keys`, each with its epoch or none for the thread's own. The practitioner knows the
/// key that must have begun the thread (`own`); a member does not.
///
/// # Errors
/// A [`Refused`] that names the first thing that is not as it must be; nothing is shown then.
pub fn open(
    fetched: &Fetched,
    log: LogId,
    keys: &[(Option<u32>, &Identity)],
    own: Option<VerifyingKey>,
    trust: &Trust,
    now: Minute,
) -> Result<Thread, Refused> {
    if (fetched.log, fetched.kind) != (log, LogKind::Thread) {
        return Err(Refused::WrongPlace);
    }
    let group = trust.group(fetched.compartment).ok_or(Refused::Readdressed)?;
    let receipts = check_stored(fetched, trust)?;
    let (first, rest) = fetched.entries.split_first().ok_or(Refused::BrokenSequence)?;
    let reader = Reader {
        log,
        keys,
        group,
        trust,
    };
    let mut thread = begin(reader.read(first, Hash::ZERO, None)?, own, trust, now)?;
    for stored in rest {
        let previous = thread.hashes[thread.hashes.len() - 1];
        let read = reader.read(stored, previous, Some(&thread.recipient))?;
        add(&mut thread, read, group)?;
    }
    thread.receipts = receipts;
    Ok(thread)
}

/// The order, the hashes and the receipts, before anything is opened.
fn check_stored(fetched: &Fetched, trust: &Trust) -> Result<Vec<Receipt>, Refused> {
    let check = |(place, stored): (usize, &StoredEntry)| {
        if stored.sequence as usize != place {
            return Err(Refused::BrokenSequence);
        }
        let key = trust.directory.receipt_key;
        let receipt =
            Receipt::verify(&stored.receipt, trust.instance, key).map_err(|_| Refused::BadReceipt)?;
        let about = receipt.compartment == fetched.compartment
            && receipt.covers(fetched.log, stored.sequence, stored.hash);
        about.then_some(receipt).ok_or(Refused::BadReceipt)
    };
    fetched.entries.iter().enumerate().map(check).collect()
}

struct Reader<'a> {
    log: LogId,
    keys: &'a [(Option<u32>, &'a Identity)],
    group: &'a Group,
    trust: &'a Trust,
}

impl Reader<'_> {
    fn read(
        &self,
        stored: &StoredEntry,
        previous: Hash,
        thread: Option<&Recipient>,
    ) -> Result<Read, Refused> {
        let file = stored.ciphertext.as_ref().ok_or(Refused::Erased)?;
        if Hash::of(file) != stored.hash {
            return Err(Refused::AlteredEnvelope);
        }
        let place = Place {
            instance: self.trust.instance,
            log: self.log,
            sequence: stored.sequence,
            previous,
            group: self.group,
            directory: (self.trust.directory.version, self.trust.directory_hash),
        };
        place.open(file, self.keys, thread)
    }
}

fn begin(read: Read, own: Option<VerifyingKey>, trust: &Trust, now: Minute) -> Result<Thread, Refused> {
    let Read { hash, signer, entry } = read;
    let beginning = entry.beginning.ok_or(Refused::Malformed)?;
    if signer != beginning.signer || own.is_some_and(|own| own != signer) {
        return Err(Refused::WrongSigner);
    }
    let Body::Concern(concern) = entry.body else {
        return Err(Refused::Malformed);
    };
    if !concern.is_sound() {
        return Err(Refused::Malformed);
    }
    let administrators = &trust.directory.administrators;
    Ok(Thread {
        log: entry.log,
        author: beginning
            .verify(trust.instance, entry.log, administrators, now.day())
            .ok(),
        recipient: beginning.thread,
        signer,
        concern: *concern,
        written: entry.written,
        opened: None,
        receipts: Vec::new(),
        hashes: vec![hash],
    })
}

fn add(thread: &mut Thread, read: Read, group: &Group) -> Result<(), Refused> {
    let state = group.at(read.entry.chain).ok_or(Refused::SplitView)?;
    let member = state.signer(read.signer).is_some();
    match read.entry.body {
        Body::Concern(_) => return Err(Refused::Malformed),
        Body::Opened if member => {
            thread.opened.get_or_insert(read.entry.written);
        }
        Body::Opened => return Err(Refused::WrongSigner),
    }
    thread.hashes.push(read.hash);
    Ok(())
}
