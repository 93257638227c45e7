//! Invitations, from both sides.

use super::{Answer, Blob, Joiner, Password, Vault, open::Open};
use crate::{
    id::{AccountId, Hash, Minute},
    invitation::{self, Invitation, Joining, Lookup, Place, Proven},
    keyring::Keyring,
    refused::Refused,
    slot::{KeyringKey, SlotKind},
};
use rand_core::{CryptoRng, RngCore};

/// The most invitations that one keyring keeps; the oldest go first.
const MOST: usize = 100;

impl Vault {
    /// Takes up an invitation.
    pub(super) fn join(
        &mut self,
        lookup: &str,
        fragment: &Password,
        name: &str,
        rng: &mut (impl RngCore + CryptoRng),
    ) -> Result<Answer, Refused> {
        let (deployment, instance) = self.deployment.clone().ok_or(Refused::Locked)?;
        let fragment = std::str::from_utf8(&fragment.0).map_err(|_| Refused::Malformed)?;
        let secret = invitation::read_fragment(fragment, instance)?;
        let lookup = Lookup::from_text(lookup).ok_or(Refused::Malformed)?.hash();
        let password = self.take_opener(SlotKind::Password)?;
        let account = AccountId::random(rng);
        let mut keyring = Keyring::new(instance, account, rng);
        keyring.openers.push(password);
        let proven = Proven {
            instance,
            lookup,
            account,
            name: name.trim().to_ascii_lowercase(),
            signer: keyring.signer.verifying(),
            recipient: keyring.identity.recipient(),
        };
        let words = proven.words();
        let joining = Blob(Joining::sign(proven, &secret, &keyring.signer));
        let mut open = Open::new(deployment, KeyringKey::random(rng), keyring, 0);
        let slots = open.seal_with_code(rng);
        self.open = Some(Box::new(open));
        Ok(Answer::Joined {
            account,
            slots,
            joining,
            words,
        })
    }
}

impl Open {
    pub(super) fn invite(
        &mut self,
        place: Place,
        whom: String,
        now: Minute,
        rng: &mut (impl RngCore + CryptoRng),
    ) -> Answer {
        let (invitation, lookup) = Invitation::new(place, whom, now, rng);
        let link = format!("{}#{}", lookup.text(), invitation.fragment(self.keyring.instance));
        let invitations = &mut self.keyring.invitations;
        invitations.push(invitation);
        let over = invitations.len().saturating_sub(MOST);
        invitations.drain(..over);
        Answer::Invited {
            lookup: lookup.hash(),
            link,
        }
    }

    pub(super) fn check_joining(&self, joining: &Blob) -> Result<Answer, Refused> {
        let (invitation, proven) = self.proven(joining)?;
        Ok(Answer::Joiner(Joiner {
            lookup: proven.lookup,
            account: proven.account,
            words: proven.words(),
            name: proven.name,
            whom: invitation.whom.clone(),
            place: invitation.place.clone(),
        }))
    }

    /// The invitation that this answers, and who answered.
    pub(super) fn proven(&self, joining: &Blob) -> Result<(&Invitation, Proven), Refused> {
        let lookup = Joining::read(&joining.0)?.proven.lookup;
        let mut invitations = self.keyring.invitations.iter();
        let invitation = invitations
            .find(|one| one.lookup == lookup)
            .ok_or(Refused::UnprovenInvitee)?;
        let proven = invitation.check(&joining.0, self.keyring.instance)?;
        Ok((invitation, proven))
    }

    /// Whether this answers an invitation of this account, proven or not.
    pub(super) fn invited(&self, joining: &Blob) -> Result<bool, Refused> {
        let lookup = Joining::read(&joining.0)?.proven.lookup;
        let mut invitations = self.keyring.invitations.iter();
        Ok(invitations.any(|one| one.lookup == lookup))
    }

    pub(super) fn invitees(&self) -> Answer {
        let all = self.keyring.invitations.iter();
        Answer::Invitees(all.map(|one| (one.lookup, one.whom.clone())).collect())
    }

    pub(super) fn forget_invitation(&mut self, lookup: Hash) -> Answer {
        self.keyring.invitations.retain(|one| one.lookup != lookup);
        Answer::Done
    }
}
