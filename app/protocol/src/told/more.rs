//! What a practitioner adds to a concern after it was sent.

use super::{MayContact, may_be};
use crate::{
    codec::{self, Malformed},
    concern::LONG,
};
use minicbor::{Decode, Encode};

/// An addition, or a withdrawal. CBOR array in this order.
#[derive(Clone, Default, PartialEq, Eq, Encode, Decode)]
pub struct More {
    /// What is added, or why it is withdrawn.
    #[n(0)]
    pub text: String,
    /// Where the concern is withdrawn: whether the person affected may still be contacted. What was told stays.
    #[n(1)]
    pub withdrawn: Option<MayContact>,
}

impl core::fmt::Debug for More {
    /// Nothing of what was told.
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        out.write_str("More(..)")
    }
}

impl More {
    /// As the bytes that an entry carries.
    pub fn to_bytes(&self) -> Vec<u8> {
        codec::encode(self)
    }

    /// From those bytes.
    ///
    /// # Errors
    /// [`Malformed`] where they are not of this form, or hold what no form of ours lets through.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Malformed> {
        let more: Self = codec::decode(bytes)?;
        let sound =
            may_be(&more.text, LONG).is_ok() && (more.withdrawn.is_some() || !more.text.trim().is_empty());
        if sound { Ok(more) } else { Err(Malformed) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_addition_says_something_and_a_withdrawal_need_not() {
        let more = |text: &str, withdrawn| More {
            text: text.into(),
            withdrawn,
        };
        for good in [more("He came again.", None), more("", Some(MayContact::Never))] {
            assert_eq!(More::from_bytes(&good.to_bytes()), Ok(good));
        }
        for bad in [
            more(" ", None),
            more("a\0b", Some(MayContact::Never)),
            more(&"x".repeat(LONG + 1), None),
        ] {
            assert_eq!(More::from_bytes(&bad.to_bytes()), Err(Malformed));
        }
    }
}
