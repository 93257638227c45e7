//! Locking, signing out, and sessions that end, in this tab and in the others.

use super::{Desk, Ended, State};
use crate::{
    account::{self, Session, opening},
    browser::{
        clock,
        tabs::{Tabs, Word},
    },
    error::AppError,
    place::Place,
    trouble::Trouble,
    vault,
};
use leptos::{prelude::*, task::spawn_local};

impl Desk {
    /// Lets the other tabs hear of this one.
    pub(crate) fn listen(self) {
        self.tabs.set_value(Some(Tabs::open(move |word| self.hear(word))));
    }

    /// Another tab said something, or the start script. It concerns this one only while somebody is signed in here; but who
    /// leaves fast leaves everywhere.
    fn hear(self, word: Word) {
        match (word, self.account()) {
            (Word::Exit, _) => self.forget(),
            (Word::Alive(account), Some(own)) if account == own => self.limits().touch(),
            (Word::Alive(_), Some(_)) => spawn_local(self.end(true)),
            (Word::Left(account), Some(own)) if account == own => spawn_local(self.end(false)),
            (Word::Alive(_) | Word::Left(_), _) => (),
        }
    }

    /// Locks the keys. An unfinished form is sealed first; where that fails, nothing is locked and nothing lost.
    pub(crate) async fn lock(self) -> Result<(), Trouble> {
        let State::Open(open) = self.state.get_untracked() else {
            return Ok(());
        };
        self.draft.get_value().put_away(open.session.account).await?;
        let learnt = vault::seal_keyring(clock::minute()).await;
        vault::stop();
        self.state.set(State::Locked(open.session.clone()));
        self.keep(&open.session, learnt).await;
        Ok(())
    }

    /// Stores what this vault has learnt, whether or not it was anything: a keyring written only after something was sent would
    /// tell of it. Where it cannot be stored, the next vault learns it again.
    async fn keep(self, session: &Session, learnt: Result<vault::Keyring, Trouble>) {
        if let Ok(next) = learnt {
            drop(opening::store(self, session, next).await);
        }
    }

    /// Stores the keyring now: what was put into it is needed before anything else is done.
    pub(crate) async fn remember(self) -> Result<(), Trouble> {
        let session = self.session().ok_or(AppError::SignedOut)?;
        let next = vault::seal_keyring(clock::minute()).await?;
        opening::store(self, &session, next).await
    }

    /// The session has ended, or has been `replaced` by that of another account. At once nothing is left on the screen; then
    /// what is unfinished is sealed to its author.
    pub(crate) async fn end(self, replaced: bool) {
        let Some(author) = self.account() else { return };
        let (life, place) = (vault::life(), self.here.get_untracked());
        let unfinished = self.draft.get_value().take();
        self.limits().end();
        self.answer(false);
        self.state.set(State::SignedOut);
        self.back_to.set_value(place.map(|place| (Some(author), place)));
        self.ended.set(Ended {
            replaced,
            ..Ended::default()
        });
        self.go(Place::Ended);
        // Where it cannot be sealed it cannot be kept: the person at the screen may no longer be its author.
        let lost = self.draft.get_value().keep(author, unfinished).await.is_err();
        let kept = self.draft.get_value().is_put_away(author);
        self.ended.set(Ended { replaced, kept, lost });
        if vault::life() == life {
            vault::stop();
        }
    }

    /// Signs out, here and on the server; what this person has not finished is gone.
    pub(crate) async fn sign_out(self) -> Result<(), Trouble> {
        if let State::Open(open) = self.state.get_untracked() {
            let learnt = vault::seal_keyring(clock::minute()).await;
            self.keep(&open.session, learnt).await;
        }
        self.ask().await;
        if let Some(account) = self.account() {
            self.draft.get_value().forget(account);
            self.tell(Word::Left(account));
        }
        self.close();
        Ok(account::sign_out().await?)
    }

    fn forget(self) {
        self.draft.get_value().forget_all();
        self.close();
    }

    pub(super) fn close(self) {
        vault::stop();
        self.answer(false);
        self.draft.get_value().leave();
        self.limits().end();
        self.state.set(State::SignedOut);
    }

    pub(super) fn tell(self, word: Word) {
        if let Some(tabs) = self.tabs.get_value() {
            tabs.say(word);
        }
    }
}
