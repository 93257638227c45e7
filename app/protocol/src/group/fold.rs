//! Verifying a chain: what each link may do, and what the group is after it.

use super::{Act, EPOCH_LIFE, Epoch, GroupKind, Link, Member, Policy};
use crate::{
    approval::Approval,
    id::{AccountId, Day, GroupId, Hash, VerifyingKey},
    keyring::ChainPin,
    recipient::Recipient,
    refused::Refused,
    signed::{self, Signed},
};

/// Who answers for a group's first link.
#[derive(Clone, Copy, Debug)]
pub enum Founders<'a> {
    /// The directory, which lists the link's hash.
    Directory(Hash),
    /// Those who approve partners. A lead whom it names may have signed it too.
    Approved(Approval<'a>),
}

/// A group as it stood after one link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// The link's hash.
    pub head: Hash,
    /// The members.
    pub members: Vec<Member>,
    /// The epoch.
    pub epoch: Epoch,
    /// The link that began the epoch.
    pub epoch_link: Hash,
    /// The rules.
    pub policy: Policy,
    day: Day,
    recovered: bool,
}

/// A verified chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The group.
    pub id: GroupId,
    /// What it is.
    pub kind: GroupKind,
    /// Its name.
    pub name: String,
    states: Vec<State>,
}

impl Group {
    /// Verifies a chain from its first link.
    ///
    /// # Errors
    /// [`Refused::AlteredChain`] for any link that is not signed by those who may or does what it may not;
    /// [`Refused::WrongRecovery`] where the recovery key alone may, and did not; [`Refused::WrongInstance`] where it is another
    /// deployment's.
    pub fn verify<B: AsRef<[u8]>>(
        id: GroupId,
        links: &[B],
        instance: Hash,
        founders: Founders<'_>,
        today: Day,
    ) -> Result<Self, Refused> {
        let (first, rest) = links.split_first().ok_or(Refused::AlteredChain)?;
        let mut group = Self::found(id, &read(first.as_ref())?, instance, founders)?;
        for link in rest {
            let link = read(link.as_ref())?;
            let next = group.step(&link, instance)?;
            group.states.push(next);
        }
        // A day of grace, because a clock may be behind the one that made the link.
        if group.now().day.0 > today.0 + 1 {
            return Err(Refused::AlteredChain);
        }
        Ok(group)
    }

    fn found(
        id: GroupId,
        link: &Signed<Link>,
        instance: Hash,
        founders: Founders<'_>,
    ) -> Result<Self, Refused> {
        let Signed { payload, signers } = link;
        let group = Self::proposed(payload, instance)?;
        let state = group.now();
        let vouched = match founders {
            Founders::Directory(hash) => state.head == hash && state.is_enough(&payload.act, signers),
            Founders::Approved(approval) => {
                approval.covers(state.head, signers, |key| state.lead(*key).is_some())
            }
        };
        let partner = matches!(founders, Founders::Approved(_)) == (group.kind == GroupKind::Partner);
        (group.id == id && vouched && partner)
            .then_some(group)
            .ok_or(Refused::AlteredChain)
    }

    /// The group that a first link begins, whoever signed it: a draft is judged by this before it is signed.
    ///
    /// # Errors
    /// [`Refused::WrongInstance`]; [`Refused::AlteredChain`] for a link that begins no group, whoever signs it.
    pub fn proposed(link: &Link, instance: Hash) -> Result<Self, Refused> {
        let Act::Genesis {
            kind,
            name,
            members,
            epoch,
            policy,
        } = &link.act
        else {
            return Err(Refused::AlteredChain);
        };
        if link.instance != instance {
            return Err(Refused::WrongInstance);
        }
        let placed = (link.sequence, link.previous) == (0, Hash::ZERO);
        let begun = epoch.number == 1 && epoch.started == link.day;
        if !(placed && begun && fits(*kind, members, policy)) {
            return Err(Refused::AlteredChain);
        }
        let head = link.hash();
        let state = State {
            head,
            members: members.clone(),
            epoch: epoch.clone(),
            epoch_link: head,
            policy: policy.clone(),
            day: link.day,
            recovered: false,
        };
        Ok(Self {
            id: link.group,
            kind: *kind,
            name: name.clone(),
            states: vec![state],
        })
    }

    /// The group as it would be after `link`, whoever signed that: a draft is judged by this before it is signed.
    ///
    /// # Errors
    /// [`Refused::AlteredChain`] for a link that does not follow, or that nobody may make.
    pub fn after(&self, link: &Link, instance: Hash) -> Result<Self, Refused> {
        let mut group = self.clone();
        group.states.push(self.next(link, instance)?);
        Ok(group)
    }

    fn step(&self, link: &Signed<Link>, instance: Hash) -> Result<State, Refused> {
        self.check_placed(&link.payload, instance)?;
        self.now().check_signers(&link.payload.act, &link.signers)?;
        self.next(&link.payload, instance)
    }

    fn check_placed(&self, link: &Link, instance: Hash) -> Result<(), Refused> {
        let now = self.now();
        let placed = (link.instance, link.group, link.previous) == (instance, self.id, now.head)
            && link.sequence as usize == self.states.len();
        (placed && link.day >= now.day)
            .then_some(())
            .ok_or(Refused::AlteredChain)
    }

    fn next(&self, link: &Link, instance: Hash) -> Result<State, Refused> {
        self.check_placed(link, instance)?;
        let mut next = State {
            head: link.hash(),
            day: link.day,
            recovered: false,
            ..self.now().clone()
        };
        self.apply(&mut next, link)?;
        fits(self.kind, &next.members, &next.policy)
            .then_some(next)
            .ok_or(Refused::AlteredChain)
    }

    fn apply(&self, next: &mut State, link: &Link) -> Result<(), Refused> {
        match &link.act {
            Act::Genesis { .. } => return Err(Refused::AlteredChain),
            Act::Add(member) => next.members.push(member.clone()),
            Act::Remove { account, epoch } => {
                let before = next.members.len();
                next.members.retain(|member| member.account != *account);
                if next.members.len() == before {
                    return Err(Refused::AlteredChain);
                }
                self.begin(next, epoch, link.day)?;
            }
            Act::Rotate(epoch) => self.begin(next, epoch, link.day)?,
            Act::Policy(policy) => next.policy = policy.clone(),
            Act::Recover { members, epoch } => {
                next.members.clone_from(members);
                next.recovered = true;
                self.begin(next, epoch, link.day)?;
            }
        }
        Ok(())
    }

    fn begin(&self, next: &mut State, epoch: &Epoch, day: Day) -> Result<(), Refused> {
        let follows = epoch.number == next.epoch.number + 1 && epoch.started == day;
        // A key used before would let whoever held it then read what comes now.
        let fresh = !self
            .states
            .iter()
            .any(|state| state.epoch.recipient == epoch.recipient);
        if !(follows && fresh) {
            return Err(Refused::AlteredChain);
        }
        next.epoch = epoch.clone();
        next.epoch_link = next.head;
        Ok(())
    }

    /// Checks that the chain continues what was seen.
    ///
    /// # Errors
    /// [`Refused::OlderChain`] where the link seen is missing or another.
    pub fn check_continues(&self, pin: &ChainPin) -> Result<(), Refused> {
        let state = self.states.get(pin.sequence as usize);
        state
            .is_some_and(|state| state.head == pin.head)
            .then_some(())
            .ok_or(Refused::OlderChain)
    }

    /// As it stands.
    ///
    /// # Panics
    /// Never: a group has a first state.
    pub fn now(&self) -> &State {
        &self.states[self.states.len() - 1]
    }

    /// Whether somebody of these is a member, or one of their keys is a member's.
    pub fn has_any(&self, others: &[Member]) -> bool {
        let is_in = |other: &Member| self.now().members.iter().any(|one| one.is_like(other));
        others.iter().any(is_in)
    }

    /// Whether somebody with this account, or with one of these keys, ever was a member.
    pub fn ever_had(&self, member: &Member) -> bool {
        let mut all = self.states.iter().flat_map(|state| &state.members);
        all.any(|one| one.is_like(member))
    }

    /// Whoever has this account, or had it last.
    pub fn last_known(&self, account: AccountId) -> Option<&Member> {
        let mut states = self.states.iter().rev();
        states.find_map(|state| state.member(account))
    }

    /// The last link's place.
    pub fn sequence(&self) -> u32 {
        u32::try_from(self.states.len() - 1).unwrap_or(u32::MAX)
    }

    /// As it stood when `head` was its last link.
    pub fn at(&self, head: Hash) -> Option<&State> {
        self.states.iter().find(|state| state.head == head)
    }

    /// The place of the link with this hash.
    pub fn sequence_of(&self, head: Hash) -> Option<u32> {
        let place = self.states.iter().position(|state| state.head == head)?;
        u32::try_from(place).ok()
    }

    /// The day of the link with this sequence.
    pub fn day_of(&self, sequence: u32) -> Option<Day> {
        self.states.get(sequence as usize).map(|state| state.day)
    }

    /// The hash of the link with this sequence.
    pub fn head_at(&self, sequence: u32) -> Option<Hash> {
        self.states.get(sequence as usize).map(|state| state.head)
    }

    /// An epoch by its number, as it stood when it began.
    pub fn epoch(&self, number: u32) -> Option<&State> {
        self.states.iter().find(|state| state.epoch.number == number)
    }

    /// Whether a key ever was a lead's: who may have wrapped an epoch.
    pub fn was_lead(&self, key: VerifyingKey) -> bool {
        self.states.iter().any(|state| state.lead(key).is_some())
    }

    /// Whether a key ever was that of recovery, which wraps the epochs for those it takes in.
    pub fn was_recovery(&self, key: VerifyingKey) -> bool {
        let mut all = self
            .states
            .iter()
            .filter_map(|state| state.policy.recovery.as_ref());
        all.any(|recovery| recovery.signer == key)
    }

    /// Whether all members were replaced by recovery after the link with this sequence.
    pub fn was_recovered_since(&self, sequence: u32) -> bool {
        let mut later = self.states.iter().skip(sequence as usize + 1);
        later.any(|state| state.recovered)
    }

    /// Whether `state`'s epoch is young enough to be sealed to.
    pub fn check_epoch(&self, today: Day) -> Result<(), Refused> {
        let age = today.0.saturating_sub(self.now().epoch.started.0);
        (age <= EPOCH_LIFE).then_some(()).ok_or(Refused::ExpiredEpoch)
    }
}

impl State {
    /// The member with this key.
    pub fn signer(&self, key: VerifyingKey) -> Option<&Member> {
        self.members.iter().find(|member| member.signer == key)
    }

    /// The member with this account.
    pub fn member(&self, account: AccountId) -> Option<&Member> {
        self.members.iter().find(|member| member.account == account)
    }

    /// Whom a wrap for this account is sealed to: a member, or [`AccountId::RECOVERY`].
    pub fn recipient(&self, account: AccountId) -> Option<&Recipient> {
        if account == AccountId::RECOVERY {
            return self.policy.recovery.as_ref().map(|recovery| &recovery.recipient);
        }
        self.member(account).map(|member| &member.recipient)
    }

    fn check_signers(&self, act: &Act, signers: &[VerifyingKey]) -> Result<(), Refused> {
        if matches!(act, Act::Recover { .. }) {
            let recovery = self.policy.recovery.as_ref().map(|recovery| recovery.signer);
            let alone = recovery.is_some_and(|key| signers == [key]);
            return alone.then_some(()).ok_or(Refused::WrongRecovery);
        }
        self.is_enough(act, signers)
            .then_some(())
            .ok_or(Refused::AlteredChain)
    }

    /// The lead with this key.
    pub fn lead(&self, key: VerifyingKey) -> Option<&Member> {
        self.signer(key).filter(|member| member.lead)
    }

    /// Whether this key may be among those that sign `act`: a lead's, and not that of the one who is let go, because whoever signs
    /// may know the next epoch's key.
    pub fn may_sign(&self, act: &Act, key: VerifyingKey) -> bool {
        let goes = |member: &Member| matches!(act, Act::Remove { account, .. } if *account == member.account);
        self.lead(key).is_some_and(|member| !goes(member))
    }

    /// Whether enough of those who may sign `act` signed, and nobody else.
    pub fn is_enough(&self, act: &Act, signers: &[VerifyingKey]) -> bool {
        signers.len() >= usize::from(self.policy.signers)
            && signers.iter().all(|key| self.may_sign(act, *key))
    }
}

fn read(bytes: &[u8]) -> Result<Signed<Link>, Refused> {
    signed::verify(bytes).map_err(|_| Refused::AlteredChain)
}

/// Whether members and rules can go together.
fn fits(kind: GroupKind, members: &[Member], policy: &Policy) -> bool {
    let leads = members.iter().filter(|member| member.lead).count();
    let least = if kind == GroupKind::Sealed { 2 } else { 1 };
    let distinct = members.iter().enumerate().all(|(n, one)| {
        members[..n].iter().all(|other| {
            one.account != other.account && one.signer != other.signer && one.recipient != other.recipient
        })
    });
    let recovery = policy.recovery.is_some() == (kind != GroupKind::Partner);
    // Nobody is both a member and recovery: one key could then do what needs the other.
    let apart = members.iter().all(|member| {
        member.account != AccountId::RECOVERY
            && policy.recovery.as_ref().is_none_or(|recovery| {
                recovery.signer != member.signer && recovery.recipient != member.recipient
            })
    });
    let aims = policy
        .aims
        .is_none_or(|aims| aims.are_sound() && kind != GroupKind::Partner);
    policy.signers >= least && leads >= usize::from(policy.signers) && distinct && recovery && apart && aims
}
