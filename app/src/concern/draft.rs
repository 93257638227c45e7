//! The form that somebody is filling in. It lives in memory only, and outlives a change of page, of language, and a lock.

use super::answers::Answers;
use crate::{
    trouble::Trouble,
    vault::{self, Sealed},
};
use leptos::prelude::*;
use protocol::{
    id::{AccountId, AppendId, LogId},
    refused::Refused,
    vault::{Blob, Proof},
};
use std::collections::BTreeMap;

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

/// What somebody has not finished. Whoever holds it keeps it from the screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Unfinished {
    answers: Answers,
    outgoing: Option<Outgoing>,
}

/// The same, sealed to its author.
#[derive(Clone, Debug, Default)]
struct PutAway {
    form: Option<Blob>,
    outgoing: Option<Outgoing>,
}

impl PutAway {
    fn carries(&self, append: AppendId) -> bool {
        self.outgoing
            .as_ref()
            .is_some_and(|one| one.sealed.append == append)
    }
}

/// The form, in the context of every component. What it shows is of the one person whose keys are open; what others of this
/// tab left unfinished is sealed to each of them, and waits until they come back.
#[derive(Clone, Copy)]
pub(crate) struct Draft {
    /// What was typed.
    pub(crate) answers: RwSignal<Answers>,
    /// What is on its way. While there is something, answers do not change: they may have arrived.
    pub(crate) outgoing: RwSignal<Option<Outgoing>>,
    /// What arrived.
    pub(crate) sent: RwSignal<Option<Sent>>,
    put_away: StoredValue<BTreeMap<AccountId, PutAway>>,
}

impl Draft {
    /// An empty one.
    pub(crate) fn new() -> Self {
        Self {
            answers: RwSignal::default(),
            outgoing: RwSignal::default(),
            sent: RwSignal::default(),
            put_away: StoredValue::default(),
        }
    }

    /// Whether the person at work has something unfinished.
    pub(crate) fn is_started(self) -> bool {
        self.unfinished() != Unfinished::default()
    }

    /// Whether something of `author` is sealed here until they come back.
    pub(crate) fn is_put_away(self, author: AccountId) -> bool {
        self.put_away.with_value(|all| all.contains_key(&author))
    }

    /// Whether something would be lost with this page, whoever's it is.
    pub(crate) fn holds_anything(self) -> bool {
        self.is_started() || self.put_away.with_value(|all| !all.is_empty())
    }

    fn unfinished(self) -> Unfinished {
        Unfinished {
            answers: self.answers.get_untracked(),
            outgoing: self.outgoing.get_untracked(),
        }
    }

    /// Seals what is unfinished to its author, and clears the form; where it cannot be sealed the form stays.
    pub(crate) async fn put_away(self, author: AccountId) -> Result<(), Trouble> {
        self.keep(author, self.unfinished()).await?;
        self.clear();
        Ok(())
    }

    /// Clears the form at once, and gives what was unfinished.
    pub(crate) fn take(self) -> Unfinished {
        let unfinished = self.unfinished();
        self.clear();
        unfinished
    }

    /// Keeps what was taken for its author: typed text sealed, or not at all. What is on its way is sealed already.
    pub(crate) async fn keep(self, author: AccountId, unfinished: Unfinished) -> Result<(), Trouble> {
        let Unfinished { answers, outgoing } = unfinished;
        let sealed = if answers == Answers::default() {
            Ok(None)
        } else {
            vault::seal_form(answers.to_text()).await.map(Some)
        };
        let (form, problem) = match sealed {
            Ok(form) => (form, Ok(())),
            Err(trouble) => (None, Err(trouble)),
        };
        if form.is_some() || outgoing.is_some() {
            self.put_away
                .update_value(|all| drop(all.insert(author, PutAway { form, outgoing })));
        }
        problem
    }

    /// Opens what `author` put away, in place of whatever is here. What others put away stays sealed.
    pub(crate) async fn bring_back(self, author: AccountId) -> Result<(), Trouble> {
        self.clear();
        let Some(PutAway { form, outgoing }) = self.put_away.with_value(|all| all.get(&author).cloned())
        else {
            return Ok(());
        };
        self.outgoing.set(outgoing);
        if let Some(form) = form {
            let text = vault::open_form(form).await?;
            let answers = Answers::from_text(&text).ok_or(Trouble::Refused(Refused::Malformed))?;
            self.answers.set(answers);
        }
        self.forget(author);
        Ok(())
    }

    /// Forgets what `author` put away.
    pub(crate) fn forget(self, author: AccountId) {
        self.put_away.update_value(|all| drop(all.remove(&author)));
    }

    /// Forgets everything, whoever's it is.
    pub(crate) fn forget_all(self) {
        self.clear();
        self.put_away.update_value(BTreeMap::clear);
    }

    /// Clears the form of the person at work.
    pub(crate) fn clear(self) {
        self.answers.set(Answers::default());
        self.outgoing.set(None);
        self.sent.set(None);
    }

    fn carries(self, append: AppendId) -> bool {
        self.outgoing
            .with_untracked(|one| one.as_ref().is_some_and(|one| one.sealed.append == append))
    }

    /// This append was refused for certain: it is no longer on its way. Its author may have left since it was sent.
    pub(crate) fn was_refused(self, append: AppendId) {
        if self.carries(append) {
            self.outgoing.set(None);
        }
        self.put_away.update_value(|all| {
            for one in all.values_mut().filter(|one| one.carries(append)) {
                one.outgoing = None;
            }
        });
    }

    /// This append has arrived, and with it what was typed. Its author may have left since it was sent.
    pub(crate) fn has_arrived(self, append: AppendId, sent: Sent) {
        if self.carries(append) {
            self.clear();
            self.sent.set(Some(sent));
        }
        self.put_away
            .update_value(|all| all.retain(|_, one| !one.carries(append)));
    }
}
