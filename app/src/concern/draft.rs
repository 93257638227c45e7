//! The form that somebody is filling in. It lives in memory only, and outlives a change of page, of language, and a lock.

use super::answers::Answers;
use crate::{
    trouble::Trouble,
    vault::{self, Sealed},
};
use leptos::prelude::*;
use protocol::{
    id::{AccountId, LogId},
    refused::Refused,
    vault::{Blob, Proof},
};

/// A sealed concern on its way. The same bytes are sent until the server has said that it holds them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Outgoing {
    /// What is sent.
    pub(crate) sealed: Sealed,
    /// Which vault sealed it: a later one cannot check its receipt.
    pub(crate) life: u32,
}

/// A concern that is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sent {
    /// The thread.
    pub(crate) log: LogId,
    /// What the receipt proves.
    pub(crate) proof: Proof,
}

/// The form, in the context of every component.
#[derive(Clone, Copy)]
pub(crate) struct Draft {
    /// What was typed.
    pub(crate) answers: RwSignal<Answers>,
    /// What is on its way. While there is something, answers do not change: they may have arrived.
    pub(crate) outgoing: RwSignal<Option<Outgoing>>,
    /// What arrived.
    pub(crate) sent: RwSignal<Option<Sent>>,
    put_away: RwSignal<Option<(AccountId, Blob)>>,
}

impl Draft {
    /// An empty one.
    pub(crate) fn new() -> Self {
        Self {
            answers: RwSignal::default(),
            outgoing: RwSignal::default(),
            sent: RwSignal::default(),
            put_away: RwSignal::default(),
        }
    }

    /// Whether something would be lost with this page.
    pub(crate) fn is_started(self) -> bool {
        self.put_away.with_untracked(Option::is_some)
            || self
                .answers
                .with_untracked(|answers| *answers != Answers::default())
    }

    /// Whether something is sealed here until its author comes back.
    pub(crate) fn is_put_away(self) -> bool {
        self.put_away.with(Option::is_some)
    }

    /// Seals what was typed to its author, and clears the form.
    pub(crate) async fn put_away(self, author: AccountId) -> Result<(), Trouble> {
        let answers = self.answers.get_untracked();
        if answers != Answers::default() {
            let form = vault::seal_form(answers.to_text()).await?;
            self.put_away.set(Some((author, form)));
        }
        self.answers.set(Answers::default());
        self.sent.set(None);
        Ok(())
    }

    /// Opens what `author` put away. What somebody else put away stays sealed.
    pub(crate) async fn bring_back(self, author: AccountId) -> Result<(), Trouble> {
        let Some((owner, form)) = self.put_away.get_untracked() else {
            return Ok(());
        };
        if owner == author {
            let text = vault::open_form(form).await?;
            let answers = Answers::from_text(&text).ok_or(Trouble::Refused(Refused::Malformed))?;
            self.answers.set(answers);
            self.put_away.set(None);
        }
        Ok(())
    }

    /// Forgets everything.
    pub(crate) fn clear(self) {
        self.answers.set(Answers::default());
        self.outgoing.set(None);
        self.sent.set(None);
        self.put_away.set(None);
    }

    /// It has arrived.
    pub(crate) fn has_arrived(self, sent: Sent) {
        self.answers.set(Answers::default());
        self.outgoing.set(None);
        self.sent.set(Some(sent));
    }
}
