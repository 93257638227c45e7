//! Changing a group that this account leads: the link, signed by this lead, and the wraps that go with it.

use super::{Answer, Ask, Blob, draft::Draft, open::Open};
use crate::{
    group::{Act, Aims, EpochSecret, Group, Link, Member, Policy, Recovery},
    id::{AccountId, GroupId, Hash, Minute},
    invitation::{Place, Proven},
    refused::Refused,
    signed,
    trust::Trust,
};
use rand_core::{CryptoRng, RngCore};

/// The most custodians that are named.
const MOST_CUSTODIANS: usize = 10;
/// The most characters of a name.
const LONGEST_NAME: usize = 200;

/// A secret, and the number of its epoch.
pub(super) type Numbered<'a> = (u32, &'a EpochSecret);

impl Open {
    /// Questions about groups and checkpoints.
    pub(super) fn answer_group(
        &mut self,
        ask: Ask,
        rng: &mut (impl RngCore + CryptoRng),
    ) -> Result<Answer, Refused> {
        match ask {
            Ask::Admit { joining, now } => self.admit(&joining, now),
            Ask::Dismiss { group, account, now } => self.dismiss(group, account, now, rng),
            Ask::Rotate { group, now } => self.rotate(group, now, rng),
            Ask::ChangePolicy { group, rules, now } => self.change_rules(group, rules.try_into()?, now),
            Ask::ChangeAims { group, aims, now } => self.change_aims(group, aims, now),
            Ask::ReadDraft {
                group,
                link,
                joining,
                now,
            } => self.read_draft(group, &link, joining.as_ref(), now),
            Ask::Countersign { group, link, now } => self.countersign(group, &link, now),
            Ask::Found {
                unit,
                kind,
                name,
                members,
                rules,
                now,
            } => self.found((&unit, kind, name), &members, rules.try_into()?, now, rng),
            Ask::ReadGenesis { link, joinings, now } => self.read_genesis(&link, &joinings, now),
            Ask::CountersignGenesis { link, now } => self.countersign_genesis(&link, now),
            Ask::FoundPartner { name, now } => self.found_partner(name, now, rng),
            Ask::SignGenesis { link, joining, now } => self.sign_genesis(&link, &joining, now),
            Ask::DraftCheckpoint { heads, now } => self.draft_checkpoint(heads, now),
            Ask::ReadCheckpoint {
                checkpoint,
                heads,
                now,
            } => self.read_checkpoint(&checkpoint, &heads, now),
            Ask::CountersignCheckpoint {
                checkpoint,
                heads,
                now,
            } => self.countersign_checkpoint(&checkpoint, &heads, now),
            Ask::ReadRecovered { recovered, now } => self.read_recovered(&recovered, now),
            Ask::Myself => Ok(self.myself()),
            _ => Err(Refused::Malformed),
        }
    }

    fn admit(&mut self, joining: &Blob, now: Minute) -> Result<Answer, Refused> {
        let (invitation, proven) = self.proven(joining)?;
        let Place::Member { group, lead } = invitation.place else {
            return Err(Refused::WrongPlace);
        };
        invitation.check_time(now)?;
        let group = self.led(group)?;
        let member = proven.member(lead);
        check_newcomer(self.trust()?, group, &member)?;
        let account = member.account;
        let secrets = self.held(group)?;
        let (link, after) = self.propose(group, Act::Add(member), now)?;
        let wraps = self.wraps(&after, &[account], &secrets)?;
        let draft = self.sign_link(group, &link, wraps, vec![proven.lookup]);
        self.take_in(&proven, link.hash());
        Ok(Answer::Drafted(draft))
    }

    fn dismiss(
        &self,
        group: GroupId,
        account: AccountId,
        now: Minute,
        rng: &mut (impl RngCore + CryptoRng),
    ) -> Result<Answer, Refused> {
        let group = self.led(group)?;
        check_leaver(group, account)?;
        if account == self.keyring.account {
            return Err(Refused::OwnRemoval);
        }
        let (epoch, secret) = group.draft_epoch(group.next_day(now.day()), rng);
        self.renew(group, Act::Remove { account, epoch }, &secret, now)
    }

    fn rotate(
        &self,
        group: GroupId,
        now: Minute,
        rng: &mut (impl RngCore + CryptoRng),
    ) -> Result<Answer, Refused> {
        let group = self.led(group)?;
        let (epoch, secret) = group.draft_epoch(group.next_day(now.day()), rng);
        self.renew(group, Act::Rotate(epoch), &secret, now)
    }

    /// A change that starts an epoch, wrapped to everybody who stays and to recovery.
    fn renew(&self, group: &Group, act: Act, secret: &EpochSecret, now: Minute) -> Result<Answer, Refused> {
        let (link, after) = self.propose(group, act, now)?;
        let wraps = self.wraps(&after, &holders(&after), &[(after.now().epoch.number, secret)])?;
        Ok(Answer::Drafted(self.sign_link(group, &link, wraps, vec![])))
    }

    /// What it aims for stays.
    fn change_rules(&self, group: GroupId, policy: Policy, now: Minute) -> Result<Answer, Refused> {
        let group = self.led(group)?;
        let aims = group.now().policy.aims;
        self.change_policy(group, Policy { aims, ..policy }, now)
    }

    fn change_aims(&self, group: GroupId, aims: Option<Aims>, now: Minute) -> Result<Answer, Refused> {
        let group = self.led(group)?;
        let policy = group.now().policy.clone();
        self.change_policy(group, Policy { aims, ..policy }, now)
    }

    fn change_policy(&self, group: &Group, policy: Policy, now: Minute) -> Result<Answer, Refused> {
        let leads = group.now().members.iter().filter(|member| member.lead).count();
        if usize::from(policy.signers) > leads {
            return Err(Refused::TooFewLeads);
        }
        let replaced = policy.recovery != group.now().policy.recovery;
        let (link, after) = self
            .propose(group, Act::Policy(policy), now)
            .map_err(|_| Refused::UnfitRules)?;
        let wraps = if replaced {
            self.wraps(&after, &[AccountId::RECOVERY], &self.held(group)?)?
        } else {
            vec![]
        };
        Ok(Answer::Drafted(self.sign_link(group, &link, wraps, vec![])))
    }

    /// A verified group that this account leads.
    pub(super) fn led(&self, id: GroupId) -> Result<&Group, Refused> {
        let group = self.trust()?.group(id).ok_or(Refused::WrongPlace)?;
        let own = group.now().lead(self.keyring.signer.verifying());
        own.filter(|member| member.account == self.keyring.account)
            .map(|_| group)
            .ok_or(Refused::NotLead)
    }

    /// The secrets of all epochs that this vault was given, this one's among them.
    fn held(&self, group: &Group) -> Result<Vec<Numbered<'_>>, Refused> {
        let held: Vec<_> = self.trust()?.secrets(group.id).collect();
        let newest = held.first().map(|(number, _)| *number);
        (newest == Some(group.now().epoch.number))
            .then_some(held)
            .ok_or(Refused::NoUsableKey)
    }

    /// The link that would follow, and the group after it.
    fn propose(&self, group: &Group, act: Act, now: Minute) -> Result<(Link, Group), Refused> {
        let link = group.draft(self.keyring.instance, group.next_day(now.day()), act);
        let after = group.after(&link, self.keyring.instance)?;
        Ok((link, after))
    }

    /// Each of the secrets for each of the accounts, as `group` will list them.
    pub(super) fn wraps(
        &self,
        group: &Group,
        accounts: &[AccountId],
        secrets: &[Numbered<'_>],
    ) -> Result<Vec<(AccountId, u32, Blob)>, Refused> {
        let (instance, signer) = (self.keyring.instance, &self.keyring.signer);
        let wrap = |account: AccountId, (number, secret): &Numbered<'_>| {
            let file = group.wrap_for(instance, account, *number, secret, signer)?;
            Ok((account, *number, Blob(file)))
        };
        let each = accounts
            .iter()
            .flat_map(|account| secrets.iter().map(move |secret| (*account, secret)));
        each.map(|(account, secret)| wrap(account, secret)).collect()
    }

    fn sign_link(
        &self,
        group: &Group,
        link: &Link,
        wraps: Vec<(AccountId, u32, Blob)>,
        invitations: Vec<Hash>,
    ) -> Draft {
        Draft {
            group: group.id,
            sequence: link.sequence,
            link: Blob(signed::sign(link, &[&self.keyring.signer])),
            wraps,
            signed: 1,
            needed: group.now().policy.signers,
            invitations,
        }
    }

    /// Remembers which link takes in whoever answered, and whom the invitation was for.
    pub(super) fn take_in(&mut self, proven: &Proven, link: Hash) {
        if let Some(whom) = self.mark_used(Some(proven.lookup), link) {
            self.keyring.name(proven.account, &whom);
        }
    }

    /// Remembers which link uses an invitation up; gives whom it was for.
    pub(super) fn mark_used(&mut self, lookup: Option<Hash>, link: Hash) -> Option<String> {
        let mut mine = self.keyring.invitations.iter_mut();
        let invitation = mine.find(|one| Some(one.lookup) == lookup)?;
        invitation.used = Some(link);
        Some(invitation.whom.clone())
    }

    /// Forgets the invitations whose links are in verified chains by now.
    pub(super) fn forget_used(&mut self, trust: &Trust) {
        self.keyring
            .invitations
            .retain(|one| !one.used.is_some_and(|link| trust.has_link(link)));
    }
}

/// Whom a new epoch is wrapped to: every member, and recovery.
pub(super) fn holders(group: &Group) -> Vec<AccountId> {
    let state = group.now();
    let recovery = state.policy.recovery.as_ref().map(|_| AccountId::RECOVERY);
    let members = state.members.iter().map(|member| member.account);
    members.chain(recovery).collect()
}

/// Whether somebody may come into a group: nobody comes in twice, nor back with what may be in other hands by now, and nobody holds
/// two compartments of one unit.
pub(super) fn check_newcomer(trust: &Trust, group: &Group, member: &Member) -> Result<(), Refused> {
    if group.has_any(std::slice::from_ref(member)) {
        return Err(Refused::AlreadyMember);
    }
    if group.ever_had(member) {
        return Err(Refused::FormerMember);
    }
    match trust.directory.compartment(group.id) {
        Some((unit, one)) => trust.check_apart(unit, one.purpose, std::slice::from_ref(member)),
        None => Ok(()),
    }
}

/// Whether somebody may leave a group: as many leads stay as must sign.
pub(super) fn check_leaver(group: &Group, account: AccountId) -> Result<(), Refused> {
    let state = group.now();
    state.member(account).ok_or(Refused::NoSuchMember)?;
    let stay = state.members.iter().filter(|member| member.account != account);
    let leads = stay.filter(|member| member.lead).count();
    (leads >= usize::from(state.policy.signers))
        .then_some(())
        .ok_or(Refused::TooFewLeads)
}

impl TryFrom<super::NewRules> for Policy {
    type Error = Refused;

    fn try_from(rules: super::NewRules) -> Result<Self, Refused> {
        let read = |text: String| text.trim().parse::<Recovery>().map_err(|_| Refused::UnfitRules);
        let policy = Self {
            signers: rules.signers,
            recovery: rules.recovery.map(read).transpose()?,
            custodians: rules.custodians,
            aims: None,
        };
        let named = policy.custodians.iter().all(|name| is_name(name));
        (named && policy.custodians.len() <= MOST_CUSTODIANS)
            .then_some(policy)
            .ok_or(Refused::UnfitRules)
    }
}

/// Whether a name can be shown: something is in it, and no more than fits a line or two.
pub(super) fn is_name(name: &str) -> bool {
    !name.trim().is_empty() && name.chars().count() <= LONGEST_NAME && !name.chars().any(char::is_control)
}
