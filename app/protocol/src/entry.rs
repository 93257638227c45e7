//! Entries: what is sealed into a log, with its whole context inside.
//!
//! An age file for exactly three recipients (two in a journal): the compartment's epoch, its recovery key, and the thread's own
//! key. Inside, padded to a bucket, the signed [`Entry`]. Nothing outside is believed: a client compares every field of the
//! context with what it asked for before it shows a word.

use crate::{
    append::LogKind,
    attachment::Attachment,
    casework::Status,
    concern::Concern,
    envelope,
    group::{Group, State},
    id::{GroupId, Hash, LogId, Minute, VerifyingKey},
    origin::Beginning,
    recipient::{Identity, Recipient},
    refused::Refused,
    signed::{self, Kind, SigningKey, Unsigned},
    slot::SUITE,
};
use minicbor::{Decode, Encode};

/// The release that wrote an entry. An assessor who knows of a bad release can tell what it wrote.
const BUILD: &str = concat!("candour ", env!("CARGO_PKG_VERSION"));

/// The smallest bucket of an entry that begins a thread. It carries its partner's chain, so in a smaller one its size would tell a
/// large organisation from a small one. Another size makes old threads unreadable.
const BEGINNING: usize = 64 << 10;

/// An entry. CBOR array in this order.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Entry {
    /// How it is sealed and signed.
    #[n(0)]
    pub suite: u8,
    /// The deployment.
    #[n(1)]
    pub instance: Hash,
    /// The kind of log.
    #[n(2)]
    pub kind: LogKind,
    /// The log.
    #[n(3)]
    pub log: LogId,
    /// Its place in the log, counted from 0.
    #[n(4)]
    pub sequence: u32,
    /// SHA-256 of the ciphertext before it in the log; zeros at the first.
    #[n(5)]
    pub previous: Hash,
    /// The compartment it is for.
    #[n(6)]
    pub compartment: GroupId,
    /// The compartment's epoch it is sealed to.
    #[n(7)]
    pub epoch: u32,
    /// The hashes of all its recipients, ascending.
    #[n(8)]
    pub recipients: Vec<Hash>,
    /// The version and hash of the directory that the writer saw.
    #[n(9)]
    pub directory: (u32, Hash),
    /// The head of the compartment's chain that the writer saw.
    #[n(10)]
    pub chain: Hash,
    /// The place and head of the commitment chain that the writer saw; only members see one.
    #[n(11)]
    pub commitments: Option<(u64, Hash)>,
    /// The release that wrote it.
    #[n(12)]
    pub build: String,
    /// When it was written.
    #[n(13)]
    pub written: Minute,
    /// At the first entry of a thread: who wrote it, and whom to answer.
    #[n(14)]
    pub beginning: Option<Box<Beginning>>,
    /// What it says.
    #[n(15)]
    pub body: Body,
}

/// What an entry says.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Body {
    /// The concern, with its files; only at the first place of a thread.
    #[n(0)]
    Concern(#[n(0)] Box<Concern>, #[n(1)] Vec<Attachment>),
    /// A member of the unit has opened the concern.
    #[n(1)]
    Opened,
    /// A member of the compartment tries whether it works; only at the first place of a thread.
    #[n(2)]
    Test(#[n(0)] Box<Concern>),
    /// A member of the unit has closed the thread.
    #[n(3)]
    Closed,
    /// More from the practitioner: the bytes of [`crate::told::More`]. Never at the first place of a thread.
    #[n(4)]
    More(#[cbor(n(0), with = "minicbor::bytes")] Vec<u8>),
    /// A message, from a member or from the practitioner: the bytes of a [`crate::casework::Message`], and its files.
    #[n(5)]
    Message(
        #[cbor(n(0), with = "minicbor::bytes")] Vec<u8>,
        #[n(1)] Vec<Attachment>,
    ),
    /// A member of the unit says how far it has come.
    #[n(6)]
    Notice(#[n(0)] Status),
    /// What a member did: the bytes of a [`crate::casework::Work`]. Only in a journal, and nothing else is in one.
    #[n(7)]
    Work(#[cbor(n(0), with = "minicbor::bytes")] Vec<u8>),
}

impl Kind for Entry {
    const TYPE: u16 = 5;
    const NAME: &'static str = "entry";
}

/// Where an entry goes, for whoever writes it and for whoever reads it.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// The deployment.
    pub instance: Hash,
    /// The log's kind: a journal's entries have no thread's key among their recipients.
    pub kind: LogKind,
    /// The log.
    pub log: LogId,
    /// The place in the log.
    pub sequence: u32,
    /// SHA-256 of the ciphertext before it.
    pub previous: Hash,
    /// The compartment's verified chain.
    pub group: &'a Group,
    /// The verified directory's version and hash.
    pub directory: (u32, Hash),
}

impl Place<'_> {
    /// An entry for this place. Recipients are the compartment as it stands now, and in a thread `thread`.
    ///
    /// # Errors
    /// [`Refused::NoUsableKey`] where the compartment has no recovery key.
    pub fn write(
        &self,
        thread: Option<&Recipient>,
        written: Minute,
        body: Body,
    ) -> Result<(Entry, Vec<Recipient>), Refused> {
        let now = self.group.now();
        let recipients = self.readers(now, thread)?;
        let entry = Entry {
            suite: SUITE,
            instance: self.instance,
            kind: self.kind,
            log: self.log,
            sequence: self.sequence,
            previous: self.previous,
            compartment: self.group.id,
            epoch: now.epoch.number,
            recipients: hashes(&recipients),
            directory: self.directory,
            chain: now.head,
            commitments: None,
            build: BUILD.to_owned(),
            written,
            beginning: None,
            body,
        };
        Ok((entry, recipients))
    }

    /// Opens a file for this place. Each of `keys` is an identity with the epoch it belongs to, or none for the
    /// thread's own. `thread` is the thread's recipient, known from the first entry on.
    ///
    /// # Errors
    /// A [`Refused`] that names the first thing that is not as it must be.
    pub fn open(
        &self,
        file: &[u8],
        keys: &[(Option<u32>, &Identity)],
        thread: Option<&Recipient>,
    ) -> Result<Read, Refused> {
        let identities: Vec<_> = keys.iter().map(|(_, identity)| *identity).collect();
        let (plaintext, fitted) = envelope::open(file, &identities, self.count())?;
        let (read, rest) = signed::verify_prefix::<Entry>(&plaintext).map_err(|error| match error {
            Unsigned::Malformed => Refused::Malformed,
            Unsigned::BadSignature => Refused::BadSignature,
        })?;
        let least = read.payload.least();
        if !envelope::is_padding_to(least, plaintext.len() - rest.len(), rest) {
            return Err(Refused::AlteredEnvelope);
        }
        let [signer] = read.signers[..] else {
            return Err(Refused::WrongSigner);
        };
        let entry = read.payload;
        let writers_view = self.check(&entry)?;
        if keys
            .get(fitted)
            .and_then(|(epoch, _)| *epoch)
            .is_some_and(|epoch| epoch != entry.epoch)
        {
            return Err(Refused::Readdressed);
        }
        let thread = thread.or(entry.beginning.as_ref().map(|beginning| &beginning.thread));
        if entry.recipients != hashes(&self.readers(writers_view, thread)?) {
            return Err(Refused::WrongRecipients);
        }
        Ok(Read {
            hash: Hash::of(file),
            signer,
            entry,
        })
    }

    /// Every field of the context; returns the compartment as the writer saw it.
    fn check(&self, entry: &Entry) -> Result<&State, Refused> {
        if entry.suite != SUITE {
            return Err(Refused::WrongSuite);
        }
        if entry.instance != self.instance {
            return Err(Refused::WrongInstance);
        }
        if (entry.kind, entry.log, entry.sequence) != (self.kind, self.log, self.sequence) {
            return Err(Refused::WrongPlace);
        }
        if entry.previous != self.previous {
            return Err(Refused::BrokenSequence);
        }
        if entry.compartment != self.group.id {
            return Err(Refused::Readdressed);
        }
        if entry.directory.0 == self.directory.0 && entry.directory.1 != self.directory.1 {
            return Err(Refused::SplitView);
        }
        let state = self.group.at(entry.chain).ok_or(Refused::SplitView)?;
        if entry.epoch != state.epoch.number {
            return Err(Refused::Readdressed);
        }
        let begins = self.kind == LogKind::Thread && entry.sequence == 0;
        if entry.beginning.is_some() != begins || entry.build.len() > 64 {
            return Err(Refused::Malformed);
        }
        Ok(state)
    }

    /// How many can open an entry here.
    fn count(&self) -> usize {
        match self.kind {
            LogKind::Thread => 3,
            LogKind::Journal => 2,
        }
    }

    fn readers(&self, state: &State, thread: Option<&Recipient>) -> Result<Vec<Recipient>, Refused> {
        let recovery = state.policy.recovery.as_ref().ok_or(Refused::NoUsableKey)?;
        let thread = match self.kind {
            LogKind::Thread => Some(thread.ok_or(Refused::Malformed)?),
            LogKind::Journal => None,
        };
        let all = [Some(&state.epoch.recipient), thread, Some(&recovery.recipient)];
        Ok(all.into_iter().flatten().cloned().collect())
    }
}

impl Entry {
    /// Signs, pads and seals it.
    ///
    /// # Errors
    /// [`Refused::TooLong`] or [`Refused::WrongRecipients`].
    pub fn seal(&self, signer: &SigningKey, recipients: &[Recipient]) -> Result<Vec<u8>, Refused> {
        let padded = envelope::pad_to(self.least(), signed::sign(self, &[signer]))?;
        envelope::seal(&padded, recipients)
    }

    /// The smallest bucket that it is padded to.
    fn least(&self) -> usize {
        if self.beginning.is_some() { BEGINNING } else { 0 }
    }
}

/// An entry that was opened, and whose context is what was asked for. Whether its signer may write here is still to be checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    /// SHA-256 of the file.
    pub hash: Hash,
    /// The one key that signed.
    pub signer: VerifyingKey,
    /// The entry.
    pub entry: Entry,
}

fn hashes(recipients: &[Recipient]) -> Vec<Hash> {
    let mut hashes: Vec<_> = recipients.iter().map(Recipient::hash).collect();
    hashes.sort_unstable();
    hashes
}
