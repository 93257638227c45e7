//! The commitment chains of the compartments that a member is in, as this vault has followed them: what is said of a thread is
//! compared with them, and a thread that they name and a list leaves out is noticed.

use super::{Answer, Blob, Missing, open::Open};
use crate::{
    append::{Commitment, Receipt},
    codec,
    id::{GroupId, Hash, LogId},
    refused::Refused,
    words,
};
use std::collections::BTreeSet;

/// A line, and the chain's head after it.
type Line = (Commitment, Hash);

/// One compartment's chain from its first line.
#[derive(Clone, Debug, Default)]
pub(super) struct Followed(Vec<Line>);

impl Followed {
    fn end(&self) -> (u64, Hash) {
        self.0
            .last()
            .map_or((0, Hash::ZERO), |(line, head)| (line.position, *head))
    }

    fn at(&self, position: u64) -> Option<&Line> {
        self.0.get(usize::try_from(position.checked_sub(1)?).ok()?)
    }

    /// The chain with `lines` after it, each the next.
    fn and(mut self, lines: &[Commitment], compartment: GroupId) -> Result<Self, Refused> {
        for line in lines {
            let (position, head) = self.end();
            if line.position != position + 1 {
                return Err(Refused::ForkedCommitments);
            }
            self.0.push((*line, line.extend(head, compartment)));
        }
        Ok(self)
    }

    /// Whether the chain stood at `head` after `position` lines.
    fn check_stood(&self, (position, head): (u64, Hash)) -> Result<(), Refused> {
        let stood = if position == 0 {
            Some(Hash::ZERO)
        } else {
            self.at(position).map(|(_, head)| *head)
        };
        (stood == Some(head))
            .then_some(())
            .ok_or(Refused::ForkedCommitments)
    }

    /// Whether a receipt's lines are lines of the chain.
    fn check_receipt(&self, receipt: &Receipt) -> Result<(), Refused> {
        let is_line = |line: &Commitment| self.at(line.position).is_some_and(|(one, _)| one == line);
        receipt
            .entries
            .iter()
            .all(is_line)
            .then_some(())
            .ok_or(Refused::ForkedCommitments)
    }
}

impl Open {
    /// Follows a chain on from where this vault has come. It must pass through what the keyring has seen, what the newest
    /// checkpoint says, and what the server itself says; it may have gone on since the server said that.
    pub(super) fn check_commitments(
        &mut self,
        compartment: GroupId,
        lines: &Blob,
        said: (u64, Hash),
    ) -> Result<Answer, Refused> {
        let lines: Vec<Commitment> = codec::decode(&lines.0).map_err(|_| Refused::Malformed)?;
        let before = self.followed.get(&compartment).cloned().unwrap_or_default();
        let followed = before.and(&lines, compartment)?;
        followed.check_stood(said)?;
        if let Some(seen) = self.seen_commitments(compartment) {
            followed.check_stood(seen)?;
        }
        let checkpoint = self.trust()?.checkpoint.as_ref();
        if let Some(stood) = checkpoint.and_then(|one| one.commitment(compartment)) {
            followed.check_stood(stood)?;
        }
        let (position, head) = followed.end();
        let pins = &mut self.keyring.pins.commitments;
        pins.retain(|(group, ..)| *group != compartment);
        pins.push((compartment, position, head));
        self.followed.insert(compartment, followed);
        Ok(Answer::Followed(position))
    }

    /// Which threads the chains name and `listed` leaves out, and the short name of each that is listed.
    pub(super) fn compare(&self, listed: &[LogId], reached: &[(GroupId, u64)]) -> Answer {
        // Whoever knows of a thread knows of its journal.
        let known: BTreeSet<LogId> = listed.iter().flat_map(|log| [*log, log.journal()]).collect();
        let lines = reached.iter().flat_map(|(compartment, position)| {
            let lines = self.followed.get(compartment).map_or(&[][..], |one| &one.0);
            lines
                .iter()
                .take_while(move |(line, _)| line.position <= *position)
        });
        let missing = lines
            .filter(|(line, _)| line.sequence == 0 && !known.contains(&line.log))
            .map(|(line, _)| Missing {
                reference: words::reference(line.log),
                day: None,
            });
        Answer::Compared {
            references: listed.iter().map(|log| words::reference(*log)).collect(),
            missing: missing.collect(),
        }
    }

    /// Compares a log with its compartment's chain, where this vault has followed it: the receipts, and what other members said that they
    /// saw.
    pub(super) fn check_followed(
        &self,
        compartment: GroupId,
        receipts: &[Receipt],
        seen: &[(u64, Hash)],
    ) -> Result<(), Refused> {
        let Some(followed) = self.followed.get(&compartment) else {
            return Ok(());
        };
        receipts
            .iter()
            .try_for_each(|receipt| followed.check_receipt(receipt))?;
        seen.iter().try_for_each(|seen| followed.check_stood(*seen))
    }

    /// Whether every entry of a log that the chain named, as far as it was followed before the log came, is there.
    pub(super) fn check_complete(
        &self,
        compartment: GroupId,
        (log, hashes): (LogId, &[Hash]),
        reached: u64,
    ) -> Result<(), Refused> {
        let lines = self.followed.get(&compartment).map_or(&[][..], |one| &one.0);
        let named = lines
            .iter()
            .map(|(line, _)| line)
            .take_while(|line| line.position <= reached)
            .filter(|line| line.log == log);
        let is_there = |line: &Commitment| hashes.get(line.sequence as usize) == Some(&line.hash);
        named
            .into_iter()
            .all(is_there)
            .then_some(())
            .ok_or(Refused::BrokenSequence)
    }
}
