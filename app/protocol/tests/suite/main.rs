//! What the protocol promises, tried as its users and its attackers would.

#![expect(clippy::unwrap_used, reason = "a story that cannot go on has failed")]

mod casework;
mod changes;
mod files;
#[path = "../../fuzz/src"]
#[expect(unreachable_pub, reason = "public where it is fuzzed")]
mod fuzz {
    pub(crate) mod append;
    pub(crate) mod chain;
    pub(crate) mod directory;
    pub(crate) mod draft;
    pub(crate) mod entry;
    pub(crate) mod envelope;
    pub(crate) mod keyring;
    pub(crate) mod keys;
    pub(crate) mod part;
    pub(crate) mod slot;
}
mod history;
mod interop;
mod keys;
mod malicious;
mod parcels;
mod properties;
mod remembering;
mod story;
mod town;
mod unsent;
mod vectors;
