//! What a unit does with a case and says to whoever told, and what they say: sealed into the journal and the thread in one append.

use super::{Answer, open::Open};
use crate::{
    append::{Append, LogKind, NewEntry},
    casework::Status,
    entry::{Body, Entry},
    id::{AppendId, AttachmentId, Hash, LogId, Minute},
    recipient::Recipient,
    refused::Refused,
};
use rand_core::{CryptoRng, RngCore};

/// What the practitioner is told: a message with its files, and how far it has come.
type Told = (Option<(Vec<u8>, Vec<AttachmentId>)>, Option<Status>);

impl Open {
    pub(super) fn seal_work(
        &mut self,
        log: LogId,
        work: Vec<Vec<u8>>,
        (message, notice): Told,
        now: Minute,
        rng: &mut (impl RngCore + CryptoRng),
    ) -> Result<Answer, Refused> {
        let message = message
            .map(|(text, files)| self.message(text, &files))
            .transpose()?;
        let journal = work.into_iter().map(Body::Work);
        let thread = message.into_iter().chain(notice.map(Body::Notice));
        let mut entries = self.seal_all((LogKind::Journal, log), journal, now)?;
        entries.extend(self.seal_all((LogKind::Thread, log), thread, now)?);
        let (compartment, epoch) = self.epoch_of(log)?;
        if entries.is_empty() || entries.len() > Append::MOST {
            return Err(Refused::TooLong);
        }
        Ok(self.post(Append {
            id: AppendId::random(rng),
            compartment,
            epoch,
            entries,
            tokens: vec![],
        }))
    }

    fn message(&self, text: Vec<u8>, files: &[AttachmentId]) -> Result<Body, Refused> {
        Ok(Body::Message(text, self.attachments(files)?))
    }

    /// Seals entries of a member, one after the other, into the thread or its journal.
    fn seal_all(
        &self,
        (kind, thread): (LogKind, LogId),
        bodies: impl Iterator<Item = Body>,
        now: Minute,
    ) -> Result<Vec<NewEntry>, Refused> {
        let (log, mut hashes) = self.hashes_of(kind, thread)?;
        let mut sealed = Vec::new();
        for body in bodies {
            let (mut entry, recipients) = self.entry_after((kind, log), thread, &hashes, body, now)?;
            entry.commitments = self.seen_commitments(entry.compartment);
            let ciphertext = entry.seal(&self.keyring.signer, &recipients)?;
            hashes.push(Hash::of(&ciphertext));
            sealed.push(NewEntry {
                log,
                kind,
                sequence: entry.sequence,
                ciphertext,
            });
        }
        Ok(sealed)
    }

    /// The log of this kind, and the hashes of its entries.
    fn hashes_of(&self, kind: LogKind, thread: LogId) -> Result<(LogId, Vec<Hash>), Refused> {
        match kind {
            LogKind::Thread => {
                let (_, opened) = self.threads.get(&thread).ok_or(Refused::WrongPlace)?;
                Ok((thread, opened.hashes.clone()))
            }
            LogKind::Journal => {
                let journal = self.journals.get(&thread).ok_or(Refused::WrongPlace)?;
                Ok((thread.journal(), journal.hashes.clone()))
            }
        }
    }

    /// The entry that comes after those with these hashes, and whom it is sealed to.
    pub(super) fn entry_after(
        &self,
        (kind, log): (LogKind, LogId),
        thread: LogId,
        hashes: &[Hash],
        body: Body,
        now: Minute,
    ) -> Result<(Entry, Vec<Recipient>), Refused> {
        let trust = self.trust()?;
        let (compartment, opened) = self.threads.get(&thread).ok_or(Refused::WrongPlace)?;
        let group = trust.group(*compartment).ok_or(Refused::NoUsableKey)?;
        let sequence = u32::try_from(hashes.len()).unwrap_or(u32::MAX);
        let previous = hashes.last().copied().unwrap_or(Hash::ZERO);
        let place = self.place(trust, group, (kind, log), sequence, previous);
        let recipient = (kind == LogKind::Thread).then_some(&opened.recipient);
        place.write(recipient, now, body)
    }

    fn epoch_of(&self, thread: LogId) -> Result<(crate::id::GroupId, u32), Refused> {
        let (compartment, _) = self.threads.get(&thread).ok_or(Refused::WrongPlace)?;
        let group = self.trust()?.group(*compartment).ok_or(Refused::NoUsableKey)?;
        Ok((*compartment, group.now().epoch.number))
    }
}
