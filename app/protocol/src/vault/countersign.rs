//! Drafts of others: what they would change, and this lead's signature under it. Only what was looked at is signed.

use super::{
    Answer, Blob,
    change::{check_leaver, check_newcomer},
    draft::{Change, Draft, DraftView},
    open::Open,
};
use crate::{
    group::{Act, Group, Link, Member},
    id::{Day, GroupId, Minute},
    invitation::Joining,
    refused::Refused,
    signed::{self, Signed},
};

/// Days for which a draft can be signed: an old one is not brought up again when nobody remembers why it was left.
pub(super) const LIFE: u32 = 14;

impl Open {
    pub(super) fn read_draft(
        &mut self,
        id: GroupId,
        link: &Blob,
        joining: Option<&Blob>,
        now: Minute,
    ) -> Result<Answer, Refused> {
        let (group, signed) = self.inspect(id, link, now)?;
        let state = group.now();
        let leads = signed.signers.iter().filter_map(|key| state.lead(*key));
        let view = DraftView {
            group: id,
            change: self.change(&signed.payload.act, joining)?,
            day: signed.payload.day,
            signed: leads.map(|lead| lead.account).collect(),
            needed: state.policy.signers,
        };
        self.shown.insert(signed.payload.hash());
        Ok(Answer::DraftView(Box::new(view)))
    }

    pub(super) fn countersign(&self, id: GroupId, link: &Blob, now: Minute) -> Result<Answer, Refused> {
        let (group, draft) = self.inspect(id, link, now)?;
        let own = self.keyring.signer.verifying();
        if !group.now().may_sign(&draft.payload.act, own) {
            return Err(Refused::OwnRemoval);
        }
        let (link, signers) = self.add_signature(link, &draft.payload)?;
        Ok(Answer::Drafted(Draft {
            group: id,
            sequence: draft.payload.sequence,
            link,
            wraps: vec![],
            signed: count(signers),
            needed: group.now().policy.signers,
            invitations: vec![],
        }))
    }

    /// Signs what was looked at; gives the signed bytes and how many signatures they have.
    pub(super) fn add_signature(&self, bytes: &Blob, link: &Link) -> Result<(Blob, usize), Refused> {
        if !self.shown.contains(&link.hash()) {
            return Err(Refused::NotShown);
        }
        let bytes = signed::add::<Link>(&bytes.0, &self.keyring.signer).map_err(|_| Refused::BadSignature)?;
        let signers = signed::verify::<Link>(&bytes).map_err(|_| Refused::BadSignature)?;
        Ok((Blob(bytes), signers.signers.len()))
    }

    /// A draft that could be signed: it follows, leads signed it so far, and the group may do what it does.
    fn inspect(&self, id: GroupId, link: &Blob, now: Minute) -> Result<(&Group, Signed<Link>), Refused> {
        let group = self.led(id)?;
        let signed = read(link)?;
        let draft = &signed.payload;
        check_place(group, draft, self.keyring.instance)?;
        check_day(draft.day, now.day())?;
        self.check_act(group, draft)?;
        let may_sign = |key| group.now().may_sign(&draft.act, key);
        if !signed.signers.iter().copied().all(may_sign) {
            return Err(Refused::WrongSigner);
        }
        Ok((group, signed))
    }

    fn check_act(&self, group: &Group, draft: &Link) -> Result<(), Refused> {
        match &draft.act {
            Act::Genesis { .. } | Act::Recover { .. } => return Err(Refused::AlteredChain),
            Act::Add(member) => check_newcomer(self.trust()?, group, member)?,
            Act::Remove { account, .. } => check_leaver(group, *account)?,
            Act::Rotate(_) | Act::Policy(_) => (),
        }
        group.after(draft, self.keyring.instance).map(|_| ())
    }

    fn change(&self, act: &Act, joining: Option<&Blob>) -> Result<Change, Refused> {
        Ok(match act {
            Act::Add(member) => {
                let joining = joining.ok_or(Refused::SwappedInvitee)?;
                let name = self.name_of(member, joining)?.ok_or(Refused::SwappedInvitee)?;
                Change::Add {
                    account: member.account,
                    name,
                    words: member.words(),
                    lead: member.lead,
                }
            }
            Act::Remove { account, .. } => Change::Remove(*account),
            Act::Rotate(_) => Change::Rotate,
            Act::Policy(policy) => Change::Policy(policy.into()),
            Act::Genesis { .. } | Act::Recover { .. } => return Err(Refused::AlteredChain),
        })
    }

    /// The name that somebody gave when they answered an invitation; nothing where the answer is not of this member.
    pub(super) fn name_of(&self, member: &Member, joining: &Blob) -> Result<Option<String>, Refused> {
        let proven = Joining::read(&joining.0)?.proven;
        if proven.instance != self.keyring.instance {
            return Err(Refused::WrongInstance);
        }
        Ok((proven.member(member.lead) == *member).then_some(proven.name))
    }
}

pub(super) fn read(link: &Blob) -> Result<Signed<Link>, Refused> {
    signed::verify(&link.0).map_err(|_| Refused::BadSignature)
}

fn check_place(group: &Group, draft: &Link, instance: crate::id::Hash) -> Result<(), Refused> {
    if draft.instance != instance {
        return Err(Refused::WrongInstance);
    }
    if draft.group != group.id {
        return Err(Refused::WrongPlace);
    }
    (draft.previous == group.now().head)
        .then_some(())
        .ok_or(Refused::StaleDraft)
}

/// A day of grace either way, because clocks differ.
pub(super) fn check_day(made: Day, today: Day) -> Result<(), Refused> {
    (made.0 <= today.0 + 1 && today.0 <= made.0.saturating_add(LIFE))
        .then_some(())
        .ok_or(Refused::StaleDraft)
}

pub(super) fn count(signers: usize) -> u8 {
    u8::try_from(signers).unwrap_or(u8::MAX)
}
