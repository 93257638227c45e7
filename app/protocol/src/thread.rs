//! Opening a whole thread: every entry, its receipt, and who may have written it.

use crate::{
    append::{Fetched, LogKind, Receipt, StoredEntry},
    attachment::{Attachment, are_sound},
    casework::Status,
    concern::Concern,
    entry::{Body, Place, Read},
    group::Group,
    id::{AccountId, Hash, LogId, Minute, VerifyingKey},
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
    /// Its files.
    pub attachments: Vec<Attachment>,
    /// When it was written.
    pub written: Minute,
    /// When a member of the unit first said that it was opened.
    pub opened: Option<Minute>,
    /// When a member of the unit first said that it was closed.
    pub closed: Option<Minute>,
    /// What the practitioner added, and when.
    pub more: Vec<(Minute, Vec<u8>)>,
    /// What either side wrote to the other.
    pub messages: Vec<Said>,
    /// How far the unit said that it has come, and when.
    pub notices: Vec<(Minute, Status)>,
    /// The receipt of each entry.
    pub receipts: Vec<Receipt>,
    /// The receipt of the last, as the server signed it.
    pub last_receipt: Vec<u8>,
    /// How far members who wrote had followed the compartment's commitment chain, and its head there.
    pub seen: Vec<(u64, Hash)>,
    /// The hash of each entry's ciphertext.
    pub hashes: Vec<Hash>,
}

impl Thread {
    /// Every file in it: those of the concern, and those of messages.
    pub fn files(&self) -> impl Iterator<Item = &Attachment> {
        let later = self.messages.iter().flat_map(|said| &said.files);
        self.attachments.iter().chain(later)
    }
}

/// A message.
#[derive(Clone, Debug)]
pub struct Said {
    /// When it was written.
    pub written: Minute,
    /// The member of the unit who wrote it; nobody where it was the practitioner.
    pub by: Option<AccountId>,
    /// The bytes of a [`crate::casework::Message`].
    pub message: Vec<u8>,
    /// Its files.
    pub files: Vec<Attachment>,
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
        kind: LogKind::Thread,
        log,
        keys,
        group,
        trust,
    };
    let read = reader.read(first, Hash::ZERO, None)?;
    let mut chain = reader.check_chain(&read, &receipts[0], 0)?;
    let mut thread = begin(read, own, &receipts[0], (trust, group), now)?;
    for (stored, receipt) in rest.iter().zip(&receipts[1..]) {
        let previous = thread.hashes[thread.hashes.len() - 1];
        let read = reader.read(stored, previous, Some(&thread.recipient))?;
        chain = reader.check_chain(&read, receipt, chain)?;
        add(&mut thread, read, group)?;
    }
    thread.receipts = receipts;
    thread
        .last_receipt
        .clone_from(&rest.last().unwrap_or(first).receipt);
    Ok(thread)
}

/// The order, the hashes and the receipts, before anything is opened.
pub(crate) fn check_stored(fetched: &Fetched, trust: &Trust) -> Result<Vec<Receipt>, Refused> {
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

/// Reads the entries of a log, one after the other.
pub(crate) struct Reader<'a> {
    pub(crate) kind: LogKind,
    pub(crate) log: LogId,
    pub(crate) keys: &'a [(Option<u32>, &'a Identity)],
    pub(crate) group: &'a Group,
    pub(crate) trust: &'a Trust,
}

impl Reader<'_> {
    pub(crate) fn read(
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
            kind: self.kind,
            log: self.log,
            sequence: stored.sequence,
            previous,
            group: self.group,
            directory: (self.trust.directory.version, self.trust.directory_hash),
        };
        place.open(file, self.keys, thread)
    }

    /// Checks the link that the writer saw as the last: no older than the one that the writer before saw (`after`), than the one
    /// that a checkpoint saw before this was stored, or than the day before. So a member who was removed writes nothing more,
    /// even with the server's help. Returns its place.
    pub(crate) fn check_chain(&self, read: &Read, receipt: &Receipt, after: u32) -> Result<u32, Refused> {
        let place = self
            .group
            .sequence_of(read.entry.chain)
            .ok_or(Refused::SplitView)?;
        let position = position(receipt, self.log, read.entry.sequence)?;
        let checkpoint = self.trust.checkpoint_before(self.group.id, position);
        let seen = checkpoint.and_then(|one| one.chains.iter().find(|(id, ..)| *id == self.group.id));
        let superseded = self.group.day_of(place + 1);
        let older = place < after
            || seen.is_some_and(|(_, sequence, _)| place < *sequence)
            || superseded.is_some_and(|day| day.0 + 1 < receipt.day.0);
        if older {
            Err(Refused::OlderChain)
        } else {
            Ok(place)
        }
    }
}

/// An entry's place in the commitment chain.
fn position(receipt: &Receipt, log: LogId, sequence: u32) -> Result<u64, Refused> {
    let mut lines = receipt.entries.iter();
    lines
        .find(|one| (one.log, one.sequence) == (log, sequence))
        .map(|one| one.position)
        .ok_or(Refused::BadReceipt)
}

fn begin(
    read: Read,
    own: Option<VerifyingKey>,
    receipt: &Receipt,
    (trust, group): (&Trust, &Group),
    now: Minute,
) -> Result<Thread, Refused> {
    let Read { hash, signer, entry } = read;
    let beginning = entry.beginning.ok_or(Refused::Malformed)?;
    if signer != beginning.signer || own.is_some_and(|own| own != signer) {
        return Err(Refused::WrongSigner);
    }
    let (concern, attachments, test) = match entry.body {
        Body::Concern(concern, attachments) => (concern, attachments, false),
        Body::Test(concern) => (concern, vec![], true),
        Body::Opened | Body::Closed | Body::More(_) | Body::Message(..) | Body::Notice(_) | Body::Work(_) => {
            return Err(Refused::Malformed);
        }
    };
    if !concern.is_sound() || !are_sound(&attachments) {
        return Err(Refused::Malformed);
    }
    let author = if test {
        Some(beginning.verify_holder(trust.instance, entry.log, (group, entry.chain))?)
    } else {
        let approval = trust.directory.approval();
        let position = position(receipt, entry.log, 0)?;
        let checkpoint = trust.checkpoint_before(entry.compartment, position);
        let verified = beginning.verify(trust.instance, entry.log, approval, checkpoint, now.day());
        verified.ok()
    };
    Ok(Thread {
        log: entry.log,
        author,
        recipient: beginning.thread,
        signer,
        concern: *concern,
        attachments,
        written: entry.written,
        opened: None,
        closed: None,
        more: Vec::new(),
        messages: Vec::new(),
        notices: Vec::new(),
        receipts: Vec::new(),
        last_receipt: Vec::new(),
        seen: Vec::new(),
        hashes: vec![hash],
    })
}

fn add(thread: &mut Thread, read: Read, group: &Group) -> Result<(), Refused> {
    let state = group.at(read.entry.chain).ok_or(Refused::SplitView)?;
    let member = state.signer(read.signer).map(|member| member.account);
    let by_practitioner = read.signer == thread.signer;
    let allowed = match &read.entry.body {
        Body::Concern(..) | Body::Test(_) | Body::Work(_) => return Err(Refused::Malformed),
        Body::Opened | Body::Closed | Body::Notice(_) => member.is_some(),
        Body::More(_) => by_practitioner,
        Body::Message(_, files) if !files.is_empty() && !are_sound(files) => return Err(Refused::Malformed),
        Body::Message(..) => member.is_some() || by_practitioner,
    };
    if !allowed {
        return Err(Refused::WrongSigner);
    }
    let written = read.entry.written;
    match read.entry.body {
        Body::Opened => drop(thread.opened.get_or_insert(written)),
        Body::Closed => drop(thread.closed.get_or_insert(written)),
        Body::More(more) => thread.more.push((written, more)),
        Body::Message(message, files) => thread.messages.push(Said {
            written,
            by: member,
            message,
            files,
        }),
        Body::Notice(status) => thread.notices.push((written, status)),
        Body::Concern(..) | Body::Test(_) | Body::Work(_) => (),
    }
    thread.seen.extend(read.entry.commitments);
    thread.hashes.push(read.hash);
    Ok(())
}
