//! The person affected: how far they are named, what they agree to, and whether they may be contacted.

use super::{Age, Agrees, Aware, MayContact, NamedBy, Reason, Referral, Vulnerability};
use minicbor::{Decode, Encode};

/// The person affected.
#[derive(Clone, Default, PartialEq, Eq, Encode, Decode)]
pub struct Affected {
    /// How far they are named. By reference, where nothing is said.
    #[n(0)]
    pub identity: Option<NamedBy>,
    /// The reference, the initials or the name.
    #[n(1)]
    pub known_as: String,
    /// Adult, adult at risk, or child.
    #[n(2)]
    pub age: Option<Age>,
    /// Whether the referral that protects them has been made.
    #[n(3)]
    pub referral: Option<Referral>,
    /// To whom it was made, and its reference.
    #[n(4)]
    pub referred_to: String,
    /// Why they may be easier to exploit.
    #[n(5)]
    pub vulnerabilities: Vec<Vulnerability>,
}

/// What they know and agree to.
#[derive(Clone, Default, PartialEq, Eq, Encode, Decode)]
pub struct Consent {
    /// Whether they know that this is told.
    #[n(0)]
    pub aware: Option<Aware>,
    /// Whether they agree.
    #[n(1)]
    pub agrees: Option<Agrees>,
    /// Why it is told without agreement.
    #[n(2)]
    pub reasons: Vec<Reason>,
    /// The same in words.
    #[n(3)]
    pub why: String,
}

/// Whether and how they may be contacted.
#[derive(Clone, Default, PartialEq, Eq, Encode, Decode)]
pub struct Contact {
    /// Whether they may be. Only through the practitioner, where nothing is said.
    #[n(0)]
    pub may: Option<MayContact>,
    /// How and when it is safe: a number, days and hours, words to use.
    #[n(1)]
    pub safely: String,
    /// Who must not learn of it, and who reads their messages.
    #[n(2)]
    pub not_before: String,
    /// An interpreter, or somebody who should be there.
    #[n(3)]
    pub needs: String,
}

impl Affected {
    pub(super) fn texts(&self) -> [&str; 2] {
        [&self.known_as, &self.referred_to]
    }
}

impl Contact {
    pub(super) fn texts(&self) -> [&str; 3] {
        [&self.safely, &self.not_before, &self.needs]
    }

    /// Whether they may be contacted: what was said, or the careful answer.
    pub fn rule(&self) -> MayContact {
        self.may.unwrap_or(MayContact::ThroughMe)
    }
}

/// Nothing of what was told.
macro_rules! quiet {
    ($($name:ident)+) => {$(
        impl core::fmt::Debug for $name {
            fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                out.write_str(concat!(stringify!($name), "(..)"))
            }
        }
    )+};
}

quiet!(Affected Consent Contact);
