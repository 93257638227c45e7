//! Mailboxes: everything that a thread needs of its author, derived from one seed and a counter, so that beginning a thread
//! writes nothing to the account; and the drawers that drafts lie in, likewise.

use crate::{
    id::{LogId, Token},
    password::expand,
    recipient::Identity,
    signed::SigningKey,
};
use minicbor::{Decode, Encode};
use rand_core::{CryptoRng, RngCore};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// How many counters past the last known thread a client tries. A smaller number loses threads begun on another device.
pub const AHEAD: u32 = 20;

/// What all of a person's threads are derived from.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop, Encode, Decode)]
#[cbor(transparent)]
pub struct MailboxSeed(#[cbor(with = "minicbor::bytes")] [u8; 32]);

/// What all of one thread's secrets are derived from. Whoever has it can read the thread and write in it.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop, Encode, Decode)]
#[cbor(transparent)]
pub struct MailboxBase(#[cbor(with = "minicbor::bytes")] [u8; 32]);

/// One thread's secrets.
#[derive(Clone, Debug)]
pub struct Mailbox {
    /// Shown to the server, which keeps only a hash that is the thread's id.
    pub token: Token,
    /// Opens the thread's entries.
    pub identity: Identity,
    /// Signs what the practitioner writes in it.
    pub signer: SigningKey,
}

/// One of the drawers that drafts lie in.
#[derive(Clone)]
pub struct Drawer {
    /// Shown to the server, which keeps only a hash of it.
    pub token: Token,
    /// Seals the draft.
    pub(crate) key: Zeroizing<[u8; 32]>,
}

impl MailboxSeed {
    /// A fresh one.
    pub fn random(rng: &mut (impl RngCore + CryptoRng)) -> Self {
        let mut seed = [0; 32];
        rng.fill_bytes(&mut seed);
        Self(seed)
    }

    /// The mailbox with this number. The names are part of the protocol: with others, old threads are not found.
    pub fn mailbox(&self, number: u32) -> Mailbox {
        self.base(number).mailbox()
    }

    /// What the mailbox with this number is derived from, to be given to somebody else.
    pub fn base(&self, number: u32) -> MailboxBase {
        MailboxBase(expand(&self.0, &format!("mailbox/{number}")))
    }

    /// The drawer with this number. The names are part of the protocol: with others, drafts are not found.
    pub fn drawer(&self, number: u8) -> Drawer {
        let base = Zeroizing::new(expand(&self.0, &format!("drawer/{number}")));
        Drawer {
            token: Token(expand(&base, "drawer/token")),
            key: Zeroizing::new(expand(&base, "drawer/key")),
        }
    }
}

impl MailboxBase {
    /// The mailbox.
    pub fn mailbox(&self) -> Mailbox {
        Mailbox {
            token: Token(expand(&self.0, "mailbox/token")),
            identity: Identity::from_secret(expand(&self.0, "mailbox/identity")),
            signer: SigningKey::from_seed(expand(&self.0, "mailbox/signer")),
        }
    }
}

impl Mailbox {
    /// The thread's id.
    pub fn log(&self) -> LogId {
        self.token.log()
    }
}

impl core::fmt::Debug for Drawer {
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        out.write_str("Drawer(..)")
    }
}

impl core::fmt::Debug for MailboxBase {
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        out.write_str("MailboxBase(..)")
    }
}

impl core::fmt::Debug for MailboxSeed {
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        out.write_str("MailboxSeed(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mailboxes_differ_and_stay() {
        let seed = MailboxSeed([3; 32]);
        assert_eq!(seed.mailbox(4).log(), seed.mailbox(4).log());
        assert_ne!(seed.mailbox(4).log(), seed.mailbox(5).log());
        assert_ne!(seed.mailbox(4).token.0, *seed.mailbox(4).identity.secret());
        assert!(!format!("{:?}", seed.mailbox(4)).contains("03"));
    }

    #[test]
    fn drawers_differ_and_stay_and_are_no_mailboxes() {
        let seed = MailboxSeed([3; 32]);
        assert_eq!(seed.drawer(4).token, seed.drawer(4).token);
        assert_ne!(seed.drawer(4).token, seed.drawer(5).token);
        assert_ne!(seed.drawer(4).token, seed.mailbox(4).token);
        assert_ne!(seed.drawer(4).token.0, *seed.drawer(4).key);
    }

    #[test]
    fn the_seed_says_nothing_of_itself() {
        assert_eq!(format!("{:?}", MailboxSeed([7; 32])), "MailboxSeed(..)");
        assert_eq!(format!("{:?}", MailboxSeed([7; 32]).base(1)), "MailboxBase(..)");
    }
}
