//! Appends of bytes that stand for sealed ones: the server cannot tell.

use super::UNIT;
use protocol::{
    append::{Append, LogKind, NewEntry},
    id::{AppendId, LogId, Token},
};

/// A token.
pub(crate) fn token(n: u8) -> Token {
    Token([n; 32])
}

/// An entry.
pub(crate) fn entry(kind: LogKind, log: LogId, sequence: u32, text: u8) -> NewEntry {
    NewEntry {
        log,
        kind,
        sequence,
        ciphertext: vec![text; 4096],
    }
}

/// The append that begins thread `n` in the unit's compartment.
pub(crate) fn concern(n: u8) -> Append {
    let token = token(n);
    Append {
        id: AppendId([n; 16]),
        compartment: UNIT,
        epoch: 1,
        entries: vec![entry(LogKind::Thread, token.log(), 0, n)],
        tokens: vec![token],
    }
}
