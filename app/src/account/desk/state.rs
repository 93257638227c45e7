//! Where a person can stand, and what opening the vault can be busy with.

use crate::account::{Role, Session};
use protocol::{id::Minute, vault::Trusted};

/// Where a person stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// The server was not asked yet.
    Unasked,
    /// Nobody is signed in.
    SignedOut,
    /// Signed in; the keys are locked, as after every load of the page.
    Locked(Session),
    /// Signed in, and the vault is open.
    Open(Box<Open>),
}

impl State {
    /// The session of whoever is signed in.
    pub(crate) fn session(&self) -> Option<&Session> {
        match self {
            Self::Locked(session) => Some(session),
            Self::Open(open) => Some(&open.session),
            Self::Unasked | Self::SignedOut => None,
        }
    }

    /// What was verified; nothing while the vault is locked, and while there is no directory.
    pub(crate) fn trusted(&self) -> Option<&Trusted> {
        match self {
            Self::Open(open) => open.trusted.as_ref(),
            _ => None,
        }
    }

    /// What the person is for, if anybody is there.
    pub(super) fn role(&self) -> Option<Role> {
        self.session().map(|session| session.role)
    }

    /// Whether the vault is open.
    pub(super) fn is_open(&self) -> bool {
        matches!(self, Self::Open(_))
    }
}

/// Somebody at work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Open {
    /// The session.
    pub(crate) session: Session,
    /// What was verified; nothing while there is no directory.
    pub(crate) trusted: Option<Trusted>,
    /// When the keys were last used before.
    pub(crate) last_used: Option<Minute>,
}

/// What opening the vault is busy with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    /// Turning the password into keys.
    Deriving,
    /// Asking the server for the session and the sealed keys.
    Asking,
    /// Verifying the directory and the lists of key holders.
    Verifying,
    /// Storing the keyring's next version.
    Storing,
}

/// Why a session that ended here ended, and what became of what was unfinished.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Ended {
    /// Somebody has signed in with another account in another tab.
    pub(crate) replaced: bool,
    /// What was unfinished is sealed, and waits for its author.
    pub(crate) kept: bool,
    /// What was unfinished could not be sealed, and is gone.
    pub(crate) lost: bool,
}
