//! Signing in and opening the vault.

use super::{Desk, Open, Stage, State};
use crate::{
    account::{
        self, Session,
        factor::Lacks,
        opening::{self, Key},
    },
    browser::{clock, tabs::Word},
    directory,
    error::AppError,
    trouble::Trouble,
    vault,
};
use leptos::prelude::*;
use protocol::{refused::Refused, vault::Password};

impl Desk {
    /// Starts a vault for somebody who has no account yet, and has it draw six words.
    pub(crate) async fn propose_words(self) -> Result<String, Trouble> {
        opening::start(self).await?;
        vault::passphrase().await
    }

    /// Asks the server who this is, where it was not asked yet.
    pub(crate) async fn ask(self) {
        if self.state.with_untracked(|state| *state != State::Unasked) {
            return;
        }
        let used = clock::seconds();
        let answer = current().await;
        let _ = self.note(answer.map(|session| {
            self.limits().begin(&session, used);
            self.state.set(State::Locked(session));
        }));
    }

    /// Uses the session, so that it lasts. One of another account is not this tab's.
    pub(crate) async fn stay(self) {
        let used = clock::seconds();
        let Ok(session) = self.note(current().await) else {
            return;
        };
        if self.account() == Some(session.account) {
            self.limits().begin(&session, used);
            self.tell(Word::Alive(session.account));
        } else if self.account().is_some() {
            self.end(true).await;
        }
    }

    /// A session has begun, whether the vault opens now or when keys are first needed. It takes the place of any other, in
    /// every tab.
    pub(crate) fn begin(self, session: &Session) {
        self.limits().begin(session, clock::seconds());
        self.state.set(State::Locked(session.clone()));
        self.tell(Word::Alive(session.account));
    }

    /// Signs in and opens the vault, unless something is missing: then that is told. Whoever was at work here until now is
    /// locked first, and their form is put away.
    pub(crate) async fn sign_in(self, name: String, key: Key) -> Result<Option<Lacks>, Trouble> {
        self.lock().await?;
        match opening::sign_in(self, name, key).await {
            Ok(session) if session.lacks.is_some() => {
                self.stage.set(None);
                self.begin(&session);
                Ok(session.lacks)
            }
            Ok(session) => self.arrive(session).await.map(|()| None),
            Err(trouble) => self.settle(Err(trouble)).await.map(|()| None),
        }
    }

    /// Signs in by a passkey alone. Where it does not open the keys, they stay locked, and the password is asked for.
    pub(crate) async fn sign_in_by_passkey(self) -> Result<(), Trouble> {
        self.lock().await?;
        match opening::sign_in_by_passkey(self).await {
            Ok(session) => match self.arrive(session).await {
                Err(Trouble::Refused(Refused::WrongPassword)) => Ok(()),
                arrived => arrived,
            },
            Err(trouble) => self.settle(Err(trouble)).await,
        }
    }

    /// The session lacks nothing any more. The vault opens where its password was typed just now; else that is asked for again.
    pub(crate) async fn arrive(self, session: Session) -> Result<(), Trouble> {
        self.begin(&session);
        let opened = opening::open(self, &session).await;
        match self.settle(opened).await {
            Err(Trouble::Refused(Refused::Locked)) => Ok(()),
            settled => settled,
        }
    }

    /// The server has put a new session in the place of this one, of the same account.
    pub(crate) fn renew(self, session: Session) {
        self.limits().begin(&session, clock::seconds());
        self.state.update(|state| match state {
            State::Open(open) => open.session = session,
            _ => *state = State::Locked(session),
        });
    }

    /// Opens the vault of the session that there is, by its password.
    pub(crate) async fn unlock(self, session: Session, password: Password) -> Result<(), Trouble> {
        self.unlock_by(session, |now| opening::unlock(self, now, password))
            .await
    }

    /// The same by a passkey.
    pub(crate) async fn unlock_by_passkey(self, session: Session) -> Result<(), Trouble> {
        self.unlock_by(session, |now| opening::unlock_by_passkey(self, now))
            .await
    }

    /// Unless another account has taken its place in another tab.
    async fn unlock_by<Fut>(self, session: Session, open: impl FnOnce(Session) -> Fut) -> Result<(), Trouble>
    where
        Fut: Future<Output = Result<Open, Trouble>>,
    {
        self.at(Stage::Asking);
        let now = self.note(current().await);
        if now.as_ref().is_ok_and(|now| now.account != session.account) {
            self.stage.set(None);
            self.end(true).await;
            return Ok(());
        }
        let opened = match now {
            Ok(now) => open(now).await,
            Err(trouble) => Err(trouble),
        };
        self.settle(opened).await
    }

    /// Asks for the directory and the lists of key holders again, and verifies them.
    pub(crate) async fn trust_anew(self) -> Result<(), Trouble> {
        let trust = self.note(directory::load_trust().await)?;
        let trusted = vault::trust(trust, clock::minute()).await?;
        self.state.update(|state| {
            if let State::Open(open) = state {
                open.trusted = trusted;
            }
        });
        Ok(())
    }

    async fn settle(self, opened: Result<Open, Trouble>) -> Result<(), Trouble> {
        self.stage.set(None);
        self.percent.set(None);
        match opened {
            Ok(open) => {
                let brought = self.draft.get_value().bring_back(open.session.account).await;
                self.state.set(State::Open(Box::new(open)));
                brought
            }
            Err(trouble) => {
                vault::stop();
                Err(trouble)
            }
        }
    }

    /// Says what the opening is busy with.
    pub(crate) fn at(self, stage: Stage) {
        self.stage.set(Some(stage));
        self.percent.set(None);
    }

    /// Says how far the vault has come.
    pub(crate) fn come_to(self, percent: f64) {
        self.percent.set(Some(percent));
    }
}

/// The session that the server knows of. That there is none is no error there: whoever reads a page need not be signed in.
async fn current() -> Result<Session, AppError> {
    account::load_session().await?.ok_or(AppError::SignedOut)
}
