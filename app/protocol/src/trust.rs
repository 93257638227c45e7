//! What a client believes: the directory, the chains and the keys that hang on them, all verified before any is used.

use crate::{
    checkpoint::Checkpoint,
    directory::{Compartment, Directory, Purpose, Unit},
    group::{EpochSecret, Group, GroupKind, Member},
    id::{Day, GroupId, Hash, VerifyingKey},
    keyring::{ChainPin, Keyring, Pins},
    refused::Refused,
    vault::Warning,
    wrap::Wrap,
};
use std::collections::BTreeMap;

/// Days before a directory's expiry from which people are warned.
const EXPIRES_SOON: u32 = 30;

/// Signed bytes, as the server gave them.
#[derive(Clone, Copy, Debug)]
pub struct Given<'a> {
    /// The directory.
    pub directory: &'a [u8],
    /// Each group's links.
    pub chains: &'a [(GroupId, Vec<&'a [u8]>)],
    /// The wraps for this account.
    pub wraps: &'a [&'a [u8]],
    /// The newest checkpoint.
    pub checkpoint: Option<&'a [u8]>,
}

/// What was verified.
#[derive(Clone, Debug)]
pub struct Trust {
    /// The deployment.
    pub instance: Hash,
    /// The directory.
    pub directory: Directory,
    /// Its hash.
    pub directory_hash: Hash,
    /// The newest checkpoint.
    pub checkpoint: Option<Checkpoint>,
    /// The caller's partner organisation.
    pub partner: Option<GroupId>,
    /// What does not stop work.
    pub warnings: Vec<Warning>,
    /// The groups whose members were all replaced by recovery since the keyring last looked.
    pub recovered: Vec<GroupId>,
    groups: BTreeMap<GroupId, Group>,
    links: BTreeMap<GroupId, Vec<Vec<u8>>>,
    secrets: BTreeMap<GroupId, BTreeMap<u32, EpochSecret>>,
}

impl Trust {
    /// Verifies everything that was given, against the roots and against what the keyring has seen.
    ///
    /// # Errors
    /// A [`Refused`] that names the first thing that is not as it must be.
    pub fn verify(
        given: &Given<'_>,
        roots: (&[VerifyingKey], u8),
        keyring: &Keyring,
        today: Day,
    ) -> Result<Self, Refused> {
        let instance = keyring.instance;
        let pins = &keyring.pins;
        let directory = Directory::verify(given.directory, roots, instance, pins.directory, today)?;
        let mut trust = Self {
            instance,
            directory_hash: directory.hash(),
            directory,
            checkpoint: None,
            partner: None,
            warnings: Vec::new(),
            recovered: Vec::new(),
            groups: BTreeMap::new(),
            links: BTreeMap::new(),
            secrets: BTreeMap::new(),
        };
        trust.read_chains(given, keyring, today)?;
        trust.read_checkpoint(given, pins, today)?;
        trust.read_wraps(given, keyring)?;
        trust.warn(pins, today);
        Ok(trust)
    }

    fn read_chains(&mut self, given: &Given<'_>, keyring: &Keyring, today: Day) -> Result<(), Refused> {
        for (id, links) in given.chains {
            let founders = self.directory.founders(*id);
            let group = Group::verify(*id, links, self.instance, founders, today)?;
            let member = group.now().member(keyring.account);
            if group.kind == GroupKind::Partner
                && member.is_some_and(|member| member.signer == keyring.signer.verifying())
            {
                self.partner = Some(*id);
            }
            self.groups.insert(*id, group);
            self.links
                .insert(*id, links.iter().map(|link| link.to_vec()).collect());
        }
        keyring.pins.chains.iter().try_for_each(|pin| self.check_pin(pin))
    }

    fn check_pin(&self, pin: &ChainPin) -> Result<(), Refused> {
        match self.groups.get(&pin.group) {
            Some(group) => group.check_continues(pin),
            None if self.directory.compartment(pin.group).is_some() => Err(Refused::OlderChain),
            None => Ok(()),
        }
    }

    fn read_checkpoint(&mut self, given: &Given<'_>, pins: &Pins, today: Day) -> Result<(), Refused> {
        let Some(bytes) = given.checkpoint else {
            return pins
                .checkpoint
                .map_or(Ok(()), |_| Err(Refused::AlteredCheckpoint));
        };
        let approval = self.directory.approval();
        let checkpoint = Checkpoint::verify(bytes, approval, self.instance, pins.checkpoint, today)?;
        self.groups
            .values()
            .try_for_each(|group| checkpoint.check_chain(group))?;
        self.checkpoint = Some(checkpoint);
        Ok(())
    }

    fn read_wraps(&mut self, given: &Given<'_>, keyring: &Keyring) -> Result<(), Refused> {
        for file in given.wraps {
            let wrap = Wrap::open(file, &keyring.identity)?;
            let group = self.groups.get(&wrap.group()).ok_or(Refused::SwappedKey)?;
            let wrap = wrap.check(group, self.instance, keyring.account)?;
            self.secrets
                .entry(wrap.group)
                .or_default()
                .insert(wrap.epoch, wrap.secret);
        }
        Ok(())
    }

    fn warn(&mut self, pins: &Pins, today: Day) {
        if !self
            .checkpoint
            .as_ref()
            .is_some_and(|checkpoint| checkpoint.is_fresh(today))
        {
            self.warnings.push(Warning::NoFreshCheckpoint);
        }
        if self.directory.expires.0.saturating_sub(today.0) <= EXPIRES_SOON {
            self.warnings.push(Warning::DirectoryExpiresSoon);
        }
        let missing = |pin: &ChainPin| {
            self.checkpoint
                .as_ref()
                .is_some_and(|checkpoint| leaves_out(checkpoint, pin))
        };
        if pins.chains.iter().any(missing) {
            self.warnings.push(Warning::HeadMissing);
        }
        let recovered = |pin: &&ChainPin| {
            self.group(pin.group)
                .is_some_and(|group| group.was_recovered_since(pin.sequence))
        };
        let recovered = pins.chains.iter().filter(recovered).map(|pin| pin.group);
        self.recovered = recovered.collect();
        if !self.recovered.is_empty() {
            self.warnings.push(Warning::Recovered);
        }
    }

    /// A verified group.
    pub fn group(&self, id: GroupId) -> Option<&Group> {
        self.groups.get(&id)
    }

    /// All verified groups, by their ids.
    pub fn groups(&self) -> impl Iterator<Item = &Group> {
        self.groups.values()
    }

    /// Whether a verified chain has the link with this hash.
    pub fn has_link(&self, link: Hash) -> bool {
        self.groups().any(|group| group.sequence_of(link).is_some())
    }

    /// The signed links of a verified group.
    pub fn links(&self, id: GroupId) -> &[Vec<u8>] {
        self.links.get(&id).map_or(&[], Vec::as_slice)
    }

    /// The secrets of a group's epochs that the caller was given, newest first.
    pub fn secrets(&self, id: GroupId) -> impl Iterator<Item = (u32, &EpochSecret)> {
        self.secrets
            .get(&id)
            .into_iter()
            .flat_map(|all| all.iter().rev().map(|(number, secret)| (*number, secret)))
    }

    /// The newest checkpoint, where what stands at `position` of a commitment chain came after it: whoever wrote that could see
    /// every chain as the checkpoint did.
    pub fn checkpoint_before(&self, compartment: GroupId, position: u64) -> Option<&Checkpoint> {
        self.checkpoint.as_ref().filter(|one| {
            let (reached, _) = one.commitment(compartment).unwrap_or((0, Hash::ZERO));
            position > reached
        })
    }

    /// The verified group behind a compartment, where it can be sealed to today.
    ///
    /// # Errors
    /// [`Refused::NoUsableKey`] or [`Refused::ExpiredEpoch`].
    pub fn usable<'a>(
        &'a self,
        unit: &'a Unit,
        purpose: Purpose,
        today: Day,
    ) -> Result<(&'a Compartment, &'a Group), Refused> {
        let compartment = unit.compartment(purpose).ok_or(Refused::NoUsableKey)?;
        let group = self.group(compartment.group).ok_or(Refused::NoUsableKey)?;
        group.check_epoch(today)?;
        if purpose == Purpose::Sealed && self.shares_holders(unit, group) {
            return Err(Refused::NoUsableKey);
        }
        Ok((compartment, group))
    }

    /// The sealed compartment is there for those whom the intake must not meet: nobody may hold both.
    fn shares_holders(&self, unit: &Unit, sealed: &Group) -> bool {
        let intake = unit
            .compartment(Purpose::Intake)
            .and_then(|one| self.group(one.group));
        intake.is_some_and(|intake| intake.has_any(&sealed.now().members))
    }

    /// Checks that none of `members` of a compartment holds another compartment of its unit.
    ///
    /// # Errors
    /// [`Refused::SharedHolder`], or [`Refused::NoUsableKey`] where the other's chain was not given.
    pub fn check_apart(&self, unit: &Unit, purpose: Purpose, members: &[Member]) -> Result<(), Refused> {
        let others = unit.compartments.iter().filter(|one| one.purpose != purpose);
        for other in others {
            let group = self.group(other.group).ok_or(Refused::NoUsableKey)?;
            if group.has_any(members) {
                return Err(Refused::SharedHolder);
            }
        }
        Ok(())
    }

    /// What to remember of all this.
    pub fn pins(&self, before: &Pins, today: Day) -> Pins {
        let given = self
            .groups
            .values()
            .map(|group| pin(group, &before.chains, today));
        // A group that the server leaves out once is not forgotten.
        let withheld = before
            .chains
            .iter()
            .filter(|pin| !self.groups.contains_key(&pin.group));
        let chains = given.chain(withheld.copied()).collect();
        Pins {
            directory: Some(self.directory.pin()),
            chains,
            checkpoint: self
                .checkpoint
                .as_ref()
                .map(|one| (one.sequence, one.hash()))
                .or(before.checkpoint),
            commitments: before.commitments.clone(),
        }
    }
}

fn pin(group: &Group, before: &[ChainPin], today: Day) -> ChainPin {
    let head = group.now().head;
    let seen = before
        .iter()
        .find(|pin| pin.head == head)
        .map_or(today, |pin| pin.seen);
    ChainPin {
        group: group.id,
        sequence: group.sequence(),
        head,
        seen,
    }
}

/// Whether a checkpoint made after we saw a link does not know of it: then others are shown less than we were.
pub(crate) fn leaves_out(checkpoint: &Checkpoint, pin: &ChainPin) -> bool {
    let listed = checkpoint.chains.iter().find(|(group, ..)| *group == pin.group);
    checkpoint.day > pin.seen && listed.is_none_or(|(_, sequence, _)| *sequence < pin.sequence)
}
