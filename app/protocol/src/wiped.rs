//! Bytes that are wiped when they are dropped, at the speed at which memory is filled.
//!
//! `zeroize` writes each byte by itself so that no compiler leaves it out; for megabytes of an attachment that takes as long as opening
//! them. Keys stay with `zeroize`. Here the whole is filled at once, and then shown to [`core::hint::black_box`], which compilers take for
//! a reader; worker and memory end together when the vault is locked.

use core::ops::{Deref, DerefMut};

/// What was sealed, or is to be.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Wiped(pub Vec<u8>);

impl Drop for Wiped {
    fn drop(&mut self) {
        // Up to its capacity: what was cut off is still there.
        self.0.resize(self.0.capacity(), 0);
        self.0.fill(0);
        core::hint::black_box(&self.0);
    }
}

impl Deref for Wiped {
    type Target = Vec<u8>;

    fn deref(&self) -> &Vec<u8> {
        &self.0
    }
}

impl DerefMut for Wiped {
    fn deref_mut(&mut self) -> &mut Vec<u8> {
        &mut self.0
    }
}

impl core::fmt::Debug for Wiped {
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(out, "Wiped({})", self.0.len())
    }
}
