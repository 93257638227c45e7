//! What clients and server hand each other: a stranger's appends, a colleague's parcels, and whatever a server that lies may answer.

use super::keys::{INSTANCE, key};
use protocol::{
    append::{Append, Fetched, NoReceipt, Receipt},
    checkpoint::Checkpoint,
    codec,
    export::{Export, Recovered},
    group::Recovery,
    invitation::{self, Joining},
    parcel::Parcel,
    signed::{self, Kind},
    slot::RecoveryCode,
    wrap::Wrap,
};

/// # Panics
/// Where something is accepted that is not the one encoding of what it is.
pub fn check(bytes: &[u8]) {
    if let Ok(append) = codec::decode::<Append>(bytes) {
        assert_eq!(codec::encode(&append), bytes);
    }
    if let Ok(fetched) = codec::decode::<Fetched>(bytes) {
        assert_eq!(codec::encode(&fetched), bytes);
    }
    if let Ok(export) = codec::decode::<Export>(bytes) {
        assert_eq!(codec::encode(&export), bytes);
    }
    if let Ok(recovered) = codec::decode::<Recovered>(bytes) {
        assert_eq!(codec::encode(&recovered), bytes);
    }
    check_signed::<Receipt>(bytes);
    check_signed::<Checkpoint>(bytes);
    check_signed::<Wrap>(bytes);
    check_signed::<Parcel>(bytes);
    drop::<Result<Receipt, NoReceipt>>(Receipt::verify(bytes, INSTANCE, key(1).verifying()));
    drop(Joining::read(bytes));
    if let Ok(text) = str::from_utf8(bytes) {
        check_typed(text);
    }
}

fn check_signed<T: Kind + PartialEq + core::fmt::Debug>(bytes: &[u8]) {
    if let Ok(signed) = signed::verify::<T>(bytes) {
        let payload = codec::encode(&signed.payload);
        assert_eq!(bytes.len(), 7 + payload.len() + 1 + signed.signers.len() * 96);
    }
    if let Ok(payload) = codec::decode::<T>(bytes) {
        let signed = signed::sign(&payload, &[&key(1), &key(2)]);
        assert_eq!(signed::verify(&signed).map(|signed| signed.payload), Ok(payload));
    }
}

/// What somebody pastes or types.
fn check_typed(text: &str) {
    drop(invitation::read_fragment(text, INSTANCE));
    if let Ok(recovery) = text.parse::<Recovery>() {
        assert_eq!(recovery.to_string(), text);
    }
    if let Ok(code) = RecoveryCode::from_words(text) {
        assert_eq!(
            *code.words(),
            text.split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
                .to_ascii_lowercase()
        );
    }
}
