//! What Candour seals, signs, sends and shows as proof.
//!
//! This crate knows no network, clock, screen or database: time and randomness are passed in. Start at [`vault::Vault`], which
//! answers everything that a client asks; below it,
//!
//! * [`succession`], [`directory`], [`group`], [`wrap`] and [`checkpoint`] say whose key is whose, and [`trust`] verifies them together;
//! * [`entry`] and [`origin`] are what is sealed into a log, and [`thread`] and [`journal`] open and verify a whole one;
//! * [`concern`] and [`told`] are what a practitioner writes, and [`casework`] what a unit makes of it;
//! * [`append`] is what the server sees of it, and its receipt;
//! * [`password`], [`slot`], [`keyring`] and [`mailbox`] are one person's own keys, [`unsent`] their drafts, and [`parcel`] what a
//!   colleague is given of both.

mod aead;
pub mod append;
pub mod approval;
pub mod attachment;
pub mod casework;
pub mod checkpoint;
pub mod codec;
pub mod concern;
pub mod directory;
pub mod entry;
pub mod envelope;
pub mod export;
pub mod group;
pub mod id;
pub mod invitation;
pub mod journal;
pub mod keyring;
pub mod mailbox;
pub mod origin;
pub mod parcel;
pub mod password;
pub mod recipient;
pub mod refused;
pub mod signed;
pub mod slot;
pub mod succession;
pub mod thread;
pub mod told;
pub mod trust;
pub mod unsent;
pub mod vault;
pub mod wiped;
pub mod words;
pub mod wrap;
