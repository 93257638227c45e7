//! The vault while it is open.

use super::{
    Answer, Ask, Blob, Deployment, KeyringSeen, Missing,
    commitments::Followed,
    files::{File, Reading},
    found::read_recovery,
};
use crate::{
    append::{Append, LogKind, NewEntry},
    codec,
    entry::{Body, Place},
    group::Group,
    id::{AppendId, AttachmentId, GroupId, Hash, LogId, Minute, Token, UnsentId},
    journal::Journal,
    keyring::Keyring,
    mailbox::AHEAD,
    parcel::Parcel,
    refused::Refused,
    slot::KeyringKey,
    thread::Thread,
    trust::{Given, Trust},
    words,
};
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
    pub(super) begun: u32,
    pub(super) followed: BTreeMap<GroupId, Followed>,
    pub(super) sealed: BTreeMap<AppendId, Sent>,
    pub(super) threads: BTreeMap<LogId, (GroupId, Thread)>,
    /// Each journal that was opened, by its thread.
    pub(super) journals: BTreeMap<LogId, Journal>,
    /// The links that somebody looked at, by their hashes: only these are signed.
    pub(super) shown: BTreeSet<Hash>,
    /// The newest version that was seen of each draft of a concern.
    pub(super) unsent: BTreeMap<UnsentId, u32>,
    /// What colleagues gave, as far as it was opened: only this is taken.
    pub(super) parcels: BTreeMap<Hash, Parcel>,
    /// The files of drafts, as far as they have come.
    pub(super) files: BTreeMap<AttachmentId, File>,
    /// How far the files that are being read were.
    pub(super) reading: BTreeMap<(LogId, AttachmentId), Reading>,
}

/// An append that was sealed and may have been sent.
#[derive(Clone, Debug)]
pub(super) struct Sent {
    pub(super) digest: Hash,
    pub(super) compartment: GroupId,
    /// The place and the hash of each entry.
    pub(super) entries: Vec<(LogId, u32, Hash)>,
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
            journals: BTreeMap::new(),
            shown: BTreeSet::new(),
            unsent: BTreeMap::new(),
            parcels: BTreeMap::new(),
            files: BTreeMap::new(),
            reading: BTreeMap::new(),
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
            Ask::SealUnsent {
                drawer,
                version,
                unsent,
            } => self.seal_unsent(drawer, version, unsent, rng),
            Ask::OpenUnsent { drawer, sealed } => self.open_unsent(drawer, &sealed),
            Ask::UnsentTokens => Ok(self.unsent_tokens()),
            _ => Err(Refused::Malformed),
        }
    }

    pub(super) fn answer(
        &mut self,
        ask: Ask,
        rng: &mut (impl RngCore + CryptoRng),
    ) -> Result<Answer, Refused> {
        match ask {
            Ask::SealConcern {
                concern,
                files,
                named,
                now,
            } => self.seal_concern((concern, &files), named, now, rng),
            Ask::CheckReceipt { append, receipt } => self.check_receipt(append, &receipt),
            Ask::OpenThread { log, fetched, now } => self.open_thread(log, &fetched, now),
            Ask::OpenCase {
                log,
                fetched,
                journal,
                reached,
                now,
            } => self.open_case(log, (&fetched, journal.as_ref()), reached, now),
            Ask::KnownCase { log, reached } => self.known_case(log, reached),
            Ask::SealWork {
                log,
                work,
                message,
                notice,
                now,
            } => self.seal_work(log, work, (message, notice), now, rng),
            Ask::SealOpened { log, now } => self.seal_word(log, Body::Opened, now, rng),
            Ask::SealClosed { log, now } => self.seal_word(log, Body::Closed, now, rng),
            Ask::SealMore { log, more, now } => self.seal_more(log, more, now, rng),
            Ask::SealTest { group, concern, now } => self.seal_test(group, concern, now, rng),
            Ask::ReadRecovery(line) => read_recovery(&line),
            Ask::Signer => Ok(self.signer()),
            Ask::Openers => Ok(self.openers()),
            Ask::ChangeCode => Ok(self.change_code(rng)),
            Ask::RemovePasskey(credential) => self.remove_passkey(credential, rng),
            Ask::Invite { place, whom, now } => Ok(self.invite(place, whom, now, rng)),
            Ask::CheckJoining(joining) => self.check_joining(&joining),
            Ask::ForgetInvitation(lookup) => Ok(self.forget_invitation(lookup)),
            Ask::Invitees => Ok(self.invitees()),
            Ask::BeginFile {
                name,
                media,
                length,
                copy_of,
            } => self.begin_file((name, media), length, copy_of, rng),
            Ask::SealPart { file, index, bytes } => self.seal_part(file, index, &bytes),
            Ask::PartStored(file) => self.part_stored(file),
            Ask::NoteFile { file, note } => self.note_file(file, note),
            Ask::OpenPart {
                log,
                file,
                index,
                sealed,
            } => self.open_part(log, file, index, &sealed),
            Ask::ParcelTokens => self.parcel_tokens(),
            Ask::GiveDraft {
                drawer,
                sealed,
                to,
                slot,
                now,
            } => self.give_draft(drawer, &sealed, (to, slot, now.day()), rng),
            Ask::GiveConcern { log, to, slot, now } => self.give_concern(log, (to, slot, now.day()), rng),
            Ask::OpenParcel { place, sealed, now } => self.open_parcel(place, &sealed, now.day()),
            Ask::TakeDraft { parcel, drawer } => self.take_draft(parcel, drawer, rng),
            Ask::TakeConcern { parcel, now } => self.take_concern(parcel, now.day()),
            Ask::SettleParcel { parcel, now } => self.settle_parcel(parcel, now.day()),
            Ask::GivenConcerns => Ok(self.given_concerns()),
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
        let own = (0..self.keyring.next_mailbox + AHEAD).map(|n| self.keyring.mailboxes.mailbox(n));
        own.chain(self.keyring.given_mailboxes())
            .map(|mailbox| mailbox.token)
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

    pub(super) fn begin_after(&mut self, last: Option<u32>) {
        self.begun = self.begun.max(last.map_or(0, |last| last + 1));
        self.keyring.next_mailbox = self.keyring.next_mailbox.max(self.begun);
    }

    /// Whether a thread has more entries than were proved to be stored: then there is something to learn in it.
    fn unlearnt(&self, threads: &[(LogId, u32)]) -> Answer {
        let learnt = |log: LogId| self.keyring.kept(log).map_or(0, |kept| kept.sequence + 1);
        let more = threads.iter().filter(|(log, entries)| *entries > learnt(*log));
        Answer::Unlearnt(more.map(|(log, _)| *log).collect())
    }

    pub(super) fn place<'a>(
        &self,
        trust: &'a Trust,
        group: &'a Group,
        (kind, log): (LogKind, LogId),
        sequence: u32,
        previous: Hash,
    ) -> Place<'a> {
        let directory = (trust.directory.version, trust.directory_hash);
        Place {
            instance: self.keyring.instance,
            kind,
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
        let place = |entry: &NewEntry| (entry.log, entry.sequence, Hash::of(&entry.ciphertext));
        let sent = Sent {
            digest: Hash::of(&bytes),
            compartment: append.compartment,
            entries: append.entries.iter().map(place).collect(),
        };
        self.sealed.insert(append.id, sent);
        Answer::Sealed {
            append: append.id,
            log: append.entries[0].log,
            bytes: Blob(bytes),
        }
    }
}
