//! Where a concern comes from: proof that a member of a partner organisation wrote it, which fetches nothing.

use crate::{
    approval::Approval,
    checkpoint::Checkpoint,
    group::{Founders, Group},
    id::{AccountId, Day, GroupId, Hash, LogId, VerifyingKey},
    recipient::Recipient,
    refused::Refused,
    signed::{self, Kind, SigningKey},
};
use minicbor::{Decode, Encode, bytes::ByteVec};

/// How a thread begins: whom to answer, who signs, and the proof of who that is. CBOR array in this order.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Beginning {
    /// The thread's own recipient: answers are sealed to it.
    #[n(0)]
    pub thread: Recipient,
    /// The key that signs what the practitioner writes here, and nowhere else.
    #[n(1)]
    pub signer: VerifyingKey,
    /// Signed bytes of a [`Certificate`] for that key.
    #[n(2)]
    pub certificate: ByteVec,
    /// The partner's chain from its first link to the one that the certificate names.
    #[n(3)]
    pub chain: Vec<ByteVec>,
}

/// A partner's or a member's word for the key of one thread.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Certificate {
    /// The deployment.
    #[n(0)]
    pub instance: Hash,
    /// The thread.
    #[n(1)]
    pub log: LogId,
    /// The thread's signing key.
    #[n(2)]
    pub signer: VerifyingKey,
    /// The partner organisation.
    #[n(3)]
    pub partner: GroupId,
    /// The head of its chain.
    #[n(4)]
    pub head: Hash,
}

impl Kind for Certificate {
    const TYPE: u16 = 4;
    const NAME: &'static str = "certificate";
}

/// Who wrote a concern, verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Author {
    /// A member who signed as themselves.
    Member {
        /// The organisation's name.
        partner: String,
        /// The member's account.
        account: AccountId,
        /// The six words that the member is known by.
        words: Vec<String>,
    },
    /// The organisation, with the key of an epoch alone.
    Organisation {
        /// The organisation's name.
        partner: String,
    },
}

impl Certificate {
    /// Signs it, as a member or with the key of the partner's epoch.
    pub fn sign(&self, key: &SigningKey) -> ByteVec {
        ByteVec::from(signed::sign(self, &[key]))
    }
}

impl Beginning {
    /// Who vouches for the thread's key. Where the thread began after `checkpoint`, the partner's chain must reach as far as
    /// that saw it: else somebody who was removed could show the chain from before.
    ///
    /// # Errors
    /// [`Refused::UnverifiedOrigin`] for any doubt.
    pub fn verify(
        &self,
        instance: Hash,
        log: LogId,
        approval: Approval<'_>,
        checkpoint: Option<&Checkpoint>,
        today: Day,
    ) -> Result<Author, Refused> {
        let doubt = |_| Refused::UnverifiedOrigin;
        let signed =
            signed::verify::<Certificate>(&self.certificate).map_err(|_| Refused::UnverifiedOrigin)?;
        let [vouching] = signed.signers[..] else {
            return Err(Refused::UnverifiedOrigin);
        };
        let said = signed.payload;
        if (said.instance, said.log, said.signer) != (instance, log, self.signer) {
            return Err(Refused::UnverifiedOrigin);
        }
        let links: Vec<&[u8]> = self.chain.iter().map(|link| link.as_slice()).collect();
        let founders = Founders::Approved(approval);
        let group = Group::verify(said.partner, &links, instance, founders, today).map_err(doubt)?;
        checkpoint
            .map_or(Ok(()), |one| one.check_chain(&group))
            .map_err(doubt)?;
        author(&group, said.head, vouching).ok_or(Refused::UnverifiedOrigin)
    }
}

fn author(group: &Group, head: Hash, vouching: VerifyingKey) -> Option<Author> {
    let state = Some(group.now()).filter(|state| state.head == head)?;
    let partner = group.name.clone();
    if state.epoch.signer == vouching {
        return Some(Author::Organisation { partner });
    }
    let member = state.signer(vouching)?;
    Some(Author::Member {
        partner,
        account: member.account,
        words: member.words(),
    })
}
