//! Files: sealed part by part as evidence of a concern, and opened part by part by whoever reads it. Of each, one part is here at a time.

use super::{Answer, Blob, FileView, open::Open};
use crate::{
    attachment::{self, Attachment, Part, Underway},
    id::{AttachmentId, Hash, LogId},
    recipient::Identity,
    refused::Refused,
};
use rand_core::{CryptoRng, RngCore};
use sha2::{Digest as _, Sha256};

/// A file that is sealed part by part.
#[derive(Debug)]
pub(super) struct File {
    underway: Underway,
    /// The part that comes next, and the hash of those before it.
    next: u32,
    running: Sha256,
    /// The hashes of the part that was sealed last and is not known to be stored: as sealed, and as it was.
    pending: Option<(Hash, Hash)>,
}

/// A file that is opened part by part.
#[derive(Debug, Default)]
pub(super) struct Reading {
    next: u32,
    running: Sha256,
}

impl File {
    pub(super) fn new(underway: Underway) -> Self {
        Self {
            underway,
            next: 0,
            running: Sha256::new(),
            pending: None,
        }
    }

    pub(super) fn underway(&self) -> &Underway {
        &self.underway
    }

    /// Whether no part of it is being sealed.
    pub(super) fn is_at_rest(&self) -> bool {
        let whole = self.underway.attachment.is_whole();
        self.pending.is_none() && (self.next == 0 || whole)
    }

    /// Begins again at the first part.
    fn rewind(&mut self) {
        self.next = 0;
        self.running = Sha256::new();
        self.pending = None;
    }

    /// Seals the next part, unless it is stored already: then it must be as it was.
    fn seal(&mut self, index: u32, bytes: &[u8]) -> Result<Answer, Refused> {
        if index == 0 {
            self.rewind();
        }
        let Underway { attachment, plain } = &self.underway;
        if index != self.next {
            return Err(Refused::BrokenSequence);
        }
        if attachment.part_length(index) != Some(bytes.len()) {
            return Err(Refused::OtherFile);
        }
        let hash = Hash::of(bytes);
        let answer = if let Some(was) = plain.get(index as usize) {
            if *was != hash {
                return Err(Refused::OtherFile);
            }
            Answer::Part {
                hash: attachment.parts[index as usize],
                sealed: None,
            }
        } else {
            let part = Part {
                attachment: attachment.id,
                index,
            };
            let (sealed, name) = part.seal(bytes, &attachment.identity.recipient())?;
            self.pending = Some((name, hash));
            Answer::Part {
                hash: name,
                sealed: Some(Blob(sealed)),
            }
        };
        self.running.update(bytes);
        self.next += 1;
        Ok(answer)
    }

    /// The part that was sealed last is stored.
    fn stored(&mut self) -> Result<(), Refused> {
        let (name, hash) = self.pending.take().ok_or(Refused::BrokenSequence)?;
        let Underway { attachment, plain } = &mut self.underway;
        attachment.parts.push(name);
        plain.push(hash);
        if attachment.parts.len() == attachment.part_count() {
            attachment.hash = Hash(self.running.clone().finalize().into());
        }
        Ok(())
    }
}

impl Open {
    pub(super) fn begin_file(
        &mut self,
        (name, media): (String, String),
        length: u64,
        copy_of: Option<AttachmentId>,
        rng: &mut (impl RngCore + CryptoRng),
    ) -> Result<Answer, Refused> {
        let attachment = Attachment {
            id: AttachmentId::random(rng),
            name,
            media,
            length,
            hash: Hash::ZERO,
            identity: Identity::random(rng),
            parts: vec![],
            note: String::new(),
            copy_of,
        };
        if !attachment.is_named_soundly() {
            return Err(Refused::Malformed);
        }
        let plain = vec![];
        let file = File::new(Underway { attachment, plain });
        let answer = Answer::File(view(&file.underway.attachment));
        self.files.insert(file.underway.attachment.id, file);
        Ok(answer)
    }

    fn file(&mut self, id: AttachmentId) -> Result<&mut File, Refused> {
        self.files.get_mut(&id).ok_or(Refused::WrongPlace)
    }

    pub(super) fn seal_part(
        &mut self,
        id: AttachmentId,
        index: u32,
        bytes: &Blob,
    ) -> Result<Answer, Refused> {
        self.file(id)?.seal(index, &bytes.0)
    }

    pub(super) fn part_stored(&mut self, id: AttachmentId) -> Result<Answer, Refused> {
        let file = self.file(id)?;
        file.stored()?;
        Ok(Answer::File(view(&file.underway.attachment)))
    }

    pub(super) fn note_file(&mut self, id: AttachmentId, note: String) -> Result<Answer, Refused> {
        let attachment = &mut self.file(id)?.underway.attachment;
        let before = std::mem::replace(&mut attachment.note, note);
        if !attachment.is_named_soundly() {
            attachment.note = before;
            return Err(Refused::Malformed);
        }
        Ok(Answer::File(view(attachment)))
    }

    /// The files that were sealed whole.
    pub(super) fn attachments(&self, ids: &[AttachmentId]) -> Result<Vec<Attachment>, Refused> {
        let whole = |id: &AttachmentId| {
            let file = self.files.get(id).ok_or(Refused::WrongPlace)?;
            let attachment = &file.underway.attachment;
            let whole = attachment.is_whole();
            whole.then(|| attachment.clone()).ok_or(Refused::UnfinishedFile)
        };
        let all = ids.iter().map(whole).collect::<Result<Vec<_>, _>>()?;
        attachment::are_sound(&all)
            .then_some(all)
            .ok_or(Refused::Malformed)
    }

    /// Opens the next part of a file of a thread that is open. The last is given only where all of them are what was told of.
    pub(super) fn open_part(
        &mut self,
        log: LogId,
        id: AttachmentId,
        index: u32,
        sealed: &Blob,
    ) -> Result<Answer, Refused> {
        let (_, thread) = self.threads.get(&log).ok_or(Refused::WrongPlace)?;
        let attachment = thread.files().find(|one| one.id == id);
        let attachment = attachment.ok_or(Refused::WrongPlace)?;
        let reading = match self.reading.remove(&(log, id)) {
            Some(reading) if index > 0 => reading,
            _ => Reading::default(),
        };
        if reading.next != index {
            return Err(Refused::BrokenSequence);
        }
        let opened = attachment.open_part(index, &sealed.0)?;
        let running = reading.running.chain_update(&*opened);
        let next = index + 1;
        if next as usize == attachment.part_count() {
            let whole = Hash(running.finalize().into());
            if whole != attachment.hash {
                return Err(Refused::AlteredEnvelope);
            }
        } else {
            self.reading.insert((log, id), Reading { next, running });
        }
        Ok(Answer::OpenPart(Blob(opened.to_vec())))
    }
}

/// Everything of a file but what opens it.
pub(super) fn view(attachment: &Attachment) -> FileView {
    FileView {
        id: attachment.id,
        name: attachment.name.clone(),
        media: attachment.media.clone(),
        length: attachment.length,
        hash: attachment.is_whole().then_some(attachment.hash),
        parts: attachment.parts.clone(),
        count: u32::try_from(attachment.part_count()).unwrap_or(u32::MAX),
        note: attachment.note.clone(),
        copy_of: attachment.copy_of,
    }
}
