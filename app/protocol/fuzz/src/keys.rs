//! Whose keys the seeds were made with.

use protocol::{
    id::{AccountId, Day, Hash},
    mailbox::MailboxSeed,
    recipient::Identity,
    signed::SigningKey,
};

/// The deployment.
pub const INSTANCE: Hash = Hash([1; 32]);
/// Whose keyring it is.
pub const ACCOUNT: AccountId = AccountId([2; 16]);
/// The day.
pub const TODAY: Day = Day(20_000);

/// A key that signs.
pub fn key(n: u8) -> SigningKey {
    SigningKey::from_seed([n; 32])
}

/// A key that opens.
pub fn identity(n: u8) -> Identity {
    Identity::from_secret([n; 32])
}

/// What drawers are derived from.
///
/// # Panics
/// Never: these are the bytes of a seed.
pub fn seed() -> MailboxSeed {
    protocol::codec::decode(&[&[0x58, 32][..], &[9; 32]].concat()).expect("the bytes of a seed")
}
