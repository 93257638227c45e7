//! Drafting links and wraps. A draft is worth nothing until those who may have signed it; [`Group::verify`] decides.

use super::{Act, Epoch, EpochSecret, Group, GroupKind, Link, Member, Policy};
use crate::{
    id::{AccountId, Day, GroupId, Hash},
    recipient::Identity,
    refused::Refused,
    signed::SigningKey,
    wrap::Wrap,
};
use rand_core::{CryptoRng, RngCore};

/// Who a group is at its beginning.
#[derive(Clone, Debug)]
pub struct Founding {
    /// What it is.
    pub kind: GroupKind,
    /// Its name.
    pub name: String,
    /// Its first members.
    pub members: Vec<Member>,
    /// Its rules.
    pub policy: Policy,
}

impl Founding {
    /// The first link of a new group, and the secret of its first epoch.
    pub fn draft(
        self,
        instance: Hash,
        day: Day,
        rng: &mut (impl RngCore + CryptoRng),
    ) -> (Link, EpochSecret) {
        let secret = EpochSecret(Identity::random(rng));
        let Self {
            kind,
            name,
            members,
            policy,
        } = self;
        let act = Act::Genesis {
            kind,
            name,
            members,
            epoch: secret.epoch(1, day),
            policy,
        };
        let link = Link {
            instance,
            group: GroupId::random(rng),
            sequence: 0,
            previous: Hash::ZERO,
            day,
            act,
        };
        (link, secret)
    }
}

impl Group {
    /// The link that would follow.
    pub fn draft(&self, instance: Hash, day: Day, act: Act) -> Link {
        let (sequence, previous) = (self.sequence() + 1, self.now().head);
        Link {
            instance,
            group: self.id,
            sequence,
            previous,
            day,
            act,
        }
    }

    /// The day of a link that would follow, where it is `today`: a clock may be behind the one that made the last.
    pub fn next_day(&self, today: Day) -> Day {
        self.day_of(self.sequence()).map_or(today, |day| day.max(today))
    }

    /// The epoch that would follow, with its secret.
    pub fn draft_epoch(&self, day: Day, rng: &mut (impl RngCore + CryptoRng)) -> (Epoch, EpochSecret) {
        let secret = EpochSecret(Identity::random(rng));
        (secret.epoch(self.now().epoch.number + 1, day), secret)
    }

    /// An epoch's secret, sealed to `member` by `signer`.
    ///
    /// # Errors
    /// [`Refused::SwappedKey`] where the chain lists no such member, or the secret is not that epoch's.
    pub fn wrap(
        &self,
        instance: Hash,
        member: &Member,
        epoch: u32,
        secret: &EpochSecret,
        signer: &SigningKey,
    ) -> Result<Vec<u8>, Refused> {
        self.wrap_for(instance, member.account, epoch, secret, signer)
    }

    /// An epoch's secret, sealed to the recovery key by `signer`: whoever makes an epoch, or changes the recovery key, makes
    /// these too, so that members whom recovery takes in can be given what came before them.
    ///
    /// # Errors
    /// [`Refused::SwappedKey`] where the group has no recovery key, or the secret is not that epoch's.
    pub fn wrap_for_recovery(
        &self,
        instance: Hash,
        epoch: u32,
        secret: &EpochSecret,
        signer: &SigningKey,
    ) -> Result<Vec<u8>, Refused> {
        self.wrap_for(instance, AccountId::RECOVERY, epoch, secret, signer)
    }

    /// An epoch's secret, sealed by `signer` to a member or to [`AccountId::RECOVERY`].
    pub(crate) fn wrap_for(
        &self,
        instance: Hash,
        account: AccountId,
        epoch: u32,
        secret: &EpochSecret,
        signer: &SigningKey,
    ) -> Result<Vec<u8>, Refused> {
        let link = self.epoch(epoch).ok_or(Refused::SwappedKey)?.epoch_link;
        let wrap = Wrap {
            instance,
            group: self.id,
            epoch,
            link,
            account,
            secret: secret.clone(),
        };
        wrap.seal(self, signer)
    }
}
