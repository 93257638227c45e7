//! A slot, as the server gives it before anything of it is believed.

use super::keys::{ACCOUNT, INSTANCE};
use protocol::{
    codec,
    password::{Cost, Halves},
    slot::{KeyringKey, Opener, Slot, SlotKind},
};

const SEALED: &[u8] = include_bytes!("../seeds/slot/slot");

/// # Panics
/// Where one opens that nobody sealed, is accepted in another form than it is written in, or would have a browser derive for too long
/// or hardly at all.
pub fn check(bytes: &[u8]) {
    let Ok(slot) = Slot::parse(bytes) else { return };
    assert_eq!(codec::encode(&slot), bytes);
    match slot.kind {
        SlotKind::Password => assert!(slot.cost.check().is_ok()),
        SlotKind::Passkey | SlotKind::RecoveryCode => assert_eq!(slot.cost, Cost::NONE),
    }
    assert_eq!(open(&slot).is_some(), bytes == SEALED);
}

/// What the one slot that was sealed opens to.
///
/// # Panics
/// Where it does not open.
pub fn keyring_key() -> KeyringKey {
    let slot = Slot::parse(SEALED).expect("a slot");
    open(&slot).expect("its opener")
}

fn open(slot: &Slot) -> Option<KeyringKey> {
    let halves = Halves {
        sign_in: [0; 32],
        unlock: [3; 32],
    };
    slot.open(INSTANCE, ACCOUNT, &Opener::of_password(&halves))
}
