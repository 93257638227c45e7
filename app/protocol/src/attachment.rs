//! Attachments: parts of at most 4 MiB, each an age file of its own that its entry names by hash.
//!
//! ```text
//! magic       16 bytes  "candour/v1/part" 0x00
//! log         16 bytes
//! attachment  16 bytes
//! index        4 bytes  big-endian
//! length       4 bytes  big-endian, of the bytes
//! bytes
//! zeros                 up to the next Padmé size (Nikitin et al., PETS 2019): at most 12 % more
//! ```

use crate::{
    envelope,
    id::{Hash, LogId},
    recipient::{Identity, Recipient},
    refused::Refused,
    wiped::Wiped,
};

/// The most bytes in one part. Another size makes hashes of the same file differ.
pub const PART: usize = 4 << 20;
const MAGIC: &[u8; 16] = b"candour/v1/part\0";
const HEAD: usize = 16 + 16 + 16 + 4 + 4;

/// Where a part belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// The log whose entry names it.
    pub log: LogId,
    /// The attachment, random.
    pub attachment: [u8; 16],
    /// Its place in the attachment, counted from 0.
    pub index: u32,
}

impl Part {
    /// Seals `bytes`; returns the file and its SHA-256.
    ///
    /// # Errors
    /// [`Refused::TooLong`] over 4 MiB, or [`Refused::WrongRecipients`].
    pub fn seal(&self, bytes: &[u8], recipients: &[Recipient]) -> Result<(Vec<u8>, Hash), Refused> {
        if bytes.len() > PART {
            return Err(Refused::TooLong);
        }
        let mut plaintext = Wiped(Vec::with_capacity(padme(HEAD + bytes.len())));
        plaintext.extend_from_slice(&self.head(bytes.len()));
        plaintext.extend_from_slice(bytes);
        plaintext.resize(padme(HEAD + bytes.len()), 0);
        let file = envelope::seal(&plaintext, recipients)?;
        let hash = Hash::of(&file);
        Ok((file, hash))
    }

    /// Opens a part that must have this `hash` and belong here.
    ///
    /// # Errors
    /// [`Refused::AlteredEnvelope`] or [`Refused::WrongPlace`], or as [`envelope::open`].
    pub fn open(
        &self,
        file: &[u8],
        hash: Hash,
        identity: &Identity,
        recipients: usize,
    ) -> Result<Wiped, Refused> {
        if Hash::of(file) != hash {
            return Err(Refused::AlteredEnvelope);
        }
        let (mut plaintext, _) = envelope::open(file, &[identity], recipients)?;
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
        head[16..32].copy_from_slice(&self.log.0);
        head[32..48].copy_from_slice(&self.attachment);
        head[48..52].copy_from_slice(&self.index.to_be_bytes());
        head[52..56].copy_from_slice(&u32::try_from(length).unwrap_or(u32::MAX).to_be_bytes());
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
        log: LogId([1; 16]),
        attachment: [2; 16],
        index: 3,
    };

    fn identity() -> Identity {
        Identity::from_secret([9; 32])
    }

    #[test]
    fn round_trip_of_every_odd_size() {
        for length in [0, 1, 55, 56, 57, 65_480, 65_536, 100_000, PART] {
            let bytes = vec![7; length];
            let (file, hash) = PLACE.seal(&bytes, &[identity().recipient()]).unwrap();
            assert_eq!(*PLACE.open(&file, hash, &identity(), 1).unwrap(), bytes);
        }
        assert_eq!(
            PLACE
                .seal(&vec![0; PART + 1], &[identity().recipient()])
                .unwrap_err(),
            Refused::TooLong
        );
    }

    #[test]
    fn a_part_of_another_place_is_refused() {
        let (file, hash) = PLACE.seal(b"one", &[identity().recipient()]).unwrap();
        for other in [
            Part {
                log: LogId([9; 16]),
                ..PLACE
            },
            Part {
                attachment: [9; 16],
                ..PLACE
            },
            Part { index: 4, ..PLACE },
        ] {
            assert_eq!(
                other.open(&file, hash, &identity(), 1).unwrap_err(),
                Refused::WrongPlace
            );
        }
        assert_eq!(
            PLACE.open(&file, Hash::ZERO, &identity(), 1).unwrap_err(),
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
            let opened = PLACE.open(&file, Hash::of(&file), &identity(), 1);
            assert_eq!(opened, Err(Refused::AlteredEnvelope), "{claimed}");
        }
    }
}
