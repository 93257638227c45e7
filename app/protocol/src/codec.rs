//! CBOR (RFC 8949) with one form for each value.

use borsh::{BorshDeserialize, BorshSerialize};
use minicbor::{Decode, Encode};

/// The bytes are not the one encoding of a value of this type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not in the expected form")]
pub struct Malformed;

/// The encoding of `value`.
pub fn encode<T: Encode<()>>(value: &T) -> Vec<u8> {
    // Writing to memory cannot fail and no type of ours refuses to be encoded; nothing reads as a value from no bytes.
    minicbor::to_vec(value).unwrap_or_default()
}

/// Reads `bytes`, which must be exactly what [`encode`] makes: no byte after the value, no longer form of a length, no
/// unknown field. Two different byte strings therefore never mean the same.
///
/// # Errors
/// [`Malformed`] for anything else.
pub fn decode<T: Encode<()> + for<'b> Decode<'b, ()>>(bytes: &[u8]) -> Result<T, Malformed> {
    let value: T = minicbor::decode(bytes).map_err(|_| Malformed)?;
    (encode(&value) == bytes).then_some(value).ok_or(Malformed)
}

/// What one half of this program tells the other: page and vault, of one release, with nobody between them. Nothing is stored or
/// signed in this form (Borsh, <https://borsh.io>): it has neither names nor numbers of fields, and needs a third of the code.
pub fn tell<T: BorshSerialize>(value: &T) -> Vec<u8> {
    // As in `encode`.
    borsh::to_vec(value).unwrap_or_default()
}

/// Reads what [`tell`] made. What comes from anywhere else goes through [`decode`].
///
/// # Errors
/// [`Malformed`] where it is not a value of this type.
pub fn hear<T: BorshDeserialize>(bytes: &[u8]) -> Result<T, Malformed> {
    borsh::from_slice(bytes).map_err(|_| Malformed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, Encode, Decode)]
    struct Pair {
        #[n(0)]
        a: u32,
        #[n(1)]
        b: Option<u32>,
    }

    #[test]
    fn only_the_one_form_is_read() {
        let bytes = encode(&Pair { a: 1, b: Some(2) });
        assert_eq!(decode(&bytes), Ok(Pair { a: 1, b: Some(2) }));
        let mut longer = bytes.clone();
        longer.push(0);
        assert_eq!(decode::<Pair>(&longer), Err(Malformed));
        assert_eq!(
            decode::<Pair>(&[0x82, 0x18, 0x01, 0x02]),
            Err(Malformed),
            "a longer form of 1"
        );
        assert_eq!(
            decode::<Pair>(&[0x83, 0x01, 0x02, 0x03]),
            Err(Malformed),
            "a field too many"
        );
    }
}
