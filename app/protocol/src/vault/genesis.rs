//! First links of others: who would found what, and this account's signature under it, as a lead whom it names or as an
//! administrator. Only what was looked at is signed.

use super::{
    Answer, Blob,
    countersign::{check_day, count, read},
    draft::{Draft, GenesisView, MemberView},
    found::needed,
    open::Open,
};
use crate::{
    group::{Group, GroupKind, Link, Member},
    id::{Hash, Minute, VerifyingKey},
    invitation::Place,
    refused::Refused,
    signed::Signed,
    words,
};

impl Open {
    pub(super) fn read_genesis(
        &mut self,
        link: &Blob,
        joinings: &[Blob],
        now: Minute,
    ) -> Result<Answer, Refused> {
        let (group, signed) = self.inspect_genesis(link)?;
        if group.kind == GroupKind::Partner {
            check_day(signed.payload.day, now.day())?;
        }
        let state = group.now();
        let members = state.members.iter().map(|one| self.founder(one, joinings));
        let view = GenesisView {
            group: group.id,
            kind: group.kind,
            name: group.name.clone(),
            members: members.collect::<Result<_, _>>()?,
            rules: (&state.policy).into(),
            day: signed.payload.day,
            words: words::fingerprint(state.head),
            signed: self.counted(&group, &signed)?,
            needed: needed(&group),
            signed_by_me: signed.signers.contains(&self.keyring.signer.verifying()),
        };
        self.shown.insert(state.head);
        Ok(Answer::GenesisView(Box::new(view)))
    }

    fn founder(&self, member: &Member, joinings: &[Blob]) -> Result<MemberView, Refused> {
        let mut view = self.member_view(member);
        for joining in joinings {
            if let Some(name) = self.name_of(member, joining)? {
                view.name = Some(name);
                view.proven = self.proven(joining).is_ok();
            }
        }
        Ok(view)
    }

    pub(super) fn member_view(&self, member: &Member) -> MemberView {
        MemberView {
            account: member.account,
            lead: member.lead,
            words: member.words(),
            me: self.is_me(member),
            name: None,
            proven: false,
            whom: self.keyring.name_of(member.account).map(str::to_owned),
        }
    }

    pub(super) fn is_me(&self, member: &Member) -> bool {
        self.as_lead().is_same(member)
    }

    pub(super) fn countersign_genesis(&self, link: &Blob, now: Minute) -> Result<Answer, Refused> {
        let (group, signed) = self.inspect_genesis(link)?;
        check_day(signed.payload.day, now.day())?;
        if group.kind == GroupKind::Partner {
            return Err(Refused::WrongPlace);
        }
        self.sign_first(&group, link, &signed)
    }

    pub(super) fn sign_genesis(
        &mut self,
        link: &Blob,
        joining: &Blob,
        now: Minute,
    ) -> Result<Answer, Refused> {
        let (group, signed) = self.inspect_genesis(link)?;
        check_day(signed.payload.day, now.day())?;
        let [lead] = &group.now().members[..] else {
            return Err(Refused::AlteredChain);
        };
        if group.kind != GroupKind::Partner {
            return Err(Refused::WrongPlace);
        }
        self.name_of(lead, joining)?.ok_or(Refused::SwappedInvitee)?;
        let lookup = self.check_own_invitation(&group.name, joining, now)?;
        let answer = self.sign_first(&group, link, &signed)?;
        self.mark_used(lookup, group.now().head);
        Ok(answer)
    }

    /// Where this account made the invitation, the answer has to prove it. Another administrator has only the words.
    fn check_own_invitation(&self, name: &str, joining: &Blob, now: Minute) -> Result<Option<Hash>, Refused> {
        if !self.invited(joining)? {
            return Ok(None);
        }
        let (invitation, proven) = self.proven(joining)?;
        let meant = matches!(&invitation.place, Place::Partner { name: meant } if meant == name);
        if !meant {
            return Err(Refused::WrongPlace);
        }
        invitation.check_time(now)?;
        Ok(Some(proven.lookup))
    }

    fn sign_first(&self, group: &Group, link: &Blob, signed: &Signed<Link>) -> Result<Answer, Refused> {
        let (link, _) = self.add_signature(link, &signed.payload)?;
        Ok(Answer::Drafted(Draft {
            group: group.id,
            sequence: 0,
            wraps: vec![],
            signed: self.counted(group, &read(&link)?)?,
            link,
            needed: needed(group),
            invitations: vec![],
        }))
    }

    /// A first link that this account could sign: a group is as it must be, those who may signed so far, and it is for this
    /// account to look at. Whoever signs checks besides that it is young; a compartment's may be on its way to the roots for longer.
    fn inspect_genesis(&self, link: &Blob) -> Result<(Group, Signed<Link>), Refused> {
        let signed = read(link)?;
        let group = Group::proposed(&signed.payload, self.keyring.instance)?;
        if self.trust()?.group(group.id).is_some() {
            return Err(Refused::StaleDraft);
        }
        if group.kind == GroupKind::Partner {
            self.check_administrator()?;
        } else if !group.now().members.iter().any(|one| one.lead && self.is_me(one)) {
            return Err(Refused::NotForYou);
        }
        // Whoever leads a group and did not sign its first link has not seen it: enough others of the server's making could have.
        let enough = self.counted(&group, &signed)? >= needed(&group);
        let own = self.keyring.signer.verifying();
        if enough && group.kind != GroupKind::Partner && !signed.signers.contains(&own) {
            return Err(Refused::WrongSigner);
        }
        if self.founds(&group) && self.keyring.founding != Some(group.now().head) {
            return Err(Refused::StaleDraft);
        }
        Ok((group, signed))
    }

    /// Whether it is a compartment that this account would found: the first whom it names does.
    fn founds(&self, group: &Group) -> bool {
        let first = group.now().members.first();
        group.kind != GroupKind::Partner && first.is_some_and(|first| self.is_me(first))
    }

    /// How many of those who count have signed. A partner's lead must have signed too: only so is the first epoch theirs.
    fn counted(&self, group: &Group, signed: &Signed<Link>) -> Result<u8, Refused> {
        let administrators = &self.trust()?.directory.administrators;
        let partner = group.kind == GroupKind::Partner;
        let is_lead = |key: &VerifyingKey| group.now().lead(*key).is_some();
        let counts = |key: &VerifyingKey| {
            if partner {
                administrators.contains(key)
            } else {
                is_lead(key)
            }
        };
        let vouched = !partner || signed.signers.iter().any(is_lead);
        if !vouched || !signed.signers.iter().all(|key| counts(key) || is_lead(key)) {
            return Err(Refused::WrongSigner);
        }
        let counting = signed.signers.iter().filter(|key| counts(key));
        Ok(count(counting.count()))
    }

    pub(super) fn check_administrator(&self) -> Result<(), Refused> {
        self.is_administrator(self.trust()?)
            .then_some(())
            .ok_or(Refused::NotAdministrator)
    }
}
