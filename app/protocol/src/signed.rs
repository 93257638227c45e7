//! Signed bytes: typed, domain-separated, and never re-encoded before they are checked.
//!
//! ```text
//! version  1 byte   1
//! type     2 bytes  big-endian, one number for each kind of payload
//! length   4 bytes  big-endian, of the payload
//! payload           CBOR, in its one form
//! count    1 byte   1 to 8 signatures
//! then for each, in ascending order of key:
//! key      32 bytes Ed25519 public key (RFC 8032)
//! sig      64 bytes over "candour/v1/" name 0x00 version type length payload
//! ```
//!
//! Signatures are checked strictly (no small-order key, no malleable scalar), all of them: one bad one spoils the whole.

use crate::{
    codec::{self, Malformed},
    id::VerifyingKey,
};
use ed25519_dalek::{Signature, Signer as _};
use minicbor::{Decode, Encode};
use rand_core::{CryptoRng, RngCore};
use zeroize::{Zeroize, ZeroizeOnDrop};

/// The format's version. A client refuses every other, so raising it shuts old clients out.
const VERSION: u8 = 1;
const HEADER: usize = 1 + 2 + 4;
const SIGNATURE: usize = 32 + 64;
const MOST_SIGNATURES: usize = 8;

/// A payload that can be signed.
pub trait Kind: Encode<()> + for<'b> Decode<'b, ()> {
    /// Its number in the header. Never reused.
    const TYPE: u16;
    /// Its name in the signed bytes: a signature over one kind is worthless for another. Never changed.
    const NAME: &'static str;
}

/// Why signed bytes were not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unsigned {
    /// Another version or type, a wrong length, a payload not in its one form.
    #[error("not in the expected form")]
    Malformed,
    /// A signature does not match.
    #[error("the signature does not match")]
    BadSignature,
}

impl From<Malformed> for Unsigned {
    fn from(Malformed: Malformed) -> Self {
        Self::Malformed
    }
}

/// A payload whose signatures all match, and the keys that made them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed<T> {
    /// What was signed.
    pub payload: T,
    /// Who signed, ascending, each once. Whether they may is for the caller to decide.
    pub signers: Vec<VerifyingKey>,
}

/// A secret Ed25519 key: the 32-byte seed of RFC 8032.
#[derive(Clone, Zeroize, ZeroizeOnDrop, PartialEq, Eq, Encode, Decode)]
#[cbor(transparent)]
pub struct SigningKey(#[cbor(with = "minicbor::bytes")] [u8; 32]);

impl SigningKey {
    /// A fresh key.
    pub fn random(rng: &mut (impl RngCore + CryptoRng)) -> Self {
        let mut seed = [0; 32];
        rng.fill_bytes(&mut seed);
        Self(seed)
    }

    /// The key of a seed.
    pub fn from_seed(seed: [u8; 32]) -> Self {
        Self(seed)
    }

    /// Its public half.
    pub fn verifying(&self) -> VerifyingKey {
        VerifyingKey(
            ed25519_dalek::SigningKey::from_bytes(&self.0)
                .verifying_key()
                .to_bytes(),
        )
    }

    fn sign(&self, message: &[u8]) -> [u8; 64] {
        ed25519_dalek::SigningKey::from_bytes(&self.0)
            .sign(message)
            .to_bytes()
    }
}

impl core::fmt::Debug for SigningKey {
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        out.write_str("SigningKey(..)")
    }
}

/// Signs `payload` with each of `keys` (at most 8 are kept, each once).
pub fn sign<T: Kind>(payload: &T, keys: &[&SigningKey]) -> Vec<u8> {
    let mut bytes = head(payload);
    let message = message::<T>(&bytes);
    let mut signatures: Vec<_> = keys
        .iter()
        .map(|key| (key.verifying(), key.sign(&message)))
        .collect();
    signatures.sort_by_key(|(key, _)| *key);
    signatures.dedup_by_key(|(key, _)| *key);
    signatures.truncate(MOST_SIGNATURES);
    bytes.push(u8::try_from(signatures.len()).unwrap_or_default());
    for (key, signature) in signatures {
        bytes.extend_from_slice(&key.0);
        bytes.extend_from_slice(&signature);
    }
    bytes
}

/// Reads signed bytes and checks every signature; nothing may follow.
///
/// # Errors
/// [`Unsigned`] says which of the two it was.
pub fn verify<T: Kind>(bytes: &[u8]) -> Result<Signed<T>, Unsigned> {
    let (signed, rest) = verify_prefix(bytes)?;
    rest.is_empty().then_some(signed).ok_or(Unsigned::Malformed)
}

/// Like [`verify`], where something (padding) follows; the rest is returned.
///
/// # Errors
/// As [`verify`].
pub fn verify_prefix<T: Kind>(bytes: &[u8]) -> Result<(Signed<T>, &[u8]), Unsigned> {
    let (payload, signatures, rest) = split::<T>(bytes)?;
    let message = message::<T>(&bytes[..HEADER + payload.len()]);
    let mut signers: Vec<VerifyingKey> = Vec::new();
    for part in signatures.chunks_exact(SIGNATURE) {
        let (key, signature) = part.split_at(32);
        let key = VerifyingKey::from_slice(key).ok_or(Unsigned::Malformed)?;
        if signers.last().is_some_and(|last| *last >= key) {
            return Err(Unsigned::Malformed);
        }
        check(key, &message, signature)?;
        signers.push(key);
    }
    Ok((
        Signed {
            payload: codec::decode(payload)?,
            signers,
        },
        rest,
    ))
}

/// Joins signatures that were made apart, in different places, over the same payload: each key once, all of them checked.
///
/// # Errors
/// [`Unsigned::Malformed`] where there is nothing to join, the payloads differ or more keys signed than are kept;
/// [`Unsigned::BadSignature`] where a signature does not match.
pub fn combine<T: Kind>(parts: &[&[u8]]) -> Result<Vec<u8>, Unsigned> {
    let first = parts.first().ok_or(Unsigned::Malformed)?;
    let head = HEADER + split::<T>(first)?.0.len();
    let mut signatures = Vec::new();
    for part in parts {
        verify::<T>(part)?;
        let signed = part.strip_prefix(&first[..head]).ok_or(Unsigned::Malformed)?;
        signatures.extend(signed[1..].chunks_exact(SIGNATURE));
    }
    signatures.sort_unstable();
    signatures.dedup_by_key(|signature| &signature[..32]);
    if signatures.len() > MOST_SIGNATURES {
        return Err(Unsigned::Malformed);
    }
    let mut bytes = first[..head].to_vec();
    bytes.push(u8::try_from(signatures.len()).unwrap_or_default());
    bytes.extend(signatures.concat());
    Ok(bytes)
}

/// Adds the signature of `key` to signed bytes; where it is there already, they stay as they are.
///
/// # Errors
/// As [`combine`].
pub fn add<T: Kind>(bytes: &[u8], key: &SigningKey) -> Result<Vec<u8>, Unsigned> {
    let own = sign(&verify::<T>(bytes)?.payload, &[key]);
    combine::<T>(&[bytes, &own])
}

fn head<T: Kind>(payload: &T) -> Vec<u8> {
    let payload = codec::encode(payload);
    let mut bytes = Vec::with_capacity(HEADER + payload.len() + 1 + SIGNATURE);
    bytes.push(VERSION);
    bytes.extend_from_slice(&T::TYPE.to_be_bytes());
    bytes.extend_from_slice(&u32::try_from(payload.len()).unwrap_or(u32::MAX).to_be_bytes());
    bytes.extend_from_slice(&payload);
    bytes
}

fn message<T: Kind>(head: &[u8]) -> Vec<u8> {
    let mut message = Vec::with_capacity(32 + head.len());
    message.extend_from_slice(b"candour/v1/");
    message.extend_from_slice(T::NAME.as_bytes());
    message.push(0);
    message.extend_from_slice(head);
    message
}

/// Payload, signatures, rest.
type Parts<'a> = (&'a [u8], &'a [u8], &'a [u8]);

fn split<T: Kind>(bytes: &[u8]) -> Result<Parts<'_>, Unsigned> {
    let (head, rest) = bytes.split_at_checked(HEADER).ok_or(Unsigned::Malformed)?;
    let length = u32::from_be_bytes([head[3], head[4], head[5], head[6]]) as usize;
    if head[0] != VERSION || u16::from_be_bytes([head[1], head[2]]) != T::TYPE {
        return Err(Unsigned::Malformed);
    }
    let (payload, rest) = rest.split_at_checked(length).ok_or(Unsigned::Malformed)?;
    let (count, rest) = rest.split_first().ok_or(Unsigned::Malformed)?;
    let count = usize::from(*count);
    if count == 0 || count > MOST_SIGNATURES {
        return Err(Unsigned::Malformed);
    }
    let (signatures, rest) = rest
        .split_at_checked(count * SIGNATURE)
        .ok_or(Unsigned::Malformed)?;
    Ok((payload, signatures, rest))
}

fn check(key: VerifyingKey, message: &[u8], signature: &[u8]) -> Result<(), Unsigned> {
    let signature = Signature::from_slice(signature).map_err(|_| Unsigned::Malformed)?;
    let key = ed25519_dalek::VerifyingKey::from_bytes(&key.0).map_err(|_| Unsigned::BadSignature)?;
    key.verify_strict(message, &signature)
        .map_err(|_| Unsigned::BadSignature)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
    struct Note {
        #[n(0)]
        text: String,
    }
    impl Kind for Note {
        const TYPE: u16 = 900;
        const NAME: &'static str = "note";
    }
    #[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
    struct Other {
        #[n(0)]
        text: String,
    }
    impl Kind for Other {
        const TYPE: u16 = 900;
        const NAME: &'static str = "other";
    }

    fn note() -> Note {
        Note { text: "hello".into() }
    }

    #[test]
    fn round_trip_with_two_signers_in_order() {
        let (one, two) = (SigningKey::from_seed([1; 32]), SigningKey::from_seed([2; 32]));
        let bytes = sign(&note(), &[&two, &one, &one]);
        let signed = verify::<Note>(&bytes).unwrap();
        let mut keys = vec![one.verifying(), two.verifying()];
        keys.sort();
        assert_eq!((signed.payload, signed.signers), (note(), keys));
    }

    #[test]
    fn any_flipped_bit_is_refused() {
        let bytes = sign(
            &note(),
            &[&SigningKey::from_seed([1; 32]), &SigningKey::from_seed([2; 32])],
        );
        for bit in 0..bytes.len() * 8 {
            let mut bad = bytes.clone();
            bad[bit / 8] ^= 1 << (bit % 8);
            assert!(verify::<Note>(&bad).is_err(), "bit {bit}");
        }
    }

    #[test]
    fn every_cut_and_every_tail_is_refused() {
        let bytes = sign(&note(), &[&SigningKey::from_seed([1; 32])]);
        for length in 0..bytes.len() {
            assert_eq!(verify::<Note>(&bytes[..length]), Err(Unsigned::Malformed));
        }
        let mut longer = bytes.clone();
        longer.push(0);
        assert_eq!(verify::<Note>(&longer), Err(Unsigned::Malformed));
        assert_eq!(verify_prefix::<Note>(&longer).unwrap().1, [0]);
    }

    #[test]
    fn another_name_makes_another_signature() {
        let bytes = sign(&note(), &[&SigningKey::from_seed([1; 32])]);
        assert_eq!(verify::<Other>(&bytes), Err(Unsigned::BadSignature));
    }

    #[test]
    fn one_key_counts_once_and_nine_are_too_many() {
        let key = SigningKey::from_seed([1; 32]);
        let bytes = sign(&note(), &[&key]);
        let end = bytes.len() - SIGNATURE;
        let mut twice = bytes.clone();
        twice[end - 1] = 2;
        twice.extend_from_slice(&bytes[end..]);
        assert_eq!(verify::<Note>(&twice), Err(Unsigned::Malformed));
        let keys: Vec<_> = (1..=9).map(|n| SigningKey::from_seed([n; 32])).collect();
        let nine = sign(&note(), &keys.iter().collect::<Vec<_>>());
        assert_eq!(verify::<Note>(&nine).unwrap().signers.len(), MOST_SIGNATURES);
        assert_eq!(verify::<Note>(&sign(&note(), &[])), Err(Unsigned::Malformed));
    }

    #[test]
    fn signatures_made_apart_join_as_if_made_together() {
        let keys: Vec<_> = (1..=9).map(|n| SigningKey::from_seed([n; 32])).collect();
        let apart: Vec<_> = keys.iter().map(|key| sign(&note(), &[key])).collect();
        let both = sign(&note(), &[&keys[0], &keys[1]]);
        assert_eq!(combine::<Note>(&[&apart[1], &apart[0]]), Ok(both.clone()));
        assert_eq!(combine::<Note>(&[&both, &apart[1], &both]), Ok(both), "each once");
        assert_eq!(combine::<Note>(&[]), Err(Unsigned::Malformed));
        let nine: Vec<_> = apart.iter().map(Vec::as_slice).collect();
        assert_eq!(combine::<Note>(&nine), Err(Unsigned::Malformed), "too many");
    }

    #[test]
    fn only_good_signatures_over_the_same_bytes_join() {
        let keys = [SigningKey::from_seed([1; 32]), SigningKey::from_seed([2; 32])];
        let one = sign(&note(), &[&keys[0]]);
        let longer = Note {
            text: "hello!".into(),
        };
        for other in [longer, Note { text: "hullo".into() }] {
            let two = sign(&other, &[&keys[1]]);
            assert_eq!(combine::<Note>(&[&one, &two]), Err(Unsigned::Malformed));
        }
        let mut two = sign(&note(), &[&keys[1]]);
        assert_eq!(combine::<Other>(&[&one, &two]), Err(Unsigned::BadSignature));
        *two.last_mut().unwrap() ^= 1;
        assert_eq!(combine::<Note>(&[&one, &two]), Err(Unsigned::BadSignature));
    }

    #[test]
    fn a_key_says_nothing_of_itself() {
        assert_eq!(format!("{:?}", SigningKey::from_seed([7; 32])), "SigningKey(..)");
    }

    #[test]
    fn eight_keys_join_and_nine_do_not() {
        let note = Note { text: "one".into() };
        let parts: Vec<_> = (0..9)
            .map(|seed| sign(&note, &[&SigningKey::from_seed([seed; 32])]))
            .collect();
        let parts: Vec<_> = parts.iter().map(Vec::as_slice).collect();
        let joined = combine::<Note>(&parts[..8]).unwrap();
        assert_eq!(verify::<Note>(&joined).unwrap().signers.len(), 8);
        assert_eq!(combine::<Note>(&parts), Err(Unsigned::Malformed));
    }

    #[test]
    fn another_version_or_another_type_is_not_the_form() {
        let bytes = sign(&Note { text: "one".into() }, &[&SigningKey::from_seed([1; 32])]);
        for place in [0, 1, 2] {
            let mut other = bytes.clone();
            other[place] ^= 1;
            assert_eq!(verify::<Note>(&other), Err(Unsigned::Malformed), "byte {place}");
        }
    }
}
