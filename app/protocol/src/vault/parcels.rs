//! Parcels: drafts and threads, given to a colleague, and taken from one.

use super::{Answer, Blob, GivenView, ParcelContent, ParcelView, open::Open};
use crate::{
    group::{EpochSecret, Group, GroupKind, Member},
    id::{AccountId, Day, Hash, LogId, ParcelId},
    keyring::Given,
    mailbox::{AHEAD, MailboxBase},
    parcel::{self, Content, EPOCHS, Parcel, Place, SLOTS},
    refused::Refused,
    trust::Trust,
    unsent::Unsent,
    words,
};
use rand_core::{CryptoRng, RngCore};

/// For whom a parcel is, in which of the places, and the day.
pub(super) type Address = (AccountId, u8, Day);

impl Open {
    /// The caller's own organisation, as it stands.
    fn organisation(&self) -> Result<&Group, Refused> {
        let trust = self.trust()?;
        let group = trust.partner.and_then(|id| trust.group(id));
        group.ok_or(Refused::NoSuchMember)
    }

    /// The secrets under which parcels are looked for, newest first.
    fn parcel_secrets(&self) -> Result<Vec<(u32, &EpochSecret)>, Refused> {
        let organisation = self.organisation()?.id;
        let all = self.trust()?.secrets(organisation);
        Ok(all.take(usize::from(EPOCHS)).collect())
    }

    /// Where parcels for this account may lie; nowhere where it is in no organisation, or there is no directory yet.
    pub(super) fn parcel_tokens(&self) -> Result<Answer, Refused> {
        let own = self.keyring.account;
        let secrets = match self.parcel_secrets() {
            Err(Refused::NoSuchMember | Refused::UnsignedDirectory) => vec![],
            secrets => secrets?,
        };
        let places = |(_, secret): &(u32, &EpochSecret)| {
            let secret = (*secret).clone();
            (0..SLOTS).map(move |slot| secret.parcel(own, slot))
        };
        Ok(Answer::Tokens(secrets.iter().flat_map(places).collect()))
    }

    pub(super) fn give_draft(
        &mut self,
        drawer: u8,
        sealed: &Blob,
        to: Address,
        rng: &mut (impl RngCore + CryptoRng),
    ) -> Result<Answer, Refused> {
        let own = (self.keyring.instance, &self.keyring.mailboxes);
        let (unsent, version) = Unsent::open(&sealed.0, own, drawer)?;
        self.saw_unsent(drawer, unsent.id, version)?;
        self.give(Content::Draft(Box::new(unsent)), to, rng)
    }

    /// Gives a thread that was opened, with the receipt of the last entry seen in it.
    pub(super) fn give_concern(
        &self,
        log: LogId,
        to: Address,
        rng: &mut (impl RngCore + CryptoRng),
    ) -> Result<Answer, Refused> {
        let (_, thread) = self.threads.get(&log).ok_or(Refused::WrongPlace)?;
        let base = self.own_base(log)?;
        let receipt = thread.last_receipt.clone();
        self.give(Content::Concern { base, receipt }, to, rng)
    }

    fn own_base(&self, log: LogId) -> Result<MailboxBase, Refused> {
        let own = (0..self.keyring.next_mailbox + AHEAD).map(|n| self.keyring.mailboxes.base(n));
        let given = self.keyring.given.iter().map(|given| given.base.clone());
        own.chain(given)
            .find(|base| base.mailbox().log() == log)
            .ok_or(Refused::NotForYou)
    }

    fn give(
        &self,
        content: Content,
        (to, slot, day): Address,
        rng: &mut (impl RngCore + CryptoRng),
    ) -> Result<Answer, Refused> {
        let group = self.organisation()?;
        let colleague = group.now().member(to).filter(|one| !self.is_me(one));
        let colleague = colleague.ok_or(Refused::NoSuchMember)?;
        if slot >= SLOTS {
            return Err(Refused::Malformed);
        }
        let newest = self.parcel_secrets()?.into_iter().next();
        let (epoch, secret) = newest
            .filter(|(number, _)| *number == group.now().epoch.number)
            .ok_or(Refused::NoUsableKey)?;
        let parcel = Parcel {
            instance: self.keyring.instance,
            partner: group.id,
            epoch,
            to,
            recipient: colleague.recipient.clone(),
            slot,
            day,
            from: self.keyring.account,
            content,
            id: ParcelId::random(rng),
        };
        Ok(Answer::SealedParcel {
            token: secret.parcel(to, slot),
            bytes: Blob(parcel.seal(&self.keyring.signer)?),
        })
    }

    /// Opens what lay under the token at `place` of [`Open::parcel_tokens`].
    pub(super) fn open_parcel(&mut self, place: u8, sealed: &Blob, today: Day) -> Result<Answer, Refused> {
        let parcel = self.read_parcel(place, &sealed.0, today)?;
        let view = self.parcel_view(&parcel)?;
        self.parcels.insert(view.id, parcel);
        Ok(Answer::Parcel(Box::new(view)))
    }

    fn read_parcel(&self, place: u8, file: &[u8], today: Day) -> Result<Parcel, Refused> {
        let secrets = self.parcel_secrets()?;
        let (epoch, _) = *secrets
            .get(usize::from(place / SLOTS))
            .ok_or(Refused::WrongPlace)?;
        let unchecked = Parcel::open(file, &self.keyring.identity)?;
        let place = Place {
            instance: self.keyring.instance,
            receipt_key: self.trust()?.directory.receipt_key,
            group: self.organisation()?,
            epoch,
            slot: place % SLOTS,
        };
        let parcel = unchecked.check(place, &self.as_lead(), today)?;
        if self.keyring.is_settled(parcel.hash()) {
            return Err(Refused::SettledParcel);
        }
        Ok(parcel)
    }

    fn parcel_view(&self, parcel: &Parcel) -> Result<ParcelView, Refused> {
        let giver = self.organisation()?.last_known(parcel.from);
        let giver: &Member = giver.ok_or(Refused::NoColleague)?;
        let content = match &parcel.content {
            Content::Draft(unsent) => ParcelContent::Draft {
                id: parcel.draft_id(),
                label: unsent.label.clone(),
                files: u32::try_from(unsent.files.len()).unwrap_or(u32::MAX),
            },
            Content::Concern { base, .. } => ParcelContent::Concern {
                reference: words::reference(base.mailbox().log()),
            },
        };
        Ok(ParcelView {
            id: parcel.hash(),
            from: self.member_view(giver),
            day: parcel.day,
            content,
        })
    }

    /// The draft in a parcel that was opened, sealed into a drawer in which nothing lies.
    pub(super) fn take_draft(
        &mut self,
        parcel: Hash,
        drawer: u8,
        rng: &mut (impl RngCore + CryptoRng),
    ) -> Result<Answer, Refused> {
        let parcel = self.parcels.get(&parcel).ok_or(Refused::NotShown)?;
        let Content::Draft(unsent) = &parcel.content else {
            return Err(Refused::Malformed);
        };
        let id = parcel.draft_id();
        let unsent = Unsent {
            id,
            ..(**unsent).clone()
        };
        let own = (self.keyring.instance, &self.keyring.mailboxes);
        let bytes = unsent.seal(own, (drawer, 1), rng)?;
        self.saw_unsent(drawer, id, 1)?;
        Ok(Answer::SealedUnsent {
            id,
            bytes: Blob(bytes),
        })
    }

    /// Puts the thread in a parcel that was opened among one's own. Taking it twice changes nothing.
    pub(super) fn take_concern(&mut self, id: Hash, today: Day) -> Result<Answer, Refused> {
        let parcel = self.parcels.get(&id).ok_or(Refused::NotShown)?;
        let Content::Concern { base, receipt } = &parcel.content else {
            return Err(Refused::Malformed);
        };
        let key = self.trust()?.directory.receipt_key;
        let kept = parcel::kept(&base.mailbox(), receipt, self.keyring.instance, key)?;
        let (from, day) = (parcel.from, parcel.day);
        if self.own_base(kept.log).is_err() {
            let base = base.clone();
            self.keyring.take_over(Given { base, from, day })?;
        }
        self.keyring.keep(kept);
        self.settle_parcel(id, today)
    }

    /// Remembers that a parcel that was opened was taken or refused.
    pub(super) fn settle_parcel(&mut self, id: Hash, today: Day) -> Result<Answer, Refused> {
        let made = self.parcels.get(&id).ok_or(Refused::NotShown)?.day;
        self.keyring.settle(id, made, today);
        Ok(Answer::Done)
    }

    /// The threads that colleagues gave, and who they were.
    pub(super) fn given_concerns(&self) -> Answer {
        let giver = |account| {
            let partners = self.trust().ok().into_iter().flat_map(Trust::groups);
            let partners = partners.filter(|group| group.kind == GroupKind::Partner);
            let mut found = partners.filter_map(|group| group.last_known(account));
            found.next().map(|member| self.member_view(member))
        };
        let view = |given: &Given| GivenView {
            log: given.base.mailbox().log(),
            from: giver(given.from),
            day: given.day,
        };
        Answer::GivenConcerns(self.keyring.given.iter().map(view).collect())
    }
}
