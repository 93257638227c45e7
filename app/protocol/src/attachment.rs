//! Attachments: files that a concern comes with. Each has an identity of its own, and its parts of at most 4 MiB, each an age file, are
//! sealed to that alone. The entry that names the parts by hash carries the identity's secret: whoever opens the entry opens the file.
//! So a file can be sealed while it is not known yet which thread, or which compartment, it will end in.
//!
//! ```text
//! magic       16 bytes  "candour/v1/part" 0x00
//! attachment  16 bytes
//! index        4 bytes  big-endian
//! length       4 bytes  big-endian, of the bytes
//! bytes
//! zeros                 up to the next Padmé size (Nikitin et al., PETS 2019): at most 12 % more
//! ```
//!
//! A part names no log: its file's identity is in one entry only, and nothing else opens it.

use crate::{
    concern::check_text,
    envelope,
    id::{AttachmentId, Hash},
    recipient::{Identity, Recipient},
    refused::Refused,
    wiped::Wiped,
};
use minicbor::{Decode, Encode};
use std::collections::BTreeSet;

/// The most bytes in one part. Another size makes hashes of the same file differ.
pub const PART: usize = 4 << 20;
/// The most bytes of all files of a concern.
pub const LARGEST: u64 = 200 << 20;
/// The most files of a concern.
pub const MOST: usize = 30;
/// The most characters of a file's name, and of its type.
pub const LONGEST_NAME: usize = 255;
/// The most characters of a note.
pub const LONGEST_NOTE: usize = 300;
const MAGIC: &[u8; 16] = b"candour/v1/part\0";
const HEAD: usize = 16 + 16 + 4 + 4;

/// A file, as an entry names it.
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
pub struct Attachment {
    /// Random.
    #[n(0)]
    pub id: AttachmentId,
    /// Its name where it came from.
    #[n(1)]
    pub name: String,
    /// What the writer's browser took it for, such as `image/png`; it may be empty, and prove wrong.
    #[n(2)]
    pub media: String,
    /// Its length in bytes.
    #[n(3)]
    pub length: u64,
    /// SHA-256 of the whole file; zeros until all its parts are stored.
    #[n(4)]
    pub hash: Hash,
    /// Opens its parts, and nothing else.
    #[n(5)]
    pub identity: Identity,
    /// SHA-256 of each part as it was sealed, in order.
    #[n(6)]
    pub parts: Vec<Hash>,
    /// What the writer says of it; it may be empty.
    #[n(7)]
    pub note: String,
    /// Of which other file of the concern it is a copy without what a camera adds.
    #[n(8)]
    pub copy_of: Option<AttachmentId>,
}

impl core::fmt::Debug for Attachment {
    /// Nothing of what was told.
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        out.write_str("Attachment(..)")
    }
}

/// A file that is not stored whole yet, as a draft remembers it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Underway {
    /// The file, with the parts that are stored.
    #[n(0)]
    pub attachment: Attachment,
    /// SHA-256 of each of these parts before it was sealed: whoever goes on must have the same file.
    #[n(1)]
    pub plain: Vec<Hash>,
}

impl Attachment {
    /// How many parts it has.
    pub fn part_count(&self) -> usize {
        usize::try_from(self.length.div_ceil(PART as u64)).unwrap_or(usize::MAX)
    }

    /// How long a part is; nothing where there is no such part.
    pub fn part_length(&self, index: u32) -> Option<usize> {
        let before = u64::from(index) * PART as u64;
        let left = self.length.checked_sub(before).filter(|left| *left > 0)?;
        Some(usize::try_from(left).unwrap_or(PART).min(PART))
    }

    /// Whether all of it is stored.
    pub fn is_whole(&self) -> bool {
        self.parts.len() == self.part_count() && self.hash != Hash::ZERO
    }

    /// Opens one of its parts.
    ///
    /// # Errors
    /// As [`Part::open`], or [`Refused::AlteredEnvelope`] where it has another length than it must.
    pub fn open_part(&self, index: u32, file: &[u8]) -> Result<Wiped, Refused> {
        let hash = self.parts.get(index as usize).ok_or(Refused::WrongPlace)?;
        let part = Part {
            attachment: self.id,
            index,
        };
        let opened = part.open(file, *hash, &self.identity)?;
        let whole = self.part_length(index) == Some(opened.len());
        whole.then_some(opened).ok_or(Refused::AlteredEnvelope)
    }

    /// Whether name, type, note and length are such as a form lets through.
    pub fn is_named_soundly(&self) -> bool {
        let text = |text: &str, most| text.is_empty() || check_text(text, most).is_ok();
        check_text(&self.name, LONGEST_NAME).is_ok()
            && text(&self.media, LONGEST_NAME)
            && text(&self.note, LONGEST_NOTE)
            && (1..=LARGEST).contains(&self.length)
    }
}

/// Whether these can be the files of one concern.
pub fn are_sound(all: &[Attachment]) -> bool {
    let ids: BTreeSet<_> = all.iter().map(|one| one.id).collect();
    let total = all.iter().try_fold(0_u64, |sum, one| sum.checked_add(one.length));
    let known = |one: &Attachment| one.copy_of.is_none_or(|of| of != one.id && ids.contains(&of));
    all.len() <= MOST
        && ids.len() == all.len()
        && total.is_some_and(|total| total <= LARGEST)
        && all
            .iter()
            .all(|one| one.is_named_soundly() && one.is_whole() && known(one))
}

/// Where a part belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// The attachment.
    pub attachment: AttachmentId,
    /// Its place in the attachment, counted from 0.
    pub index: u32,
}

impl Part {
    /// Seals `bytes`; returns the file and its SHA-256.
    ///
    /// # Errors
    /// [`Refused::TooLong`] over 4 MiB, or [`Refused::WrongRecipients`].
    pub fn seal(&self, bytes: &[u8], recipient: &Recipient) -> Result<(Vec<u8>, Hash), Refused> {
        if bytes.len() > PART {
            return Err(Refused::TooLong);
        }
        let mut plaintext = Wiped(Vec::with_capacity(padme(HEAD + bytes.len())));
        plaintext.extend_from_slice(&self.head(bytes.len()));
        plaintext.extend_from_slice(bytes);
        plaintext.resize(padme(HEAD + bytes.len()), 0);
        let file = envelope::seal(&plaintext, std::slice::from_ref(recipient))?;
        let hash = Hash::of(&file);
        Ok((file, hash))
    }

    /// Opens a part that must have this `hash` and belong here.
    ///
    /// # Errors
    /// [`Refused::AlteredEnvelope`] or [`Refused::WrongPlace`], or as [`envelope::open`].
    pub fn open(&self, file: &[u8], hash: Hash, identity: &Identity) -> Result<Wiped, Refused> {
        if Hash::of(file) != hash {
            return Err(Refused::AlteredEnvelope);
        }
        let (mut plaintext, _) = envelope::open(file, &[identity], 1)?;
        let length = plaintext
            .get(HEAD - 4..HEAD)
            .and_then(|four| four.try_into().ok())
            .map(u32::from_be_bytes);
        let length = length.ok_or(Refused::AlteredEnvelope)? as usize;
        if length > PART || plaintext.len() != padme(HEAD + length) {
            return Err(Refused::AlteredEnvelope);
        }
        if plaintext[..HEAD] != self.head(length) {
            return Err(Refused::WrongPlace);
        }
        if plaintext[HEAD + length..].iter().any(|byte| *byte != 0) {
            return Err(Refused::AlteredEnvelope);
        }
        plaintext.copy_within(HEAD..HEAD + length, 0);
        plaintext.truncate(length);
        Ok(plaintext)
    }

    fn head(&self, length: usize) -> [u8; HEAD] {
        let mut head = [0; HEAD];
        head[..16].copy_from_slice(MAGIC);
        head[16..32].copy_from_slice(&self.attachment.0);
        head[32..36].copy_from_slice(&self.index.to_be_bytes());
        head[36..40].copy_from_slice(&u32::try_from(length).unwrap_or(u32::MAX).to_be_bytes());
        head
    }
}

/// The next size whose low bits are zero, so that sizes tell only their logarithm and a few bits.
fn padme(length: usize) -> usize {
    let exponent = usize::BITS - 1 - length.max(2).leading_zeros();
    let kept = u32::BITS - exponent.leading_zeros();
    let low = (1_usize << exponent.saturating_sub(kept)) - 1;
    (length + low) & !low
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLACE: Part = Part {
        attachment: AttachmentId([2; 16]),
        index: 3,
    };

    fn identity() -> Identity {
        Identity::from_secret([9; 32])
    }

    #[test]
    fn round_trip_of_every_odd_size() {
        for length in [0, 1, 39, 40, 41, 65_480, 65_536, 100_000, PART] {
            let bytes = vec![7; length];
            let (file, hash) = PLACE.seal(&bytes, &identity().recipient()).unwrap();
            assert_eq!(*PLACE.open(&file, hash, &identity()).unwrap(), bytes);
        }
        assert_eq!(
            PLACE
                .seal(&vec![0; PART + 1], &identity().recipient())
                .unwrap_err(),
            Refused::TooLong
        );
    }

    #[test]
    fn a_part_of_another_place_is_refused() {
        let (file, hash) = PLACE.seal(b"one", &identity().recipient()).unwrap();
        for other in [
            Part {
                attachment: AttachmentId([9; 16]),
                ..PLACE
            },
            Part { index: 4, ..PLACE },
        ] {
            assert_eq!(
                other.open(&file, hash, &identity()).unwrap_err(),
                Refused::WrongPlace
            );
        }
        assert_eq!(
            PLACE.open(&file, Hash::ZERO, &identity()).unwrap_err(),
            Refused::AlteredEnvelope
        );
    }

    #[test]
    fn padme_adds_at_most_an_eighth_and_never_shrinks() {
        assert_eq!([1, 9, 100, 1000, 10_000].map(padme), [1, 10, 104, 1024, 10_240]);
        for length in (1..2_000_000).step_by(997) {
            let size = padme(length);
            assert!(
                size >= length && size - length <= length / 8 + 1,
                "{length} {size}"
            );
            assert_eq!(padme(size), size);
        }
    }

    #[test]
    fn a_part_with_another_padding_or_a_claimed_length_is_refused() {
        let to = [identity().recipient()];
        for (claimed, size) in [(3, padme(HEAD + 3) + 16), (PART + 1, padme(HEAD + PART + 1))] {
            let mut bytes = vec![0; size];
            bytes[..HEAD].copy_from_slice(&PLACE.head(claimed));
            let file = envelope::seal(&bytes, &to).unwrap();
            let opened = PLACE.open(&file, Hash::of(&file), &identity());
            assert_eq!(opened, Err(Refused::AlteredEnvelope), "{claimed}");
        }
    }

    fn attachment(id: u8, length: u64) -> Attachment {
        let mut one = Attachment {
            id: AttachmentId([id; 16]),
            name: "photo.jpg".into(),
            media: "image/jpeg".into(),
            length,
            hash: Hash([1; 32]),
            identity: identity(),
            parts: vec![],
            note: String::new(),
            copy_of: None,
        };
        one.parts = vec![Hash([2; 32]); one.part_count()];
        one
    }

    #[test]
    fn parts_are_counted_and_the_last_is_what_is_left() {
        let part = PART as u64;
        for (length, count, last) in [(1, 1, 1), (part, 1, PART), (part + 1, 2, 1), (3 * part, 3, PART)] {
            let one = attachment(1, length);
            assert_eq!(one.part_count(), count);
            let index = u32::try_from(count).unwrap();
            assert_eq!(one.part_length(index - 1), Some(last));
            assert_eq!(one.part_length(index), None);
        }
        let mut claimed = attachment(1, 1);
        claimed.length = u64::MAX;
        assert_eq!(claimed.part_length(u32::MAX), Some(PART));
        assert!(!are_sound(&[claimed]));
    }

    #[test]
    fn files_that_no_form_lets_through_are_unsound() {
        let one = |change: fn(&mut Attachment)| {
            let mut one = attachment(1, 5);
            change(&mut one);
            are_sound(&[one])
        };
        assert!(one(|_| ()));
        assert!(!one(|one| one.name.clear()));
        assert!(!one(|one| one.name = "a\u{202e}gpj.exe".into()));
        assert!(!one(|one| one.media = "x".repeat(256)));
        assert!(!one(|one| one.note = "x".repeat(LONGEST_NOTE + 1)));
        assert!(!one(|one| one.parts.clear()));
        assert!(!one(|one| one.parts.push(Hash::ZERO)));
        assert!(!one(|one| one.hash = Hash::ZERO));
        assert!(!one(|one| one.copy_of = Some(one.id)));
        assert!(!one(|one| one.copy_of = Some(AttachmentId([9; 16]))));
        assert!(!are_sound(&[attachment(1, 0)]));
        assert!(!are_sound(&[attachment(1, 5), attachment(1, 5)]), "twice");
        assert!(are_sound(&[attachment(1, LARGEST - 5), attachment(2, 5)]));
        assert!(!are_sound(&[attachment(1, LARGEST - 5), attachment(2, 6)]));
        let many: Vec<_> = (0..=30).map(|id| attachment(id, 5)).collect();
        assert!(are_sound(&many[..MOST]) && !are_sound(&many));
    }
}
