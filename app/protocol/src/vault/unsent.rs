//! Drafts of concerns: sealed into drawers, and opened from them.

use super::{
    Answer, Blob, UnsentText, UnsentView,
    files::{File, view},
    open::Open,
};
use crate::{
    attachment::Underway,
    id::UnsentId,
    refused::Refused,
    unsent::{DRAWERS, PAGE, Unsent},
};
use rand_core::{CryptoRng, RngCore};

impl Open {
    /// The token of each drawer.
    pub(super) fn unsent_tokens(&self) -> Answer {
        let seed = &self.keyring.mailboxes;
        Answer::Tokens((0..DRAWERS).map(|drawer| seed.drawer(drawer).token).collect())
    }

    pub(super) fn seal_unsent(
        &mut self,
        drawer: u8,
        version: u32,
        unsent: UnsentText,
        rng: &mut (impl RngCore + CryptoRng),
    ) -> Result<Answer, Refused> {
        check_drawer(drawer)?;
        let UnsentText {
            id,
            label,
            text,
            files,
        } = unsent;
        let known = files.iter().filter_map(|id| self.files.get(id));
        let unsent = Unsent {
            id: id.unwrap_or_else(|| UnsentId::random(rng)),
            label,
            text,
            files: known.map(|file| file.underway().clone()).collect(),
        };
        let id = unsent.id;
        let own = (self.keyring.instance, &self.keyring.mailboxes);
        let bytes = unsent.seal(own, (drawer, version), rng)?;
        self.saw_unsent(drawer, id, version)?;
        Ok(Answer::SealedUnsent {
            id,
            bytes: Blob(bytes),
        })
    }

    pub(super) fn open_unsent(&mut self, drawer: u8, sealed: &Blob) -> Result<Answer, Refused> {
        check_drawer(drawer)?;
        let own = (self.keyring.instance, &self.keyring.mailboxes);
        let (unsent, version) = Unsent::open(&sealed.0, own, drawer)?;
        let Unsent {
            id,
            label,
            text,
            files,
        } = unsent;
        let newer = self.saw_unsent(drawer, id, version)?;
        let views = files.iter().map(|file| view(&file.attachment)).collect();
        for file in files {
            self.remember_file(file, newer);
        }
        Ok(Answer::OpenUnsent(Box::new(UnsentView {
            id,
            version,
            label,
            text,
            files: views,
        })))
    }

    /// A file goes on where it had come furthest. As far as here, it is what a newer draft says, but not while it is being sealed.
    fn remember_file(&mut self, file: Underway, newer: bool) {
        let known = self.files.get(&file.attachment.id);
        let replaces = known.is_none_or(|known| {
            let stored = known.underway().plain.len();
            file.plain.len() > stored || newer && file.plain.len() == stored && known.is_at_rest()
        });
        if replaces {
            self.files.insert(file.attachment.id, File::new(file));
        }
    }

    /// Within one session a draft never becomes older. What a page keeps in memory comes from no server. Gives whether it is newer
    /// than what was seen.
    pub(super) fn saw_unsent(&mut self, drawer: u8, id: UnsentId, version: u32) -> Result<bool, Refused> {
        if drawer == PAGE {
            return Ok(false);
        }
        let seen = self.unsent.entry(id).or_default();
        let newer = version > *seen;
        if version < *seen {
            return Err(Refused::OlderDraft);
        }
        *seen = version;
        Ok(newer)
    }
}

fn check_drawer(drawer: u8) -> Result<(), Refused> {
    (drawer <= PAGE).then_some(()).ok_or(Refused::Malformed)
}
