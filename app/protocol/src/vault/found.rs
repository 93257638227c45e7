//! Founding groups: a unit's compartments by their leads, which the directory then lists; a partner by its lead and two
//! administrators. The first link is signed by whoever makes it.

use super::{
    Answer, Blob,
    change::{holders, is_name},
    draft::Draft,
    open::Open,
};
use crate::{
    directory::Purpose,
    group::{EpochSecret, Founding, Group, GroupKind, Link, Member, Policy, Recovery},
    id::Minute,
    invitation::{Place, Proven},
    refused::Refused,
    signed, words,
};
use rand_core::{CryptoRng, RngCore};

/// How many administrators sign a partner's first link.
const APPROVING: u8 = 2;

impl Open {
    pub(super) fn found(
        &mut self,
        (unit, kind, name): (&str, GroupKind, String),
        joinings: &[Blob],
        policy: Policy,
        now: Minute,
        rng: &mut (impl RngCore + CryptoRng),
    ) -> Result<Answer, Refused> {
        if kind == GroupKind::Partner {
            return Err(Refused::WrongPlace);
        }
        let joined = joinings.iter().map(|one| self.joined(one, unit, now));
        let joined = joined.collect::<Result<Vec<_>, _>>()?;
        // Where more than one signs each change, more than one leads.
        let lead = policy.signers > 1;
        let others = joined.iter().map(|one| one.member(lead));
        let members: Vec<Member> = std::iter::once(self.as_lead()).chain(others).collect();
        self.check_founders(unit, kind, &members, &policy)?;
        let founding = Founding {
            kind,
            name,
            members,
            policy,
        };
        let (link, draft) = self.begin(founding, now, rng)?;
        for one in &joined {
            self.take_in(one, link.hash());
        }
        self.keyring.founding = Some(link.hash());
        Ok(Answer::Drafted(Draft {
            signed: 1,
            invitations: joined.iter().map(|one| one.lookup).collect(),
            ..draft
        }))
    }

    /// Somebody whom this account invited to set up the unit, proven.
    fn joined(&self, joining: &Blob, unit: &str, now: Minute) -> Result<Proven, Refused> {
        let (invitation, proven) = self.proven(joining)?;
        let meant = matches!(&invitation.place, Place::Unit { unit: meant } if meant == unit);
        if !meant {
            return Err(Refused::WrongPlace);
        }
        invitation.check_time(now)?;
        Ok(proven)
    }

    fn check_founders(
        &self,
        unit: &str,
        kind: GroupKind,
        members: &[Member],
        policy: &Policy,
    ) -> Result<(), Refused> {
        let least = if kind == GroupKind::Sealed { 2 } else { 1 };
        if policy.signers < least {
            return Err(Refused::UnfitRules);
        }
        let leads = members.iter().filter(|member| member.lead).count();
        if leads < usize::from(policy.signers) {
            return Err(Refused::TooFewLeads);
        }
        let trust = self.trust()?;
        let purpose = if kind == GroupKind::Sealed {
            Purpose::Sealed
        } else {
            Purpose::Intake
        };
        let unit = trust.directory.unit(unit);
        unit.map_or(Ok(()), |unit| trust.check_apart(unit, purpose, members))
    }

    pub(super) fn found_partner(
        &self,
        name: String,
        now: Minute,
        rng: &mut (impl RngCore + CryptoRng),
    ) -> Result<Answer, Refused> {
        let policy = Policy {
            signers: 1,
            recovery: None,
            custodians: vec![],
            aims: None,
        };
        let founding = Founding {
            kind: GroupKind::Partner,
            name,
            members: vec![self.as_lead()],
            policy,
        };
        let (_, draft) = self.begin(founding, now, rng)?;
        Ok(Answer::Drafted(draft))
    }

    /// A group's first link, signed by this account, with its secret wrapped to all.
    fn begin(
        &self,
        founding: Founding,
        now: Minute,
        rng: &mut (impl RngCore + CryptoRng),
    ) -> Result<(Link, Draft), Refused> {
        if !is_name(&founding.name) {
            return Err(Refused::UnfitRules);
        }
        let instance = self.keyring.instance;
        let (link, secret): (Link, EpochSecret) = founding.draft(instance, now.day(), rng);
        let group = Group::proposed(&link, instance).map_err(|_| Refused::UnfitRules)?;
        let draft = Draft {
            group: group.id,
            sequence: 0,
            link: Blob(signed::sign(&link, &[&self.keyring.signer])),
            wraps: self.wraps(&group, &holders(&group), &[(1, &secret)])?,
            signed: 0,
            needed: needed(&group),
            invitations: vec![],
        };
        Ok((link, draft))
    }

    pub(super) fn as_lead(&self) -> Member {
        Member {
            account: self.keyring.account,
            signer: self.keyring.signer.verifying(),
            recipient: self.keyring.identity.recipient(),
            lead: true,
        }
    }
}

/// How many must sign a first link.
pub(super) fn needed(group: &Group) -> u8 {
    if group.kind == GroupKind::Partner {
        APPROVING
    } else {
        group.now().policy.signers
    }
}

/// The words of a recovery key's public half.
pub(super) fn read_recovery(line: &str) -> Result<Answer, Refused> {
    let recovery: Recovery = line.trim().parse().map_err(|_| Refused::UnfitRules)?;
    Ok(Answer::Words(words::fingerprint(recovery.hash())))
}
