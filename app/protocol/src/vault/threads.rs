//! Threads: proof that something was stored, opening one, and a word of the unit.

use super::{Answer, Blob, Proof, Thread as View, open::Open, view};
use crate::{
    append::{Append, Fetched, LogKind, NewEntry, Receipt},
    codec,
    entry::{Body, Entry},
    id::{AppendId, GroupId, Hash, LogId, Minute, Token},
    journal::{self, Journal},
    keyring::Kept,
    mailbox::{AHEAD, Mailbox},
    recipient::{Identity, Recipient},
    refused::Refused,
    thread::{self, Thread},
};
use rand_core::{CryptoRng, RngCore};

impl Open {
    pub(super) fn check_receipt(&mut self, append: AppendId, receipt: &Blob) -> Result<Answer, Refused> {
        let trust = self.trust()?;
        let sent = self.sealed.get(&append).ok_or(Refused::BadReceipt)?.clone();
        let receipt = Receipt::verify(&receipt.0, trust.instance, trust.directory.receipt_key)
            .map_err(|_| Refused::BadReceipt)?;
        let answers = receipt.append == append
            && receipt.digest == sent.digest
            && receipt.compartment == sent.compartment
            && sent
                .entries
                .iter()
                .all(|(log, sequence, hash)| receipt.covers(*log, *sequence, *hash));
        let (log, sequence, _) = *sent.entries.first().ok_or(Refused::BadReceipt)?;
        if !answers {
            return Err(Refused::BadReceipt);
        }
        let proof = view::proof(trust, log, sequence, &receipt)?;
        let mut all = 0..self.keyring.next_mailbox;
        let number = all.find(|n| self.keyring.mailboxes.mailbox(*n).log() == log);
        self.begin_after(number);
        if !self.journals.keys().any(|thread| thread.journal() == log) {
            self.keep(log, sequence, &proof);
        }
        Ok(Answer::Stored(proof))
    }

    pub(super) fn keep(&mut self, log: LogId, sequence: u32, proof: &Proof) {
        let Proof {
            hash, position, day, ..
        } = *proof;
        self.keyring.keep(Kept {
            log,
            sequence,
            hash,
            position,
            day,
        });
    }

    pub(super) fn open_thread(&mut self, log: LogId, fetched: &Blob, now: Minute) -> Result<Answer, Refused> {
        let mailbox = self.own_mailbox(log)?;
        let fetched: Fetched = codec::decode(&fetched.0).map_err(|_| Refused::Malformed)?;
        self.check_kept(log, &fetched)?;
        let keys = [(None, &mailbox.identity)];
        let thread = thread::open(
            &fetched,
            log,
            &keys,
            Some(mailbox.signer.verifying()),
            self.trust()?,
            now,
        )?;
        let view = self.show(fetched.compartment, thread)?;
        Ok(Answer::Thread(Box::new(view)))
    }

    pub(super) fn open_case(
        &mut self,
        log: LogId,
        (fetched, journal): (&Blob, Option<&Blob>),
        reached: u64,
        now: Minute,
    ) -> Result<Answer, Refused> {
        let fetched: Fetched = codec::decode(&fetched.0).map_err(|_| Refused::Malformed)?;
        self.check_kept(log, &fetched)?;
        let trust = self.trust()?;
        let keys: Vec<(Option<u32>, &Identity)> = trust
            .secrets(fetched.compartment)
            .map(|(epoch, secret)| (Some(epoch), &secret.0))
            .collect();
        if keys.is_empty() {
            return Err(Refused::NotForYou);
        }
        let thread = thread::open(&fetched, log, &keys, None, trust, now)?;
        self.check_followed(fetched.compartment, &thread.receipts, &thread.seen)?;
        self.check_complete(fetched.compartment, (log, &thread.hashes), reached)?;
        let journal = self.read_journal((log, fetched.compartment), journal, reached)?;
        self.show(fetched.compartment, thread)?;
        self.journals.insert(log, journal);
        self.known_case(log, reached)
    }

    /// A case that was opened, as it was then, where nothing that is known of is missing.
    pub(super) fn known_case(&self, log: LogId, reached: u64) -> Result<Answer, Refused> {
        let (compartment, thread) = self.threads.get(&log).ok_or(Refused::WrongPlace)?;
        let journal = self.journals.get(&log).ok_or(Refused::WrongPlace)?;
        self.check_complete(*compartment, (log, &thread.hashes), reached)?;
        self.check_complete(*compartment, (log.journal(), &journal.hashes), reached)?;
        let view = view::thread(self.trust()?, *compartment, thread)?;
        let lines = journal.lines.iter().map(view::line).collect();
        Ok(Answer::Case(Box::new(view), lines))
    }

    /// The journal of a thread; an empty one where nothing came, and nothing was to come.
    fn read_journal(
        &self,
        (thread, compartment): (LogId, GroupId),
        fetched: Option<&Blob>,
        reached: u64,
    ) -> Result<Journal, Refused> {
        let journal = match fetched {
            None => Journal::default(),
            Some(bytes) => {
                let fetched: Fetched = codec::decode(&bytes.0).map_err(|_| Refused::Malformed)?;
                if fetched.compartment != compartment {
                    return Err(Refused::Readdressed);
                }
                let trust = self.trust()?;
                let keys: Vec<(Option<u32>, &Identity)> = trust
                    .secrets(compartment)
                    .map(|(epoch, secret)| (Some(epoch), &secret.0))
                    .collect();
                journal::open(&fetched, thread, &keys, trust)?
            }
        };
        self.check_followed(compartment, &journal.receipts, &journal.seen)?;
        self.check_complete(compartment, (thread.journal(), &journal.hashes), reached)?;
        Ok(journal)
    }

    /// What was once proved to be stored must still be there, unchanged.
    fn check_kept(&self, log: LogId, fetched: &Fetched) -> Result<(), Refused> {
        let mut kept = self.keyring.receipts.iter().filter(|kept| kept.log == log);
        kept.try_for_each(|kept| {
            let stored = fetched
                .entries
                .get(kept.sequence as usize)
                .ok_or(Refused::BrokenSequence)?;
            (stored.hash == kept.hash)
                .then_some(())
                .ok_or(Refused::AlteredEnvelope)
        })
    }

    fn show(&mut self, compartment: GroupId, thread: Thread) -> Result<View, Refused> {
        let trust = self.trust()?;
        let view = view::thread(trust, compartment, &thread)?;
        let proofs = thread
            .receipts
            .iter()
            .zip(0..)
            .map(|(receipt, n)| view::proof(trust, thread.log, n, receipt));
        let proofs = proofs.collect::<Result<Vec<_>, _>>()?;
        for (proof, sequence) in proofs.iter().zip(0..) {
            self.keep(thread.log, sequence, proof);
        }
        self.threads.insert(thread.log, (compartment, thread));
        Ok(view)
    }

    /// Seals a word of the unit into a thread.
    pub(super) fn seal_word(
        &mut self,
        log: LogId,
        word: Body,
        now: Minute,
        rng: &mut (impl RngCore + CryptoRng),
    ) -> Result<Answer, Refused> {
        let (mut entry, recipients) = self.next_entry(log, word, now)?;
        entry.commitments = self.seen_commitments(entry.compartment);
        let ciphertext = entry.seal(&self.keyring.signer, &recipients)?;
        Ok(self.post_next(&entry, ciphertext, vec![], rng))
    }

    /// Seals more from the practitioner into a thread of theirs.
    pub(super) fn seal_more(
        &mut self,
        log: LogId,
        more: Vec<u8>,
        now: Minute,
        rng: &mut (impl RngCore + CryptoRng),
    ) -> Result<Answer, Refused> {
        self.seal_own(log, Body::More(more), now, rng)
    }

    /// Seals an entry of the practitioner into a thread of theirs.
    pub(super) fn seal_own(
        &mut self,
        log: LogId,
        body: Body,
        now: Minute,
        rng: &mut (impl RngCore + CryptoRng),
    ) -> Result<Answer, Refused> {
        let mailbox = self.own_mailbox(log)?;
        let (entry, recipients) = self.next_entry(log, body, now)?;
        let ciphertext = entry.seal(&mailbox.signer, &recipients)?;
        Ok(self.post_next(&entry, ciphertext, vec![mailbox.token], rng))
    }

    fn own_mailbox(&self, log: LogId) -> Result<Mailbox, Refused> {
        let mut mailboxes = (0..self.keyring.next_mailbox + AHEAD).map(|n| self.keyring.mailboxes.mailbox(n));
        mailboxes
            .find(|mailbox| mailbox.log() == log)
            .or_else(|| self.keyring.given_mailboxes().find(|one| one.log() == log))
            .ok_or(Refused::NotForYou)
    }

    /// The entry that comes next in a thread that was opened, and whom it is sealed to.
    fn next_entry(&self, log: LogId, body: Body, now: Minute) -> Result<(Entry, Vec<Recipient>), Refused> {
        let (_, thread) = self.threads.get(&log).ok_or(Refused::WrongPlace)?;
        self.entry_after((LogKind::Thread, log), log, &thread.hashes, body, now)
    }

    fn post_next(
        &mut self,
        entry: &Entry,
        ciphertext: Vec<u8>,
        tokens: Vec<Token>,
        rng: &mut (impl RngCore + CryptoRng),
    ) -> Answer {
        let new = NewEntry {
            log: entry.log,
            kind: LogKind::Thread,
            sequence: entry.sequence,
            ciphertext,
        };
        self.post(Append {
            id: AppendId::random(rng),
            compartment: entry.compartment,
            epoch: entry.epoch,
            entries: vec![new],
            tokens,
        })
    }

    pub(super) fn seen_commitments(&self, compartment: GroupId) -> Option<(u64, Hash)> {
        let pins = &self.keyring.pins.commitments;
        pins.iter()
            .find(|(group, ..)| *group == compartment)
            .map(|(_, position, head)| (*position, *head))
    }
}
