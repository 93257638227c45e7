//! What pages are told of the groups that an account is in, and what is due in them.

use super::{
    draft::{Due, GroupView},
    open::Open,
};
use crate::{
    group::{EPOCH_LIFE, Group, GroupKind},
    id::Day,
    trust::Trust,
    words,
};

/// Days after which an epoch is to be renewed: early enough that a lead's holiday does not shut a unit.
const RENEW: u32 = 60;
/// Any two of three custodians act together.
const CUSTODIANS: usize = 3;
/// Days after which the next checkpoint is due.
const CHECKPOINT: u32 = 7;

impl Open {
    pub(super) fn groups(&self, trust: &Trust, today: Day) -> Vec<GroupView> {
        trust
            .groups()
            .filter_map(|group| self.group_view(trust, group, today))
            .collect()
    }

    fn group_view(&self, trust: &Trust, group: &Group, today: Day) -> Option<GroupView> {
        let state = group.now();
        let members: Vec<_> = state.members.iter().map(|one| self.member_view(one)).collect();
        let lead = members.iter().find(|one| one.me)?.lead;
        Some(GroupView {
            id: group.id,
            kind: group.kind,
            name: group.name.clone(),
            lead,
            members,
            rules: (&state.policy).into(),
            epoch: state.epoch.number,
            started: state.epoch.started,
            sequence: group.sequence(),
            words: words::fingerprint(state.head),
            waiting: waiting(trust, group, today),
        })
    }

    /// Whether an administrator is to make the next checkpoint.
    pub(super) fn checkpoint_due(&self, trust: &Trust, today: Day) -> bool {
        let last = trust.checkpoint.as_ref();
        let age = last.map(|last| today.0.saturating_sub(last.day.0));
        self.is_administrator(trust) && age.is_none_or(|age| age >= CHECKPOINT)
    }

    pub(super) fn is_administrator(&self, trust: &Trust) -> bool {
        let own = self.keyring.signer.verifying();
        trust.directory.administrators.contains(&own)
    }
}

fn waiting(trust: &Trust, group: &Group, today: Day) -> Vec<Due> {
    let state = group.now();
    let age = today.0.saturating_sub(state.epoch.started.0);
    let unit = group.kind != GroupKind::Partner;
    // Whoever held the recovery key when the epoch began holds its secret.
    let before = group.epoch(state.epoch.number);
    let replaced = before.is_some_and(|before| before.policy.recovery != state.policy.recovery);
    let newest = trust.secrets(group.id).next().map(|(number, _)| number);
    let due = [
        (Due::Expired, age > EPOCH_LIFE),
        (Due::Rotate, age <= EPOCH_LIFE && (age > RENEW || replaced)),
        (Due::AnotherMember, state.members.len() < 2),
        (
            Due::Custodians,
            unit && state.policy.custodians.len() < CUSTODIANS,
        ),
        (Due::Recovered, trust.recovered.contains(&group.id)),
        (Due::Secret, newest != Some(state.epoch.number)),
    ];
    due.into_iter()
        .filter_map(|(due, is)| is.then_some(due))
        .collect()
}
