//! Checkpoints: two administrators' word, at least weekly, on where every chain stood.

use crate::{
    approval::Approval,
    codec,
    group::Group,
    id::{Day, GroupId, Hash},
    refused::Refused,
    signed::{self, Kind, Signed},
};
use minicbor::{Decode, Encode};

/// The most days that a checkpoint counts as fresh.
pub const FRESH: u32 = 30;

/// A checkpoint. CBOR array in this order.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Checkpoint {
    /// The deployment.
    #[n(0)]
    pub instance: Hash,
    /// One more than the last.
    #[n(1)]
    pub sequence: u32,
    /// The hash of the last; zeros before the first.
    #[n(2)]
    pub previous: Hash,
    /// The day it was made.
    #[n(3)]
    pub day: Day,
    /// Each chain's last link: group, sequence, hash.
    #[n(4)]
    pub chains: Vec<(GroupId, u32, Hash)>,
    /// Each commitment chain's length and head: group, position, head.
    #[n(5)]
    pub commitments: Vec<(GroupId, u64, Hash)>,
}

impl Kind for Checkpoint {
    const TYPE: u16 = 7;
    const NAME: &'static str = "checkpoint";
}

impl Checkpoint {
    /// Its hash, whichever administrators signed it.
    pub fn hash(&self) -> Hash {
        Hash::domain("checkpoint", &[&codec::encode(self)])
    }

    /// Reads a checkpoint that is approved and that continues what was `seen`.
    ///
    /// # Errors
    /// [`Refused::AlteredCheckpoint`] or [`Refused::WrongInstance`].
    pub fn verify(
        bytes: &[u8],
        approval: Approval<'_>,
        instance: Hash,
        seen: Option<(u32, Hash)>,
        today: Day,
    ) -> Result<Self, Refused> {
        let Signed { payload, signers } =
            signed::verify::<Self>(bytes).map_err(|_| Refused::AlteredCheckpoint)?;
        if payload.instance != instance {
            return Err(Refused::WrongInstance);
        }
        let vouched = approval.covers(payload.hash(), &signers, |_| false);
        let begun = payload.day.0 <= today.0 + 1;
        (vouched && begun && payload.follows(seen))
            .then_some(payload)
            .ok_or(Refused::AlteredCheckpoint)
    }

    fn follows(&self, seen: Option<(u32, Hash)>) -> bool {
        let Some((sequence, hash)) = seen else { return true };
        let same = self.sequence == sequence && self.hash() == hash;
        let next = self.sequence == sequence + 1 && self.previous == hash;
        same || next || self.sequence > sequence + 1
    }

    /// Whether it is young enough to tell the present from an old copy.
    pub fn is_fresh(&self, today: Day) -> bool {
        today.0.saturating_sub(self.day.0) <= FRESH
    }

    /// How long a compartment's commitment chain was, and its head; nothing where it had none yet.
    pub fn commitment(&self, compartment: GroupId) -> Option<(u64, Hash)> {
        let mut all = self.commitments.iter();
        all.find(|(group, ..)| *group == compartment)
            .map(|(_, position, head)| (*position, *head))
    }

    /// Checks that `group` continues from where this saw it.
    ///
    /// # Errors
    /// [`Refused::OlderChain`] where the link it saw is missing or another.
    pub fn check_chain(&self, group: &Group) -> Result<(), Refused> {
        let seen = self.chains.iter().find(|(id, ..)| *id == group.id);
        let continues = seen.is_none_or(|(_, sequence, head)| group.head_at(*sequence) == Some(*head));
        continues.then_some(()).ok_or(Refused::OlderChain)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checkpoint(sequence: u32, previous: Hash) -> Checkpoint {
        Checkpoint {
            instance: Hash::ZERO,
            sequence,
            previous,
            day: Day(1_000),
            chains: Vec::new(),
            commitments: Vec::new(),
        }
    }

    #[test]
    fn it_is_the_one_that_was_seen_or_comes_after_it() {
        let seen = checkpoint(5, Hash::ZERO);
        let pin = Some((seen.sequence, seen.hash()));
        let other = Hash([1; 32]);
        for (follows, one) in [
            (true, seen.clone()),
            (false, checkpoint(5, other)),
            (true, checkpoint(6, seen.hash())),
            (false, checkpoint(6, other)),
            (true, checkpoint(7, other)),
            (true, checkpoint(9, other)),
            (false, checkpoint(4, other)),
            (false, checkpoint(3, seen.hash())),
        ] {
            assert_eq!(
                one.follows(pin),
                follows,
                "{} after {}",
                one.sequence,
                seen.sequence
            );
        }
        assert!(checkpoint(0, Hash::ZERO).follows(None));
    }

    #[test]
    fn it_is_fresh_for_thirty_days() {
        let one = checkpoint(1, Hash::ZERO);
        assert!(one.is_fresh(Day(1_000)) && one.is_fresh(Day(1_030)));
        assert!(!one.is_fresh(Day(1_031)));
    }
}
