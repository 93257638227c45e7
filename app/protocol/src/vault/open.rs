//! The vault while it is open.

use super::{
    Answer, Ask, Blob, Deployment, KeyringSeen, Missing, Proof, commitments::Followed, trial::read_recovery,
    view,
};
use crate::{
    append::{Append, Fetched, LogKind, NewEntry, Receipt},
    codec,
    concern::{Concern, Standing},
    directory::{Purpose, Unit},
    entry::{Body, Place},
    envelope,
    group::Group,
    id::{AppendId, Day, GroupId, Hash, LogId, Minute, Token},
    keyring::{Kept, Keyring},
    mailbox::{AHEAD, Mailbox},
    origin::{Beginning, Certificate},
    recipient::Identity,
    refused::Refused,
    slot::KeyringKey,
    thread::{self, Thread},
    trust::{Given, Trust},
    words,
};
use minicbor::bytes::ByteVec;
use rand_core::{CryptoRng, RngCore};
use std::collections::{BTreeMap, BTreeSet};

/// Keys and what was learnt with them.
#[derive(Debug)]
pub(super) struct Open {
    deployment: Deployment,
    pub(super) key: KeyringKey,
    pub(super) keyring: Keyring,
    pub(super) version: u32,
    trust: Option<Trust>,
    /// The number after the last mailbox that is known to have begun a thread.
    begun: u32,
    pub(super) followed: BTreeMap<GroupId, Followed>,
    sealed: BTreeMap<AppendId, Sent>,
    threads: BTreeMap<LogId, (GroupId, Thread)>,
    /// The links that somebody looked at, by their hashes: only these are signed.
    pub(super) shown: BTreeSet<Hash>,
}

/// An append that was sealed and may have been sent.
#[derive(Clone, Copy, Debug)]
struct Sent {
    digest: Hash,
    log: LogId,
    sequence: u32,
    hash: Hash,
    compartment: GroupId,
}

impl Open {
    pub(super) fn new(deployment: Deployment, key: KeyringKey, keyring: Keyring, version: u32) -> Self {
        Self {
            deployment,
            key,
            begun: keyring.next_mailbox,
            keyring,
            version,
            trust: None,
            followed: BTreeMap::new(),
            sealed: BTreeMap::new(),
            threads: BTreeMap::new(),
            shown: BTreeSet::new(),
        }
    }

    /// What [leads in](Ask::leads_in), of an open vault.
    pub(super) fn lead_in(
        &mut self,
        ask: Ask,
        rng: &mut (impl RngCore + CryptoRng),
    ) -> Result<Answer, Refused> {
        match ask {
            Ask::Trust {
                directory,
                chains,
                wraps,
                checkpoint,
                now,
            } => self.verify(&directory, &chains, &wraps, checkpoint.as_ref(), now),
            Ask::NoDirectory => self.without_directory(),
            Ask::SealKeyring { now } => Ok(self.seal_keyring(now, rng)),
            Ask::Tokens => Ok(Answer::Tokens(self.tokens())),
            Ask::Adopt(logs) => Ok(self.adopt(&logs)),
            Ask::Unlearnt(threads) => Ok(self.unlearnt(&threads)),
            Ask::CheckCommitments {
                compartment,
                lines,
                position,
                head,
            } => self.check_commitments(compartment, &lines, (position, head)),
            Ask::Compare { listed, reached } => Ok(self.compare(&listed, &reached)),
            Ask::SealForm(text) => self.seal_form(&text),
            Ask::OpenForm(form) => self.open_form(&form),
            _ => Err(Refused::Malformed),
        }
    }

    pub(super) fn answer(
        &mut self,
        ask: Ask,
        rng: &mut (impl RngCore + CryptoRng),
    ) -> Result<Answer, Refused> {
        match ask {
            Ask::SealConcern { concern, named, now } => self.seal_concern(concern, named, now, rng),
            Ask::CheckReceipt { append, receipt } => self.check_receipt(append, &receipt),
            Ask::OpenThread { log, fetched, now } => self.open_thread(log, &fetched, now),
            Ask::OpenCase { log, fetched, now } => self.open_case(log, &fetched, now),
            Ask::SealOpened { log, now } => self.seal_word(log, Body::Opened, now, rng),
            Ask::SealClosed { log, now } => self.seal_word(log, Body::Closed, now, rng),
            Ask::SealTest { group, concern, now } => self.seal_test(group, concern, now, rng),
            Ask::ReadRecovery(line) => read_recovery(&line),
            Ask::Signer => Ok(self.signer()),
            Ask::Openers => Ok(self.openers()),
            Ask::ChangeCode => Ok(self.change_code(rng)),
            Ask::RemovePasskey(credential) => self.remove_passkey(credential, rng),
            Ask::Invite { place, whom, now } => Ok(self.invite(place, whom, now, rng)),
            Ask::CheckJoining(joining) => self.check_joining(&joining),
            Ask::ForgetInvitation(lookup) => Ok(self.forget_invitation(lookup)),
            other => self.answer_group(other, rng),
        }
    }

    pub(super) fn trust(&self) -> Result<&Trust, Refused> {
        self.trust.as_ref().ok_or(Refused::UnsignedDirectory)
    }

    fn verify(
        &mut self,
        directory: &Blob,
        chains: &[(GroupId, Vec<Blob>)],
        wraps: &[Blob],
        checkpoint: Option<&Blob>,
        now: Minute,
    ) -> Result<Answer, Refused> {
        let chains: Vec<_> = chains
            .iter()
            .map(|(id, links)| (*id, links.iter().map(|link| link.0.as_slice()).collect()))
            .collect();
        let wraps: Vec<_> = wraps.iter().map(|wrap| wrap.0.as_slice()).collect();
        let given = Given {
            directory: &directory.0,
            chains: &chains,
            wraps: &wraps,
            checkpoint: checkpoint.map(|bytes| bytes.0.as_slice()),
        };
        let roots = (self.deployment.roots.as_slice(), self.deployment.threshold);
        let trust = Trust::verify(&given, roots, &self.keyring, now.day())?;
        self.keyring.pins = trust.pins(&self.keyring.pins, now.day());
        self.forget_used(&trust);
        let answer = Answer::Trusted(self.trusted(&trust, now.day()));
        self.trust = Some(trust);
        Ok(answer)
    }

    /// Whoever has seen a directory knows that there is one.
    fn without_directory(&self) -> Result<Answer, Refused> {
        match self.keyring.pins.directory {
            None => Ok(Answer::Done),
            Some(_) => Err(Refused::OlderDirectory),
        }
    }

    fn signer(&self) -> Answer {
        let key = self.keyring.signer.verifying();
        Answer::Signer {
            key,
            words: words::of_key(key),
        }
    }

    fn seal_keyring(&mut self, now: Minute, rng: &mut (impl RngCore + CryptoRng)) -> Answer {
        self.keyring.last_used = Some(now);
        self.version += 1;
        let keyring = self.keyring.seal(self.version, &self.key, rng);
        let seen = KeyringSeen {
            version: self.version,
            hash: Hash::of(&keyring),
        };
        Answer::Keyring {
            version: self.version,
            keyring: Blob(keyring),
            seen,
        }
    }

    fn tokens(&self) -> Vec<Token> {
        (0..self.keyring.next_mailbox + AHEAD)
            .map(|n| self.keyring.mailboxes.mailbox(n).token)
            .collect()
    }

    fn adopt(&mut self, logs: &[LogId]) -> Answer {
        let known = |n: &u32| logs.contains(&self.keyring.mailboxes.mailbox(*n).log());
        let last = (0..self.keyring.next_mailbox + AHEAD).filter(known).max();
        self.begin_after(last);
        let withheld = self
            .keyring
            .receipts
            .iter()
            .filter(|kept| !logs.contains(&kept.log));
        let missing = withheld.map(|kept| Missing {
            reference: words::reference(kept.log),
            day: Some(kept.day),
        });
        Answer::Adopted(missing.collect())
    }

    fn begin_after(&mut self, last: Option<u32>) {
        self.begun = self.begun.max(last.map_or(0, |last| last + 1));
        self.keyring.next_mailbox = self.keyring.next_mailbox.max(self.begun);
    }

    /// Whether a thread has more entries than were proved to be stored: then there is something to learn in it.
    fn unlearnt(&self, threads: &[(LogId, u32)]) -> Answer {
        let learnt = |log: LogId| self.keyring.kept(log).map_or(0, |kept| kept.sequence + 1);
        let more = threads.iter().filter(|(log, entries)| *entries > learnt(*log));
        Answer::Unlearnt(more.map(|(log, _)| *log).collect())
    }

    fn seal_concern(
        &mut self,
        concern: Concern,
        named: bool,
        now: Minute,
        rng: &mut (impl RngCore + CryptoRng),
    ) -> Result<Answer, Refused> {
        if !concern.is_sound() {
            return Err(Refused::Malformed);
        }
        let trust = self.trust()?;
        let group = route(trust, &concern, now.day())?;
        let number = self.next_number();
        let mailbox = self.keyring.mailboxes.mailbox(number);
        let beginning = self.beginning(trust, &mailbox, named)?;
        let place = self.place(trust, group, mailbox.log(), 0, Hash::ZERO);
        let body = Body::Concern(Box::new(concern));
        let (mut entry, recipients) = place.write(&beginning.thread, now, body)?;
        entry.beginning = Some(Box::new(beginning));
        let ciphertext = entry.seal(&mailbox.signer, &recipients)?;
        let (compartment, epoch) = (group.id, entry.epoch);
        self.keyring.next_mailbox = number + 1;
        let new = NewEntry {
            log: mailbox.log(),
            kind: LogKind::Thread,
            sequence: 0,
            ciphertext,
        };
        let tokens = vec![mailbox.token];
        Ok(self.post(Append {
            id: AppendId::random(rng),
            compartment,
            epoch,
            entries: vec![new],
            tokens,
        }))
    }

    /// However often sending fails: no further on than the next vault looks, or it would not find the thread.
    pub(super) fn next_number(&self) -> u32 {
        self.keyring.next_mailbox.min(self.begun + AHEAD - 1)
    }

    fn beginning(&self, trust: &Trust, mailbox: &Mailbox, named: bool) -> Result<Beginning, Refused> {
        let partner = trust
            .partner
            .and_then(|id| trust.group(id))
            .ok_or(Refused::UnverifiedOrigin)?;
        let certificate = Certificate {
            instance: trust.instance,
            log: mailbox.log(),
            signer: mailbox.signer.verifying(),
            partner: partner.id,
            head: partner.now().head,
        };
        let organisation = || {
            trust
                .secrets(partner.id)
                .find(|(_, secret)| secret.is_of(&partner.now().epoch))
        };
        let certificate = if named {
            certificate.sign(&self.keyring.signer)
        } else {
            certificate.sign(&organisation().ok_or(Refused::NoUsableKey)?.1.signer())
        };
        let chain = trust
            .links(partner.id)
            .iter()
            .cloned()
            .map(ByteVec::from)
            .collect();
        let (thread, signer) = (mailbox.identity.recipient(), mailbox.signer.verifying());
        Ok(Beginning {
            thread,
            signer,
            certificate,
            chain,
        })
    }

    pub(super) fn place<'a>(
        &self,
        trust: &'a Trust,
        group: &'a Group,
        log: LogId,
        sequence: u32,
        previous: Hash,
    ) -> Place<'a> {
        let directory = (trust.directory.version, trust.directory_hash);
        Place {
            instance: self.keyring.instance,
            log,
            sequence,
            previous,
            group,
            directory,
        }
    }

    /// Remembers an append of one entry, and gives the bytes to send.
    pub(super) fn post(&mut self, append: Append) -> Answer {
        let bytes = codec::encode(&append);
        let entry = &append.entries[0];
        let sent = Sent {
            digest: Hash::of(&bytes),
            log: entry.log,
            sequence: entry.sequence,
            hash: Hash::of(&entry.ciphertext),
            compartment: append.compartment,
        };
        self.sealed.insert(append.id, sent);
        Answer::Sealed {
            append: append.id,
            log: sent.log,
            bytes: Blob(bytes),
        }
    }

    fn check_receipt(&mut self, append: AppendId, receipt: &Blob) -> Result<Answer, Refused> {
        let trust = self.trust()?;
        let sent = *self.sealed.get(&append).ok_or(Refused::BadReceipt)?;
        let receipt = Receipt::verify(&receipt.0, trust.instance, trust.directory.receipt_key)
            .map_err(|_| Refused::BadReceipt)?;
        let answers = receipt.append == append
            && receipt.digest == sent.digest
            && receipt.compartment == sent.compartment
            && receipt.covers(sent.log, sent.sequence, sent.hash);
        if !answers {
            return Err(Refused::BadReceipt);
        }
        let proof = view::proof(trust, sent.log, sent.sequence, &receipt)?;
        let mut all = 0..self.keyring.next_mailbox;
        let number = all.find(|n| self.keyring.mailboxes.mailbox(*n).log() == sent.log);
        self.begin_after(number);
        self.keep(sent.log, sent.sequence, &proof);
        Ok(Answer::Stored(proof))
    }

    fn keep(&mut self, log: LogId, sequence: u32, proof: &Proof) {
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

    fn open_thread(&mut self, log: LogId, fetched: &Blob, now: Minute) -> Result<Answer, Refused> {
        let mailboxes = (0..self.keyring.next_mailbox + AHEAD).map(|n| self.keyring.mailboxes.mailbox(n));
        let mailbox = mailboxes
            .into_iter()
            .find(|mailbox| mailbox.log() == log)
            .ok_or(Refused::NotForYou)?;
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
        self.show(fetched.compartment, thread)
    }

    fn open_case(&mut self, log: LogId, fetched: &Blob, now: Minute) -> Result<Answer, Refused> {
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
        self.check_followed(fetched.compartment, &thread)?;
        self.show(fetched.compartment, thread)
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

    fn show(&mut self, compartment: GroupId, thread: Thread) -> Result<Answer, Refused> {
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
        Ok(Answer::Thread(Box::new(view)))
    }

    /// Seals a word of the unit into a thread.
    fn seal_word(
        &mut self,
        log: LogId,
        word: Body,
        now: Minute,
        rng: &mut (impl RngCore + CryptoRng),
    ) -> Result<Answer, Refused> {
        let trust = self.trust()?;
        let (compartment, thread) = self.threads.get(&log).ok_or(Refused::WrongPlace)?;
        let group = trust.group(*compartment).ok_or(Refused::NoUsableKey)?;
        let sequence = u32::try_from(thread.hashes.len()).unwrap_or(u32::MAX);
        let previous = thread.hashes.last().copied().unwrap_or(Hash::ZERO);
        let place = self.place(trust, group, log, sequence, previous);
        let (mut entry, recipients) = place.write(&thread.recipient, now, word)?;
        entry.commitments = self.seen_commitments(*compartment);
        let ciphertext = entry.seal(&self.keyring.signer, &recipients)?;
        let (compartment, epoch) = (*compartment, entry.epoch);
        let new = NewEntry {
            log,
            kind: LogKind::Thread,
            sequence,
            ciphertext,
        };
        Ok(self.post(Append {
            id: AppendId::random(rng),
            compartment,
            epoch,
            entries: vec![new],
            tokens: vec![],
        }))
    }

    pub(super) fn seen_commitments(&self, compartment: GroupId) -> Option<(u64, Hash)> {
        let pins = &self.keyring.pins.commitments;
        pins.iter()
            .find(|(group, ..)| *group == compartment)
            .map(|(_, position, head)| (*position, *head))
    }

    fn seal_form(&self, text: &str) -> Result<Answer, Refused> {
        let own = self.keyring.identity.recipient();
        Ok(Answer::Form(Blob(envelope::seal(text.as_bytes(), &[own])?)))
    }

    fn open_form(&self, form: &Blob) -> Result<Answer, Refused> {
        let (text, _) = envelope::open(&form.0, &[&self.keyring.identity], 1)?;
        let text = std::str::from_utf8(&text).map_err(|_| Refused::Malformed)?;
        Ok(Answer::OpenForm(text.to_owned()))
    }
}

/// The compartment that a concern is for: the employer's unit, unless the person is too close to it.
fn route<'a>(trust: &'a Trust, concern: &Concern, today: Day) -> Result<&'a Group, Refused> {
    let force = trust
        .directory
        .forces
        .iter()
        .find(|force| force.id == concern.force)
        .ok_or(Refused::NoUsableKey)?;
    let (unit, purpose) = match concern.standing {
        Standing::Usual => (&force.unit, Purpose::Intake),
        Standing::Close => (&force.unit, Purpose::Sealed),
        Standing::Chief => (&force.oversight, Purpose::Intake),
    };
    let unit: &Unit = trust.directory.unit(unit).ok_or(Refused::NoUsableKey)?;
    trust.usable(unit, purpose, today).map(|(_, group)| group)
}
