//! Trying a compartment: a marked test that a member seals to it; and the words of a recovery key, before it is in any group.

use super::{Answer, open::Open};
use crate::{
    append::{Append, LogKind, NewEntry},
    concern::Concern,
    entry::Body,
    group::Recovery,
    id::{AppendId, GroupId, Hash, Minute},
    origin::{Beginning, Certificate},
    refused::Refused,
    words,
};
use rand_core::{CryptoRng, RngCore};

impl Open {
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
        let (unit, listed) = trust
            .directory
            .compartment(compartment)
            .ok_or(Refused::NoUsableKey)?;
        let (_, group) = trust.usable(unit, listed.purpose, now.day())?;
        let state = group.now();
        state
            .signer(self.keyring.signer.verifying())
            .ok_or(Refused::NotForYou)?;
        let number = self.next_number();
        let mailbox = self.keyring.mailboxes.mailbox(number);
        let certificate = Certificate {
            instance: trust.instance,
            log: mailbox.log(),
            signer: mailbox.signer.verifying(),
            partner: group.id,
            head: state.head,
        };
        let beginning = Beginning {
            thread: mailbox.identity.recipient(),
            signer: mailbox.signer.verifying(),
            certificate: certificate.sign(&self.keyring.signer),
            chain: vec![],
        };
        let place = self.place(trust, group, mailbox.log(), 0, Hash::ZERO);
        let (mut entry, recipients) = place.write(&beginning.thread, now, Body::Test(Box::new(concern)))?;
        entry.beginning = Some(Box::new(beginning));
        let (compartment, epoch) = (group.id, entry.epoch);
        let new = NewEntry {
            log: mailbox.log(),
            kind: LogKind::Thread,
            sequence: 0,
            ciphertext: entry.seal(&mailbox.signer, &recipients)?,
        };
        self.keyring.next_mailbox = number + 1;
        Ok(self.post(Append {
            id: AppendId::random(rng),
            compartment,
            epoch,
            entries: vec![new],
            tokens: vec![],
        }))
    }
}

/// The words of a recovery key's public half.
pub(super) fn read_recovery(line: &str) -> Result<Answer, Refused> {
    let recovery: Recovery = line.trim().parse().map_err(|_| Refused::UnfitRules)?;
    Ok(Answer::Words(words::fingerprint(recovery.hash())))
}
