//! The directory, whose roots every client knows.

use super::keys::{INSTANCE, TODAY, key};
use protocol::{
    codec,
    directory::Directory,
    keyring::DirectoryPin,
    refused::Refused,
    signed::{self, Signed},
};

/// # Panics
/// Where one is accepted that is not the one encoding of what it is, or that says something else once it is read.
pub fn check(bytes: &[u8]) {
    if let Ok(Signed { payload, signers }) = signed::verify::<Directory>(bytes) {
        let head = 1 + 2 + 4 + codec::encode(&payload).len();
        assert_eq!(head + 1 + signers.len() * 96, bytes.len());
    }
    // What the roots might be brought to sign.
    let Ok(directory) = codec::decode::<Directory>(bytes) else {
        drop(read(bytes, None));
        return;
    };
    assert_eq!(codec::encode(&directory), bytes);
    let signed = sign(&directory);
    let Ok(accepted) = read(&signed, None) else { return };
    assert_eq!(accepted, directory);
    assert_eq!(accepted.instance, INSTANCE);
    assert!(TODAY <= accepted.expires);
    // Whoever saw it takes it again, and no other in its place.
    let pin = accepted.pin();
    assert_eq!(read(&signed, Some(pin)), Ok(accepted));
    let forked = DirectoryPin {
        hash: INSTANCE,
        ..pin
    };
    assert!(read(&signed, Some(forked)).is_err());
}

/// Whether a client takes this payload, once enough roots have signed it.
pub fn is_accepted(payload: &[u8]) -> bool {
    codec::decode(payload).is_ok_and(|directory| read(&sign(&directory), None).is_ok())
}

fn sign(directory: &Directory) -> Vec<u8> {
    signed::sign(directory, &[&key(1), &key(2)])
}

fn read(bytes: &[u8], seen: Option<DirectoryPin>) -> Result<Directory, Refused> {
    let roots = [key(1).verifying(), key(2).verifying(), key(3).verifying()];
    Directory::verify(bytes, (&roots, 2), INSTANCE, seen, TODAY)
}
