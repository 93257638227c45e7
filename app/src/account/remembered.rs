//! All that a staff device remembers: the version and hash of the keyring, so that an older one is noticed.

use leptos::prelude::window;
use protocol::{id::AccountId, vault::KeyringSeen};
use web_sys::Storage;

/// What this device remembers of the account's keyring. A device that keeps nothing remembers nothing.
pub(super) fn read(account: AccountId) -> Option<KeyringSeen> {
    parse(&storage()?.get_item(&key(account)).ok()??)
}

/// Remembers it.
pub(super) fn write(account: AccountId, seen: KeyringSeen) {
    if let Some(storage) = storage() {
        // A full or forbidden storage means only that this device will not notice.
        drop(storage.set_item(&key(account), &format!("{}:{}", seen.version, seen.hash)));
    }
}

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

fn key(account: AccountId) -> String {
    format!("keyring-{account}")
}

fn parse(text: &str) -> Option<KeyringSeen> {
    let (version, hash) = text.split_once(':')?;
    Some(KeyringSeen {
        version: version.parse().ok()?,
        hash: hash.parse().ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::id::Hash;

    #[test]
    fn only_a_version_and_a_hash_are_read() {
        let seen = KeyringSeen {
            version: 7,
            hash: Hash([1; 32]),
        };
        assert_eq!(parse(&format!("7:{}", Hash([1; 32]))), Some(seen));
        assert_eq!(parse("7:00"), None);
        assert_eq!(parse("seven"), None);
    }
}
