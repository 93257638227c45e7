//! What the protocol promises, tried as its users and its attackers would.

#![expect(clippy::unwrap_used, reason = "a story that cannot go on has failed")]

mod changes;
mod files;
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
