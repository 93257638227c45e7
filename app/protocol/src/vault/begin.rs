//! Beginning a thread: a practitioner's concern, or a marked test that a member seals to their own compartment.

use super::{Answer, open::Open};
use crate::{
    append::{Append, LogKind, NewEntry},
    concern::{Concern, Standing},
    directory::{Purpose, Unit},
    entry::Body,
    group::Group,
    id::{AppendId, AttachmentId, Day, GroupId, Hash, Minute, Token},
    mailbox::{AHEAD, Mailbox},
    origin::{Beginning, Certificate},
    refused::Refused,
    trust::Trust,
};
use minicbor::bytes::ByteVec;
use rand_core::{CryptoRng, RngCore};

/// The first entry of a thread, sealed to an epoch of a compartment.
struct First {
    compartment: GroupId,
    epoch: u32,
    entry: NewEntry,
}

impl Open {
    pub(super) fn seal_concern(
        &mut self,
        (concern, files): (Concern, &[AttachmentId]),
        named: bool,
        now: Minute,
        rng: &mut (impl RngCore + CryptoRng),
    ) -> Result<Answer, Refused> {
        if !concern.is_sound() {
            return Err(Refused::Malformed);
        }
        let attachments = self.attachments(files)?;
        let trust = self.trust()?;
        let group = route(trust, &concern, now.day())?;
        let (number, mailbox) = self.next_mailbox();
        let beginning = self.begin_as_practitioner(trust, &mailbox, named)?;
        let body = Body::Concern(Box::new(concern), attachments);
        let first = self.seal_first(trust, group, &mailbox, beginning, (body, now))?;
        Ok(self.post_first(first, number, vec![mailbox.token], rng))
    }

    /// Seals a test as a practitioner would seal a concern: only where a practitioner could, too.
    pub(super) fn seal_test(
        &mut self,
        compartment: GroupId,
        concern: Concern,
        now: Minute,
        rng: &mut (impl RngCore + CryptoRng),
    ) -> Result<Answer, Refused> {
        if !concern.is_sound() {
            return Err(Refused::Malformed);
        }
        let trust = self.trust()?;
        let listed = trust.directory.compartment(compartment);
        let (unit, listed) = listed.ok_or(Refused::NoUsableKey)?;
        let (_, group) = trust.usable(unit, listed.purpose, now.day())?;
        let signer = group.now().signer(self.keyring.signer.verifying());
        signer.ok_or(Refused::NotForYou)?;
        let (number, mailbox) = self.next_mailbox();
        let certificate = certificate(trust, &mailbox, group).sign(&self.keyring.signer);
        let beginning = beginning(&mailbox, certificate, vec![]);
        let body = Body::Test(Box::new(concern));
        let first = self.seal_first(trust, group, &mailbox, beginning, (body, now))?;
        Ok(self.post_first(first, number, vec![], rng))
    }

    /// However often sending fails: no further on than the next vault looks, or it would not find the thread.
    fn next_mailbox(&self) -> (u32, Mailbox) {
        let number = self.keyring.next_mailbox.min(self.begun + AHEAD - 1);
        (number, self.keyring.mailboxes.mailbox(number))
    }

    fn begin_as_practitioner(
        &self,
        trust: &Trust,
        mailbox: &Mailbox,
        named: bool,
    ) -> Result<Beginning, Refused> {
        let partner = trust.partner.and_then(|id| trust.group(id));
        let partner = partner.ok_or(Refused::UnverifiedOrigin)?;
        let unsigned = certificate(trust, mailbox, partner);
        let signed = if named {
            unsigned.sign(&self.keyring.signer)
        } else {
            let mut secrets = trust.secrets(partner.id);
            let current = secrets.find(|(_, secret)| secret.is_of(&partner.now().epoch));
            unsigned.sign(&current.ok_or(Refused::NoUsableKey)?.1.signer())
        };
        let chain = trust.links(partner.id).iter().cloned().map(ByteVec::from);
        Ok(beginning(mailbox, signed, chain.collect()))
    }

    fn seal_first(
        &self,
        trust: &Trust,
        group: &Group,
        mailbox: &Mailbox,
        beginning: Beginning,
        (body, now): (Body, Minute),
    ) -> Result<First, Refused> {
        let place = self.place(trust, group, (LogKind::Thread, mailbox.log()), 0, Hash::ZERO);
        let (mut entry, recipients) = place.write(Some(&beginning.thread), now, body)?;
        entry.beginning = Some(Box::new(beginning));
        Ok(First {
            compartment: group.id,
            epoch: entry.epoch,
            entry: NewEntry {
                log: mailbox.log(),
                kind: LogKind::Thread,
                sequence: 0,
                ciphertext: entry.seal(&mailbox.signer, &recipients)?,
            },
        })
    }

    /// The mailbox of this number is used from now on.
    fn post_first(
        &mut self,
        first: First,
        number: u32,
        tokens: Vec<Token>,
        rng: &mut (impl RngCore + CryptoRng),
    ) -> Answer {
        self.keyring.next_mailbox = number + 1;
        self.post(Append {
            id: AppendId::random(rng),
            compartment: first.compartment,
            epoch: first.epoch,
            entries: vec![first.entry],
            tokens,
        })
    }
}

/// That a member of `group` begins a thread.
fn certificate(trust: &Trust, mailbox: &Mailbox, group: &Group) -> Certificate {
    Certificate {
        instance: trust.instance,
        log: mailbox.log(),
        signer: mailbox.signer.verifying(),
        partner: group.id,
        head: group.now().head,
    }
}

fn beginning(mailbox: &Mailbox, certificate: ByteVec, chain: Vec<ByteVec>) -> Beginning {
    Beginning {
        thread: mailbox.identity.recipient(),
        signer: mailbox.signer.verifying(),
        certificate,
        chain,
    }
}

/// The compartment that a concern is for: the employer's unit, unless the person is too close to it.
fn route<'a>(trust: &'a Trust, concern: &Concern, today: Day) -> Result<&'a Group, Refused> {
    let force = trust
        .directory
        .forces
        .iter()
        .find(|force| force.id == concern.force)
        .ok_or(Refused::NoUsableKey)?;
    let (unit, purpose) = match concern.standing {
        Standing::Usual => (&force.unit, Purpose::Intake),
        Standing::Close => (&force.unit, Purpose::Sealed),
        Standing::Chief => (&force.oversight, Purpose::Intake),
    };
    let unit: &Unit = trust.directory.unit(unit).ok_or(Refused::NoUsableKey)?;
    trust.usable(unit, purpose, today).map(|(_, group)| group)
}
