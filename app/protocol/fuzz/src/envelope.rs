//! Sealed files: none opens but one that was sealed.

use super::keys::identity;
use protocol::{envelope, refused::Refused};

/// To one and to three, of the length that is sent, and shorter ones.
const SEALED: [&[u8]; 3] = [
    include_bytes!("../seeds/envelope/entry"),
    include_bytes!("../seeds/envelope/to_one"),
    include_bytes!("../seeds/envelope/to_three"),
];

/// Whoever has no key cannot make a file out of another: not by its header, its stanzas, its length or its padding.
///
/// # Panics
/// Where that does not hold.
pub fn check(file: &[u8]) {
    let identity = identity(1);
    let opened = match envelope::open(file, &[&identity], 1) {
        Err(Refused::WrongRecipients) => envelope::open(file, &[&identity], 3),
        other => other,
    };
    assert_eq!(opened.is_ok(), SEALED.contains(&file), "{:?}", opened.err());
}
