//! What a unit and whoever told say to each other.

use crate::{
    codec::{self, Malformed},
    concern::{LONG, check_text},
};
use minicbor::{Decode, Encode};

/// A message in a thread. CBOR array in this order. Who wrote it, its signature says.
#[derive(Clone, Default, PartialEq, Eq, Encode, Decode)]
pub struct Message {
    /// What it says.
    #[n(0)]
    pub text: String,
    /// Whether the unit asks something, which is only what is known already.
    #[n(1)]
    pub asks: bool,
}

impl core::fmt::Debug for Message {
    /// Nothing of what it says.
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        out.write_str("Message(..)")
    }
}

impl Message {
    /// As the bytes that an entry carries.
    pub fn to_bytes(&self) -> Vec<u8> {
        codec::encode(self)
    }

    /// From those bytes.
    ///
    /// # Errors
    /// [`Malformed`] where they are not of this form, or hold what no form of ours lets through.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Malformed> {
        let message: Self = codec::decode(bytes)?;
        check_text(&message.text, LONG)
            .map(|()| message)
            .map_err(|_| Malformed)
    }
}
