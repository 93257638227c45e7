//! What is inside an envelope: an entry, and what was told in it.

use super::keys::key;
use protocol::{
    codec,
    concern::Concern,
    entry::{Body, Entry},
    origin::Certificate,
    signed::{self, Signed},
    told::{More, Told},
};

/// # Panics
/// Where something is accepted that is not the one encoding of what it is.
pub fn check(bytes: &[u8]) {
    if let Ok((Signed { payload, signers }, rest)) = signed::verify_prefix::<Entry>(bytes) {
        assert!((1..=8).contains(&signers.len()));
        let head = 1 + 2 + 4 + codec::encode(&payload).len();
        assert_eq!(head + 1 + signers.len() * 96 + rest.len(), bytes.len());
    }
    read_told(bytes);
    read_more(bytes);
    if let Ok(entry) = codec::decode::<Entry>(bytes) {
        assert_eq!(codec::encode(&entry), bytes);
        check_entry(entry);
    }
}

fn check_entry(entry: Entry) {
    if let Some(beginning) = &entry.beginning {
        drop(signed::verify::<Certificate>(&beginning.certificate));
    }
    match &entry.body {
        Body::Concern(concern, files) => {
            check_concern(concern);
            let sound = protocol::attachment::are_sound(files);
            assert!(!sound || files.iter().all(|file| file.part_length(0).is_some()));
        }
        Body::Test(concern) => check_concern(concern),
        Body::More(more) => read_more(more),
        Body::Opened | Body::Closed => {}
    }
    let signed = signed::sign(&entry, &[&key(1)]);
    let expected = Signed {
        payload: entry,
        signers: vec![key(1).verifying()],
    };
    assert_eq!(signed::verify(&signed), Ok(expected));
}

fn check_concern(concern: &Concern) {
    if concern.is_sound() {
        read_told(&concern.told);
    }
}

fn read_told(bytes: &[u8]) {
    if let Ok(told) = Told::from_bytes(bytes) {
        assert_eq!(told.to_bytes(), bytes);
    }
}

fn read_more(bytes: &[u8]) {
    if let Ok(more) = More::from_bytes(bytes) {
        assert_eq!(more.to_bytes(), bytes);
    }
}
