//! Envelopes: age files (C2SP age, v1) with exactly the recipients that the protocol names, and padding inside.
//!
//! Plaintext, before `age` seals it: the bytes, then zeros up to the next of 4, 16, 64 and 256 KiB. What is sealed says its own
//! length, so the zeros need no count; anything else where they should be is refused.

use crate::{
    recipient::{Identity, Recipient},
    refused::Refused,
    wiped::Wiped,
};
use age::{DecryptError, Decryptor, Encryptor};
use age_core::format::{FileKey, Stanza};
use std::{
    cell::Cell,
    io::{Read as _, Write as _},
};

/// Sizes that a padded plaintext may have, in bytes. Another list makes old entries unreadable and sizes comparable.
pub const BUCKETS: [usize; 4] = [4 << 10, 16 << 10, 64 << 10, 256 << 10];
/// The most bytes of an age header that are read. Three recipients and the random stanza need under 1 KiB.
const HEADER: usize = 4 << 10;

/// Seals `plaintext` to exactly `recipients`.
///
/// # Errors
/// [`Refused::WrongRecipients`] where there is none, or one is not of this suite.
pub fn seal(plaintext: &[u8], recipients: &[Recipient]) -> Result<Vec<u8>, Refused> {
    let keys: Vec<_> = recipients.iter().filter_map(Recipient::age).collect();
    if keys.len() != recipients.len() {
        return Err(Refused::WrongRecipients);
    }
    let encryptor = Encryptor::with_recipients(keys.iter().map(|key| key as &dyn age::Recipient))
        .map_err(|_| Refused::WrongRecipients)?;
    let mut out = Vec::with_capacity(plaintext.len() + plaintext.len() / 4096 + 1024);
    let mut writer = encryptor.wrap_output(&mut out).map_err(|_| Refused::TooLong)?;
    writer.write_all(plaintext).map_err(|_| Refused::TooLong)?;
    writer.finish().map_err(|_| Refused::TooLong)?;
    Ok(out)
}

/// Opens an age file that was sealed to `recipients` X25519 recipients, with the first of `identities` that fits. Returns the
/// plaintext and the place of the identity.
///
/// # Errors
/// [`Refused::AlteredEnvelope`], [`Refused::WrongRecipients`] or [`Refused::NotForYou`].
pub fn open(file: &[u8], identities: &[&Identity], recipients: usize) -> Result<(Wiped, usize), Refused> {
    if !has_short_header(file) {
        return Err(Refused::AlteredEnvelope);
    }
    let decryptor = Decryptor::new_buffered(file).map_err(|_| Refused::AlteredEnvelope)?;
    let keys: Vec<_> = identities.iter().filter_map(|identity| identity.age()).collect();
    let exactly = Exactly {
        keys: &keys,
        recipients,
        wrong: Cell::new(false),
        fitted: Cell::new(0),
    };
    let mut reader = decryptor
        .decrypt(std::iter::once(&exactly as &dyn age::Identity))
        .map_err(|error| match error {
            _ if exactly.wrong.get() => Refused::WrongRecipients,
            DecryptError::NoMatchingKeys => Refused::NotForYou,
            _ => Refused::AlteredEnvelope,
        })?;
    let mut plaintext = Wiped(Vec::with_capacity(file.len()));
    reader
        .read_to_end(&mut plaintext)
        .map_err(|_| Refused::AlteredEnvelope)?;
    Ok((plaintext, exactly.fitted.get()))
}

/// Zeros after `bytes` up to the next bucket.
///
/// # Errors
/// [`Refused::TooLong`] where none is large enough.
pub fn pad(bytes: Vec<u8>) -> Result<Wiped, Refused> {
    pad_to(0, bytes)
}

/// Zeros after `bytes` up to the next bucket of at least `least` bytes.
///
/// # Errors
/// As [`pad`].
pub fn pad_to(least: usize, bytes: Vec<u8>) -> Result<Wiped, Refused> {
    let mut bytes = Wiped(bytes);
    let size = bucket(bytes.len().max(least)).ok_or(Refused::TooLong)?;
    let mut padded = Wiped(Vec::with_capacity(size));
    padded.append(&mut bytes);
    padded.resize(size, 0);
    Ok(padded)
}

/// Whether `padding` is what [`pad`] puts after `length` bytes.
pub fn is_padding(length: usize, padding: &[u8]) -> bool {
    is_padding_to(0, length, padding)
}

/// Whether `padding` is what [`pad_to`] puts after `length` bytes.
pub fn is_padding_to(least: usize, length: usize, padding: &[u8]) -> bool {
    bucket(length.max(least)) == Some(length + padding.len()) && padding.iter().all(|byte| *byte == 0)
}

fn bucket(length: usize) -> Option<usize> {
    BUCKETS.into_iter().find(|size| length <= *size)
}

/// The header ends in a line that begins with three dashes.
fn has_short_header(file: &[u8]) -> bool {
    file[..file.len().min(HEADER)]
        .windows(5)
        .any(|part| part == b"\n--- ")
}

/// An identity that first counts the stanzas: the expected number of X25519 ones, and at most the one random stanza that `age`
/// itself adds so that readers keep ignoring what they do not know.
struct Exactly<'a> {
    keys: &'a [age::x25519::Identity],
    recipients: usize,
    wrong: Cell<bool>,
    fitted: Cell<usize>,
}

impl Exactly<'_> {
    fn counts(&self, stanzas: &[Stanza]) -> bool {
        let expected = stanzas.iter().filter(|stanza| stanza.tag == "X25519").count();
        let others = stanzas.iter().filter(|stanza| stanza.tag != "X25519");
        let grease = others
            .clone()
            .filter(|stanza| stanza.tag.ends_with("-grease"))
            .count();
        expected == self.recipients && others.count() == grease && grease <= 1
    }
}

impl age::Identity for Exactly<'_> {
    fn unwrap_stanza(&self, _: &Stanza) -> Option<Result<FileKey, DecryptError>> {
        None
    }

    fn unwrap_stanzas(&self, stanzas: &[Stanza]) -> Option<Result<FileKey, DecryptError>> {
        if !self.counts(stanzas) {
            self.wrong.set(true);
            return Some(Err(DecryptError::InvalidHeader));
        }
        self.keys.iter().enumerate().find_map(|(place, key)| {
            self.fitted.set(place);
            key.unwrap_stanzas(stanzas)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn identity(n: u8) -> Identity {
        Identity::from_secret([n; 32])
    }

    fn sealed(to: &[u8]) -> Vec<u8> {
        let to: Vec<_> = to.iter().map(|n| identity(*n).recipient()).collect();
        seal(b"hello", &to).unwrap()
    }

    #[test]
    fn each_recipient_opens_and_nobody_else() {
        let file = sealed(&[1, 2, 3]);
        for n in 1..=3 {
            assert_eq!(*open(&file, &[&identity(n)], 3).unwrap().0, b"hello");
        }
        assert_eq!(open(&file, &[&identity(4)], 3), Err(Refused::NotForYou));
        assert_eq!(open(&file, &[&identity(4), &identity(2)], 3).unwrap().1, 1);
    }

    #[test]
    fn the_number_of_recipients_is_exact() {
        assert_eq!(
            open(&sealed(&[1, 2, 3, 4]), &[&identity(1)], 3),
            Err(Refused::WrongRecipients)
        );
        assert_eq!(
            open(&sealed(&[1, 2]), &[&identity(1)], 3),
            Err(Refused::WrongRecipients)
        );
        assert_eq!(seal(b"", &[]), Err(Refused::WrongRecipients));
    }

    #[test]
    fn a_passphrase_stanza_is_never_tried() {
        let encryptor = Encryptor::with_user_passphrase(age::secrecy::SecretString::from("x".to_owned()));
        let mut file = Vec::new();
        let mut writer = encryptor.wrap_output(&mut file).unwrap();
        writer.write_all(b"hello").unwrap();
        writer.finish().unwrap();
        assert!(open(&file, &[&identity(1)], 1).is_err());
    }

    #[test]
    fn cut_and_flipped_files_are_refused() {
        let file = sealed(&[1]);
        for length in 0..file.len() {
            assert!(
                open(&file[..length], &[&identity(1)], 1).is_err(),
                "cut at {length}"
            );
        }
        for bit in 0..file.len() * 8 {
            let mut bad = file.clone();
            bad[bit / 8] ^= 1 << (bit % 8);
            assert!(open(&bad, &[&identity(1)], 1).is_err(), "bit {bit}");
        }
    }

    #[test]
    fn a_long_header_is_not_read() {
        let mut file = b"age-encryption.org/v1\n".to_vec();
        for _ in 0..100 {
            file.extend_from_slice(b"-> a-grease\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n");
        }
        file.extend_from_slice(b"--- AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n");
        assert_eq!(open(&file, &[&identity(1)], 1), Err(Refused::AlteredEnvelope));
    }

    #[test]
    fn padding_hides_all_but_the_bucket() {
        for (length, size) in [
            (0, 4096),
            (1, 4096),
            (4096, 4096),
            (4097, 16384),
            (262_144, 262_144),
        ] {
            let padded = pad(vec![1; length]).unwrap();
            assert_eq!(padded.len(), size);
            assert!(is_padding(length, &padded[length..]));
        }
        assert_eq!(pad(vec![1; 262_145]), Err(Refused::TooLong));
        assert!(!is_padding(5, &[0; 10]));
        let mut odd = vec![0; 4091];
        odd[4090] = 1;
        assert!(!is_padding(5, &odd));
    }

    #[test]
    fn the_buckets_are_those_that_were_decided() {
        let sizes = [1, 4_096, 4_097, 16_384, 16_385, 65_536, 65_537, 262_144].map(bucket);
        let expected = [4_096, 4_096, 16_384, 16_384, 65_536, 65_536, 262_144, 262_144].map(Some);
        assert_eq!(sizes, expected);
        assert_eq!(bucket(262_145), None);
    }

    #[test]
    fn a_header_without_an_end_is_not_read() {
        let mut file = b"age-encryption.org/v1\n".to_vec();
        while file.len() < HEADER {
            file.extend_from_slice(b"-> a\n\n");
        }
        assert!(!has_short_header(&file));
        file.extend_from_slice(b"--- end\n");
        assert!(!has_short_header(&file), "its end comes too late");
        assert!(has_short_header(b"age-encryption.org/v1\n--- end\n"));
        assert!(!has_short_header(b"\n---"));
    }
}
