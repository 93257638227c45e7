//! Bytes that are wiped when they are dropped.
//!
//! `zeroize` writes each byte by itself so that no compiler leaves it out; for megabytes of an attachment that takes as long as opening
//! them. So what may hold a key or what somebody told, which is padded to a bucket, is wiped by `zeroize`; what is longer can only be
//! part of an attachment, is filled at once, and is then shown to [`core::hint::black_box`], which compilers take for a reader.

use crate::envelope::BUCKETS;
use core::ops::{Deref, DerefMut};
use zeroize::Zeroize as _;

/// The most bytes that are wiped one by one: a buffer for the largest bucket, with the header and the tags of its file.
const LONGEST: usize = 2 * BUCKETS[BUCKETS.len() - 1];

/// What was sealed, or is to be.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Wiped(pub Vec<u8>);

impl Drop for Wiped {
    fn drop(&mut self) {
        if self.0.capacity() <= LONGEST {
            return self.0.zeroize();
        }
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
