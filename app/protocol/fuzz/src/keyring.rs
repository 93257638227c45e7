//! A keyring, as the server gives it, and as it is inside its seal.

use super::{
    keys::{ACCOUNT, INSTANCE},
    slot::keyring_key,
};
use protocol::{codec, keyring::Keyring};

/// # Panics
/// Where one opens that nobody sealed, or is accepted in another form than it is written in.
pub fn check(bytes: &[u8]) {
    assert!(Keyring::open(bytes, INSTANCE, ACCOUNT, &keyring_key()).is_err());
    check_padded(bytes);
    let mut padded = u32::try_from(bytes.len())
        .unwrap_or(u32::MAX)
        .to_be_bytes()
        .to_vec();
    padded.extend_from_slice(bytes);
    padded.resize(padded.len().next_multiple_of(8 << 10), 0);
    let read = check_padded(&padded);
    check_padded(&with_a_last_one(padded));
    assert_eq!(read, codec::decode(bytes).ok());
}

/// Padding that is not all zeros.
fn with_a_last_one(mut padded: Vec<u8>) -> Vec<u8> {
    if let Some(last) = padded.last_mut() {
        *last |= 1;
    }
    padded
}

fn check_padded(padded: &[u8]) -> Option<Keyring> {
    let read = Keyring::unpad(padded);
    if let Some(keyring) = &read {
        assert_eq!(*keyring.pad(), padded);
    }
    read
}
