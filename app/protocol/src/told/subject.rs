//! Somebody whom a concern is about.

use super::Post;
use minicbor::{Decode, Encode};

/// The person, as far as they are known. Any of it may be missing.
#[derive(Clone, Default, PartialEq, Eq, Encode, Decode)]
pub struct Subject {
    /// Their name, or part of it.
    #[n(0)]
    pub name: String,
    /// What they are to the force.
    #[n(1)]
    pub post: Option<Post>,
    /// Their rank, and their collar, shoulder or warrant number.
    #[n(2)]
    pub number: String,
    /// Their station or team.
    #[n(3)]
    pub station: String,
    /// What they look like.
    #[n(4)]
    pub looks: String,
    /// A vehicle, a telephone number, a name online.
    #[n(5)]
    pub traces: String,
    /// How they know the person affected.
    #[n(6)]
    pub link: String,
}

impl Subject {
    pub(super) fn texts(&self) -> [&str; 6] {
        [
            &self.name,
            &self.number,
            &self.station,
            &self.looks,
            &self.traces,
            &self.link,
        ]
    }

    /// Whether nothing is said of them.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl core::fmt::Debug for Subject {
    /// Nothing of what was told.
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        out.write_str("Subject(..)")
    }
}
