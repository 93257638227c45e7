//! What members write into a journal.

use super::{
    assessment::Assessment,
    choice::{Criterion, Outcome, Sameness, WhetherToRefer},
    stage::Stage,
};
use crate::{
    codec::{self, Malformed},
    concern::{LONG, SHORT},
    id::{AccountId, LogId, Minute},
    told::may_be,
};
use minicbor::{Decode, Encode};

/// The most characters of what a member is called.
const LONGEST_NAME: usize = 64;

/// One entry of a journal. CBOR array in this order.
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
pub struct Work {
    /// What whoever acted calls themselves. Who they are, the signature says.
    #[n(0)]
    pub name: String,
    /// What they did.
    #[n(1)]
    pub act: Act,
}

/// What a member does with a case.
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
pub enum Act {
    /// Says that they have no connection with the people named. Nobody works on a case before.
    #[n(0)]
    Declared,
    /// Says that they have one. They work on it no more.
    #[n(1)]
    Conflict,
    /// Gives it to a member, who may be themselves; or to nobody.
    #[n(2)]
    Assigned(#[n(0)] Option<AccountId>),
    /// Takes it further.
    #[n(3)]
    Moved(#[n(0)] Move),
    /// Assesses it, in the place of how it was assessed before.
    #[n(4)]
    Assessed(#[n(0)] Box<Assessment>),
    /// Decides whether it must be referred, in the place of what was decided before.
    #[n(5)]
    Referral(#[n(0)] Referral),
    /// Notes something for the unit.
    #[n(6)]
    Noted(#[n(0)] String),
    /// Says that another case belongs to it.
    #[n(7)]
    Linked(#[n(0)] Link),
    /// Says that it does not.
    #[n(8)]
    Unlinked(#[n(0)] LogId),
    /// Stops the clock of what the unit aims for, and says why; or lets it go on.
    #[n(9)]
    Paused(#[n(0)] Option<String>),
}

/// Where a case goes.
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
pub struct Move {
    /// Its stage from now on.
    #[n(0)]
    pub to: Stage,
    /// Why, or what is to be done.
    #[n(1)]
    pub why: String,
    /// Its reference in the force's own records.
    #[n(2)]
    pub reference: String,
    /// How it ended.
    #[n(3)]
    pub outcome: Option<Outcome>,
    /// Whether whoever told is told how it ended.
    #[n(4)]
    pub told: bool,
}

/// Whether a matter must be referred.
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
pub struct Referral {
    /// The decision.
    #[n(0)]
    pub decision: WhetherToRefer,
    /// Why it must.
    #[n(1)]
    pub criterion: Option<Criterion>,
    /// Why it was decided so.
    #[n(2)]
    pub why: String,
    /// When it became clear that it must.
    #[n(3)]
    pub clear: Option<Minute>,
    /// When it is looked at again.
    #[n(4)]
    pub review: Option<Minute>,
    /// When it was referred.
    #[n(5)]
    pub made: Option<Minute>,
    /// The referral's reference.
    #[n(6)]
    pub reference: String,
}

/// Another case that belongs to this one.
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
pub struct Link {
    /// The other's thread.
    #[n(0)]
    pub to: LogId,
    /// How they belong together.
    #[n(1)]
    pub how: Sameness,
    /// Why.
    #[n(2)]
    pub why: String,
}

impl core::fmt::Debug for Work {
    /// Nothing of what was done.
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        out.write_str("Work(..)")
    }
}

impl Work {
    /// As the bytes that an entry carries.
    pub fn to_bytes(&self) -> Vec<u8> {
        codec::encode(self)
    }

    /// From those bytes.
    ///
    /// # Errors
    /// [`Malformed`] where they are not of this form, or hold what no form of ours lets through.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Malformed> {
        let work: Self = codec::decode(bytes)?;
        let named = may_be(&work.name, LONGEST_NAME).is_ok();
        if named && work.act.is_sound() {
            Ok(work)
        } else {
            Err(Malformed)
        }
    }
}

impl Act {
    /// Whether every text in it is one that a form of ours lets through.
    pub fn is_sound(&self) -> bool {
        let short = |text: &str| may_be(text, SHORT).is_ok();
        match self {
            Self::Declared | Self::Conflict | Self::Assigned(_) | Self::Unlinked(_) => true,
            Self::Moved(one) => short(&one.why) && short(&one.reference),
            Self::Assessed(one) => one.is_sound(),
            Self::Referral(one) => short(&one.why) && short(&one.reference),
            Self::Noted(text) => may_be(text, LONG).is_ok() && !text.trim().is_empty(),
            Self::Linked(one) => short(&one.why),
            Self::Paused(why) => why.as_ref().is_none_or(|why| short(why)),
        }
    }
}
