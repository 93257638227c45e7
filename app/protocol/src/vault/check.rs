//! Checkpoints: what one administrator saw, signed, and signed again by another who sees the same.

use super::{
    Answer, Blob,
    countersign::{check_day, count},
    draft::CheckpointDraft,
    open::Open,
};
use crate::{
    checkpoint::Checkpoint,
    id::{GroupId, Hash, Minute},
    keyring::ChainPin,
    refused::Refused,
    signed::{self, Signed},
    trust::{Trust, leaves_out},
};
use std::collections::BTreeMap;

/// How many administrators sign a checkpoint.
pub(super) const SIGNERS: u8 = 2;

/// Of each compartment, how long its commitment chain is, and its head.
type Heads = Vec<(GroupId, u64, Hash)>;

impl Open {
    pub(super) fn draft_checkpoint(&self, heads: Heads, now: Minute) -> Result<Answer, Refused> {
        self.check_administrator()?;
        let trust = self.trust()?;
        let heads = self.check_heads(trust, heads)?;
        let last = trust.checkpoint.as_ref();
        let checkpoint = Checkpoint {
            instance: self.keyring.instance,
            sequence: last.map_or(1, |last| last.sequence + 1),
            previous: last.map_or(Hash::ZERO, Checkpoint::hash),
            day: last.map_or(now.day(), |last| last.day.max(now.day())),
            chains: self.chains(last),
            commitments: heads,
        };
        let bytes = signed::sign(&checkpoint, &[&self.keyring.signer]);
        Ok(answer(&checkpoint, bytes, 1))
    }

    /// Every chain as far as it was ever seen: what the server leaves out today is not left out here.
    fn chains(&self, last: Option<&Checkpoint>) -> Vec<(GroupId, u32, Hash)> {
        let before = last.map_or(&[][..], |last| &last.chains);
        let seen = &self.keyring.pins.chains;
        let seen = seen.iter().map(|pin| (pin.group, pin.sequence, pin.head));
        let all = before.iter().copied().chain(seen);
        let mut newest = BTreeMap::new();
        for line in all {
            let kept = newest.entry(line.0).or_insert(line);
            if kept.1 < line.1 {
                *kept = line;
            }
        }
        newest.into_values().collect()
    }

    /// What the server says of the commitment chains: none shorter than it was seen here.
    fn check_heads(&self, trust: &Trust, heads: Heads) -> Result<Heads, Refused> {
        let heads = check_heads(trust, heads)?;
        let mut seen = self.keyring.pins.commitments.iter();
        seen.try_for_each(|before| check_grown(*before, &heads))?;
        Ok(heads)
    }

    pub(super) fn read_checkpoint(
        &mut self,
        bytes: &Blob,
        heads: &Heads,
        now: Minute,
    ) -> Result<Answer, Refused> {
        let read = self.inspect_checkpoint(bytes, heads, now)?;
        let view = self.checkpoint_view(self.trust()?, &read);
        self.shown.insert(read.payload.hash());
        Ok(Answer::CheckpointView(Box::new(view)))
    }

    pub(super) fn countersign_checkpoint(
        &self,
        bytes: &Blob,
        heads: &Heads,
        now: Minute,
    ) -> Result<Answer, Refused> {
        let read = self.inspect_checkpoint(bytes, heads, now)?;
        if !self.shown.contains(&read.payload.hash()) {
            return Err(Refused::NotShown);
        }
        let bytes = signed::add::<Checkpoint>(&bytes.0, &self.keyring.signer)
            .map_err(|_| Refused::AlteredCheckpoint)?;
        let signers = signed::verify::<Checkpoint>(&bytes).map_err(|_| Refused::AlteredCheckpoint)?;
        Ok(answer(&read.payload, bytes, signers.signers.len()))
    }

    /// A checkpoint that could be signed: listed administrators signed it so far, and it says no less than is seen here.
    fn inspect_checkpoint(
        &self,
        bytes: &Blob,
        heads: &Heads,
        now: Minute,
    ) -> Result<Signed<Checkpoint>, Refused> {
        self.check_administrator()?;
        let trust = self.trust()?;
        let read = signed::verify::<Checkpoint>(&bytes.0).map_err(|_| Refused::AlteredCheckpoint)?;
        let listed = |key| trust.directory.administrators.contains(key);
        if !read.signers.iter().all(listed) {
            return Err(Refused::NotAdministrator);
        }
        let said = &read.payload;
        self.check_follows(trust, said, now)?;
        self.check_seen_chains(trust, said)?;
        let heads = self.check_heads(trust, heads.clone())?;
        said.commitments
            .iter()
            .try_for_each(|said| check_grown(*said, &heads))?;
        check_heads(trust, said.commitments.clone())?;
        Ok(read)
    }

    fn check_follows(&self, trust: &Trust, said: &Checkpoint, now: Minute) -> Result<(), Refused> {
        if said.instance != self.keyring.instance {
            return Err(Refused::WrongInstance);
        }
        check_day(said.day, now.day())?;
        let last = trust.checkpoint.as_ref();
        let place = last.map_or((1, Hash::ZERO), |last| (last.sequence + 1, last.hash()));
        let later = last.is_none_or(|last| said.day >= last.day);
        ((said.sequence, said.previous) == place && later)
            .then_some(())
            .ok_or(Refused::StaleDraft)
    }

    /// What it says of each chain is what is seen here, now or some links ago; it names no other, and leaves none out.
    fn check_seen_chains(&self, trust: &Trust, said: &Checkpoint) -> Result<(), Refused> {
        let before = trust.checkpoint.as_ref().map_or(&[][..], |last| &last.chains);
        let seen = |line: &(GroupId, u32, Hash)| match trust.group(line.0) {
            Some(group) => group.head_at(line.1) == Some(line.2),
            None => before.contains(line) || self.is_pinned(line),
        };
        let fork = !said.chains.iter().all(seen);
        let doubled = said.chains.windows(2).any(|pair| pair[0].0 >= pair[1].0);
        if fork || doubled {
            return Err(Refused::AlteredCheckpoint);
        }
        let line = |group| said.chains.iter().find(move |line| line.0 == group);
        let shorter = |old: &(GroupId, u32, Hash)| line(old.0).is_none_or(|now| now.1 < old.1);
        let hides = |pin: &ChainPin| leaves_out(said, pin);
        if before.iter().any(shorter) || self.keyring.pins.chains.iter().any(hides) {
            return Err(Refused::OlderChain);
        }
        Ok(())
    }

    fn is_pinned(&self, (group, sequence, head): &(GroupId, u32, Hash)) -> bool {
        let mut pins = self.keyring.pins.chains.iter();
        pins.any(|pin| (pin.group, pin.sequence, pin.head) == (*group, *sequence, *head))
    }
}

/// Each commitment chain once, none shorter than the last checkpoint saw it, and none of a group that is not there.
fn check_heads(trust: &Trust, mut heads: Heads) -> Result<Heads, Refused> {
    let last = trust
        .checkpoint
        .as_ref()
        .map_or(&[][..], |last| &last.commitments);
    let known = |id: GroupId| trust.group(id).is_some() || last.iter().any(|(group, ..)| *group == id);
    heads.sort_unstable_by_key(|(group, ..)| *group);
    let doubled = heads.windows(2).any(|pair| pair[0].0 == pair[1].0);
    if doubled || !heads.iter().all(|(group, ..)| known(*group)) {
        return Err(Refused::ForkedCommitments);
    }
    last.iter().try_for_each(|before| check_grown(*before, &heads))?;
    Ok(heads)
}

/// Whether a commitment chain is as long as `before` at least, and the same where it is as long.
fn check_grown(before: (GroupId, u64, Hash), heads: &Heads) -> Result<(), Refused> {
    let now = heads.iter().find(|(group, ..)| *group == before.0);
    let grown = now.is_some_and(|(_, at, head)| *at > before.1 || (*at, *head) == (before.1, before.2));
    grown.then_some(()).ok_or(Refused::ForkedCommitments)
}

fn answer(checkpoint: &Checkpoint, bytes: Vec<u8>, signed: usize) -> Answer {
    Answer::Checkpoint(CheckpointDraft {
        sequence: checkpoint.sequence,
        bytes: Blob(bytes),
        signed: count(signed),
        needed: SIGNERS,
    })
}
