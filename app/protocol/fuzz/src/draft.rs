//! A draft, as the server gives it, and as it is inside its seal.

use super::keys::{INSTANCE, seed};
use protocol::{
    codec,
    envelope::BUCKETS,
    unsent::{DRAWERS, Unsent},
};

/// # Panics
/// Where one opens that nobody sealed, or is accepted in another form than it is written in.
pub fn check(bytes: &[u8]) {
    let drawer = bytes.first().copied().unwrap_or_default() % DRAWERS;
    assert!(Unsent::open(bytes, (INSTANCE, &seed()), drawer).is_err());
    check_padded(bytes);
    let mut padded = u32::try_from(bytes.len())
        .unwrap_or(u32::MAX)
        .to_be_bytes()
        .to_vec();
    padded.extend_from_slice(bytes);
    let size = BUCKETS.into_iter().skip(1).find(|size| padded.len() <= *size);
    padded.resize(size.unwrap_or(padded.len()), 0);
    let read = check_padded(&padded);
    check_padded(&with_a_last_one(padded));
    assert_eq!(read, codec::decode(bytes).ok().filter(|_| size.is_some()));
}

/// Padding that is not all zeros.
fn with_a_last_one(mut padded: Vec<u8>) -> Vec<u8> {
    if let Some(last) = padded.last_mut() {
        *last |= 1;
    }
    padded
}

fn check_padded(padded: &[u8]) -> Option<Unsent> {
    let read = Unsent::unpad(padded);
    if let Some(draft) = &read {
        assert_eq!(draft.pad().as_deref().map(Vec::as_slice), Ok(padded));
    }
    read
}
