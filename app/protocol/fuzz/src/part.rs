//! A part of a file, as the server gives it, and as it is inside its seal.

use super::keys::identity;
use protocol::{
    attachment::Part,
    envelope,
    id::{AttachmentId, Hash},
    refused::Refused,
};

const PART: Part = Part {
    attachment: AttachmentId([1; 16]),
    index: 3,
};

/// # Panics
/// Where a part is accepted that is not exactly as parts are made.
pub fn check(bytes: &[u8]) {
    assert!(open(bytes).is_err(), "nobody sealed it");
    let Some(content) = content(bytes) else { return };
    let recipient = identity(1).recipient();
    let again = PART
        .seal(&content, &recipient)
        .and_then(|(file, _)| envelope::open(&file, &[&identity(1)], 1));
    assert_eq!(again.map(|(plaintext, _)| plaintext.to_vec()), Ok(bytes.to_vec()));
}

/// What is read of a part that somebody sealed with just these bytes inside.
///
/// # Panics
/// Never: anything can be sealed.
pub fn content(plaintext: &[u8]) -> Option<Vec<u8>> {
    let file = envelope::seal(plaintext, &[identity(1).recipient()]).expect("one recipient");
    open(&file).ok()
}

fn open(file: &[u8]) -> Result<Vec<u8>, Refused> {
    let part = PART.open(file, Hash::of(file), &identity(1))?;
    Ok(part.to_vec())
}
