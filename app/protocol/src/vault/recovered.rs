//! Recovery, as far as pages have to do with it: what custodians signed offline, and whom they are to name.

use super::{
    Answer, Blob,
    draft::{Myself, RecoveredView},
    moved::name,
    open::Open,
};
use crate::{
    codec,
    export::Recovered,
    group::{Group, Link},
    id::{AccountId, Day, Minute},
    refused::Refused,
    signed,
    trust::Trust,
};
use std::collections::BTreeSet;

impl Open {
    pub(super) fn read_recovered(&self, bytes: &Blob, now: Minute) -> Result<Answer, Refused> {
        let recovered: Recovered = codec::decode(&bytes.0).map_err(|_| Refused::Malformed)?;
        let trust = self.trust()?;
        let before = trust.group(recovered.group).ok_or(Refused::WrongPlace)?;
        let after = follow(trust, before, &recovered, now.day())?;
        let (kind, name) = name(trust, before.id).ok_or(Refused::WrongPlace)?;
        let stays = |account| after.now().member(account).is_some();
        let gone = before.now().members.iter().filter(|one| !stays(one.account));
        Ok(Answer::RecoveredView(Box::new(RecoveredView {
            group: before.id,
            kind,
            name,
            gone: gone.map(|one| self.member_view(one)).collect(),
            members: after
                .now()
                .members
                .iter()
                .map(|one| self.member_view(one))
                .collect(),
            epochs: opened(&after, &recovered),
            all: after.now().epoch.number,
        })))
    }

    pub(super) fn myself(&self) -> Answer {
        let member = self.as_lead();
        Answer::Myself(Myself {
            account: member.account,
            signer: member.signer,
            recipient: member.recipient.as_str().to_owned(),
            words: member.words(),
        })
    }
}

/// The group as it would be, verified as every client will.
fn follow(trust: &Trust, before: &Group, recovered: &Recovered, today: Day) -> Result<Group, Refused> {
    let link = signed::verify::<Link>(&recovered.link).map_err(|_| Refused::BadSignature)?;
    if link.payload.previous != before.now().head {
        return Err(Refused::StaleDraft);
    }
    if trust.directory.compartment(before.id).is_none() {
        return Err(Refused::WrongPlace);
    }
    let founders = trust.directory.founders(before.id);
    let mut links: Vec<&[u8]> = trust.links(before.id).iter().map(Vec::as_slice).collect();
    links.push(&recovered.link);
    let after = Group::verify(before.id, &links, trust.instance, founders, today)?;
    after
        .was_recovered_since(before.sequence())
        .then_some(after)
        .ok_or(Refused::WrongRecovery)
}

/// How many epochs were wrapped to every member. What is in the wraps, only they can say.
fn opened(after: &Group, recovered: &Recovered) -> u32 {
    let given: BTreeSet<(AccountId, u32)> = recovered
        .wraps
        .iter()
        .map(|(account, epoch, _)| (*account, *epoch))
        .collect();
    let to_all = |epoch: &u32| {
        let mut members = after.now().members.iter();
        members.all(|member| given.contains(&(member.account, *epoch)))
    };
    let epochs = (1..=after.now().epoch.number).filter(to_all);
    u32::try_from(epochs.count()).unwrap_or(u32::MAX)
}
