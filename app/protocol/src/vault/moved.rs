//! What a checkpoint says that the last one did not, for whoever is to sign it.

use super::{
    check::SIGNERS,
    countersign::count,
    draft::{ChainMoved, CheckpointView, CommitmentsMoved},
    open::Open,
};
use crate::{
    checkpoint::Checkpoint,
    group::GroupKind,
    id::{GroupId, Hash},
    signed::Signed,
    trust::Trust,
    words,
};

impl Open {
    pub(super) fn checkpoint_view(&self, trust: &Trust, read: &Signed<Checkpoint>) -> CheckpointView {
        let said = &read.payload;
        let last = trust.checkpoint.as_ref();
        let chains: Vec<_> = said
            .chains
            .iter()
            .filter_map(|line| chain(trust, last, *line))
            .collect();
        let commitments = said
            .commitments
            .iter()
            .filter_map(|line| record(trust, last, *line));
        CheckpointView {
            sequence: said.sequence,
            day: said.day,
            last: last.map(|last| last.day),
            unmoved: u32::try_from(said.chains.len() - chains.len()).unwrap_or(u32::MAX),
            chains,
            commitments: commitments.collect(),
            signed: count(read.signers.len()),
            needed: SIGNERS,
            signed_by_me: read.signers.contains(&self.keyring.signer.verifying()),
        }
    }
}

/// A chain, where it has moved.
fn chain(
    trust: &Trust,
    last: Option<&Checkpoint>,
    (id, sequence, head): (GroupId, u32, Hash),
) -> Option<ChainMoved> {
    let mut lines = last.into_iter().flat_map(|last| &last.chains);
    let before = lines.find(|(group, ..)| *group == id).map(|line| line.1);
    let stood = trust.group(id).and_then(|group| group.at(head));
    (before != Some(sequence)).then(|| ChainMoved {
        group: name(trust, id),
        before: before.map(|sequence| sequence + 1),
        now: sequence + 1,
        members: stood.map(|state| u32::try_from(state.members.len()).unwrap_or(u32::MAX)),
        words: words::fingerprint(head),
    })
}

/// A commitment chain, where it has moved.
fn record(
    trust: &Trust,
    last: Option<&Checkpoint>,
    (id, now, _): (GroupId, u64, Hash),
) -> Option<CommitmentsMoved> {
    let before = last.and_then(|last| last.commitment(id));
    let before = before.map_or(0, |(position, _)| position);
    (before != now).then(|| CommitmentsMoved {
        group: name(trust, id),
        before,
        now,
    })
}

/// A compartment goes by its unit's name in the directory, a partner by its own.
pub(super) fn name(trust: &Trust, id: GroupId) -> Option<(GroupKind, String)> {
    let group = trust.group(id)?;
    let listed = trust.directory.compartment(id);
    let name = listed.map_or_else(|| group.name.clone(), |(unit, _)| unit.name.clone());
    Some((group.kind, name))
}
