//! Why a concern goes where it goes.

use super::{Employer, Rank, Whether};
use minicbor::{Decode, Encode};

/// What led to those who can read it. CBOR array in this order.
#[derive(Clone, Copy, Default, PartialEq, Eq, Encode, Decode)]
pub struct Routing {
    /// How it is known which force employs the person.
    #[n(0)]
    pub employer: Option<Employer>,
    /// Whether it may be another force: then it is to be passed on.
    #[n(1)]
    pub uncertain: bool,
    /// How the person stands to those who would usually read it.
    #[n(2)]
    pub rank: Option<Rank>,
    /// Whether any of those should not be able to read it.
    #[n(3)]
    pub apart: Option<Whether>,
}

impl core::fmt::Debug for Routing {
    /// Nothing of what was told.
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        out.write_str("Routing(..)")
    }
}
