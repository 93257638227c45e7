//! What leaves the portal to be checked without it, and what comes back from recovery. Signed bytes are kept as they were.

use crate::id::{AccountId, GroupId};
use minicbor::{Decode, Encode, bytes::ByteVec};

/// All that says whose key is whose. Nothing in it is secret: wraps are sealed. CBOR array in this order.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Export {
    /// The signed directory.
    #[n(0)]
    pub directory: ByteVec,
    /// Each group's signed links, in order.
    #[n(1)]
    pub chains: Vec<(GroupId, Vec<ByteVec>)>,
    /// The newest signed checkpoint.
    #[n(2)]
    pub checkpoint: Option<ByteVec>,
    /// The wraps for [`AccountId::RECOVERY`], of all groups and epochs.
    #[n(3)]
    pub wraps: Vec<ByteVec>,
}

/// What recovery made of one group. CBOR array in this order.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Recovered {
    /// The group.
    #[n(0)]
    pub group: GroupId,
    /// The next link of its chain, signed.
    #[n(1)]
    pub link: ByteVec,
    /// The wraps for its new members and for recovery: for whom, of which epoch, and the age file.
    #[n(2)]
    pub wraps: Vec<(AccountId, u32, ByteVec)>,
}
