//! The form that somebody is filling in. It lives in memory only, and outlives a change of page, of language, and a lock.

pub(super) mod delete;
pub(super) mod list;
pub(super) mod saved;
pub(super) mod saving;
mod words;

use super::{
    addition::{Addition, Additions},
    answers::Answers,
    evidence::files::Files,
};
use crate::{
    trouble::Trouble,
    vault::{self, Sealed},
};
use leptos::prelude::*;
use protocol::{
    id::{AccountId, AppendId, Hash, LogId, UnsentId},
    unsent::PAGE,
    vault::{Blob, FileView, Proof, UnsentView},
};
use saving::Saving;
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

/// What somebody wrote.
#[derive(Clone, Default, PartialEq, Eq)]
pub(super) struct Written {
    answers: Answers,
    label: String,
    files: Vec<FileView>,
}

/// Where on the server a draft lies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Kept {
    /// Which draft it is; nothing before it was first sealed.
    id: Option<UnsentId>,
    /// Its drawer; nothing before it was first saved.
    pub(super) drawer: Option<u8>,
    /// The version that was saved last; 0 where none was.
    pub(super) version: u32,
    /// The hash of its bytes, by which the server knows them.
    pub(super) hash: Option<Hash>,
    /// The version after that, where no answer came: the same bytes are sent again.
    pending: Option<Blob>,
}

/// What somebody has not finished. Whoever holds it keeps it from the screen.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct Unfinished {
    written: Written,
    saved: Written,
    outgoing: Option<Outgoing>,
    kept: Kept,
    additions: Vec<Addition>,
}

/// The same, sealed to its author.
#[derive(Clone, Debug, Default)]
struct PutAway {
    form: Option<Blob>,
    additions: Option<Blob>,
    is_saved: bool,
    outgoing: Option<Outgoing>,
    kept: Kept,
}

impl Unfinished {
    async fn seal_form(&self) -> Result<Option<Blob>, Trouble> {
        if self.written == Written::default() {
            return Ok(None);
        }
        let text = words::of_form(self.written.clone(), self.kept.id).await?;
        Ok(Some(vault::seal_unsent(PAGE, 0, text).await?.1))
    }

    async fn seal_additions(&self) -> Result<Option<Blob>, Trouble> {
        if self.additions.is_empty() {
            return Ok(None);
        }
        let text = words::of_additions(self.additions.clone()).await?;
        Ok(Some(vault::seal_unsent(PAGE, 0, text).await?.1))
    }
}

impl core::fmt::Debug for Written {
    /// Nothing of what was written.
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        out.write_str("Written(..)")
    }
}

impl PutAway {
    fn holds_anything(&self) -> bool {
        self.form.is_some() || self.additions.is_some() || self.outgoing.is_some()
    }

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
    /// What its author calls it.
    pub(super) label: RwSignal<String>,
    /// Its files.
    pub(crate) files: Files,
    /// What is being added to concerns that were sent.
    pub(crate) additions: Additions,
    /// Where it lies on the server.
    pub(super) kept: RwSignal<Kept>,
    /// How its saving stands.
    pub(super) saving: RwSignal<Saving>,
    /// What was saved last.
    saved: StoredValue<Written>,
    /// Whether it is being saved.
    busy: StoredValue<bool>,
    put_away: StoredValue<BTreeMap<AccountId, PutAway>>,
}

impl Draft {
    /// An empty one.
    pub(crate) fn new() -> Self {
        Self {
            answers: RwSignal::default(),
            outgoing: RwSignal::default(),
            sent: RwSignal::default(),
            label: RwSignal::default(),
            files: Files::new(),
            additions: Additions::new(),
            kept: RwSignal::default(),
            saving: RwSignal::default(),
            saved: StoredValue::default(),
            busy: StoredValue::default(),
            put_away: StoredValue::default(),
        }
    }

    /// Whether the person at work has something unfinished.
    pub(crate) fn is_started(self) -> bool {
        self.written() != Written::default() || self.outgoing.with_untracked(Option::is_some)
    }

    /// Whether the person at work has something that is on no server yet.
    pub(crate) fn is_unsaved(self) -> bool {
        let waits = self.kept.with_untracked(|kept| kept.pending.is_some());
        waits || self.outgoing.with_untracked(Option::is_some) || self.has_changed()
    }

    /// Whether the person at work has something that is gone with this page.
    pub(crate) fn would_be_lost(self) -> bool {
        self.is_unsaved() || self.additions.are_there()
    }

    /// Whether the server has everything that was written, as a signal tells.
    fn is_settled(self) -> bool {
        self.answers.track();
        self.label.track();
        self.files.all.track();
        let arrived = self.kept.with(|kept| kept.pending.is_none());
        arrived && !self.has_changed()
    }

    /// Whether nothing is on its way: then what was written can still be changed, and saved.
    fn is_open_to_change(self) -> bool {
        self.outgoing.with_untracked(Option::is_none)
    }

    /// Whether something was written since it was saved.
    fn has_changed(self) -> bool {
        let written = self.written();
        self.saved.with_value(|saved| *saved != written)
    }

    /// Whether something of `author` is sealed here until they come back.
    pub(crate) fn is_put_away(self, author: AccountId) -> bool {
        self.put_away.with_value(|all| all.contains_key(&author))
    }

    /// The same, of what is on no server yet.
    pub(crate) fn is_put_away_unsaved(self, author: AccountId) -> bool {
        let unsaved = |one: &PutAway| {
            !one.is_saved || one.outgoing.is_some() || one.kept.pending.is_some() || one.additions.is_some()
        };
        self.put_away
            .with_value(|all| all.get(&author).is_some_and(unsaved))
    }

    /// Whether something would be lost with this page, whoever's it is.
    pub(crate) fn holds_anything(self) -> bool {
        self.would_be_lost() || self.put_away.with_value(|all| !all.is_empty())
    }

    fn written(self) -> Written {
        Written {
            answers: self.answers.get_untracked(),
            label: self.label.get_untracked(),
            files: self.files.all.get_untracked(),
        }
    }

    fn unfinished(self) -> Unfinished {
        Unfinished {
            written: self.written(),
            saved: self.saved.get_value(),
            outgoing: self.outgoing.get_untracked(),
            kept: self.kept.get_untracked(),
            additions: self.additions.all(),
        }
    }

    /// Seals what is unfinished to its author, and clears the form; where it cannot be sealed the form stays.
    pub(crate) async fn put_away(self, author: AccountId) -> Result<(), Trouble> {
        self.keep(author, self.unfinished()).await?;
        self.leave();
        Ok(())
    }

    /// Clears the form at once, and gives what was unfinished.
    pub(crate) fn take(self) -> Unfinished {
        let unfinished = self.unfinished();
        self.leave();
        unfinished
    }

    /// Keeps what was taken for its author: typed text sealed, or not at all. What is on its way is sealed already.
    pub(crate) async fn keep(self, author: AccountId, unfinished: Unfinished) -> Result<(), Trouble> {
        let form = unfinished.seal_form().await;
        let additions = unfinished.seal_additions().await;
        let Unfinished {
            written,
            saved,
            outgoing,
            kept,
            ..
        } = unfinished;
        let put_away = PutAway {
            is_saved: written == saved,
            form: form.clone().ok().flatten(),
            additions: additions.clone().ok().flatten(),
            outgoing,
            kept,
        };
        if put_away.holds_anything() {
            self.put_away
                .update_value(|all| drop(all.insert(author, put_away)));
        }
        form.and(additions).map(drop)
    }

    /// Opens what `author` put away, in place of whatever is here. What others put away stays sealed.
    pub(crate) async fn bring_back(self, author: AccountId) -> Result<(), Trouble> {
        self.leave();
        let Some(put_away) = self.put_away.with_value(|all| all.get(&author).cloned()) else {
            return Ok(());
        };
        self.outgoing.set(put_away.outgoing);
        if let Some(form) = put_away.form {
            let written = words::to_form(vault::open_unsent(PAGE, form).await?).await?;
            if put_away.is_saved {
                self.saved.set_value(written.clone());
            }
            self.show(written);
        }
        if let Some(additions) = put_away.additions {
            let all = words::to_additions(vault::open_unsent(PAGE, additions).await?).await?;
            self.additions.show(all);
        }
        self.kept.set(put_away.kept);
        self.forget(author);
        Ok(())
    }

    /// Forgets what `author` put away.
    pub(crate) fn forget(self, author: AccountId) {
        self.put_away.update_value(|all| drop(all.remove(&author)));
    }

    /// Forgets everything, whoever's it is.
    pub(crate) fn forget_all(self) {
        self.leave();
        self.put_away.update_value(BTreeMap::clear);
    }

    /// Clears all that the person at work has written.
    pub(crate) fn leave(self) {
        self.clear();
        self.additions.clear();
    }

    /// Clears the form of the person at work.
    pub(crate) fn clear(self) {
        self.show(Written::default());
        self.outgoing.set(None);
        self.sent.set(None);
        self.kept.set(Kept::default());
        self.saved.set_value(Written::default());
        self.saving.set(Saving::default());
    }

    fn show(self, written: Written) {
        self.answers.set(written.answers);
        self.label.set(written.label);
        self.files.show(written.files);
    }

    /// Shows a draft that lay in a drawer, in place of whatever is here.
    async fn take_up(self, drawer: u8, view: UnsentView, hash: Hash) -> Result<(), Trouble> {
        let (id, version) = (view.id, view.version);
        let written = words::to_form(view).await?;
        self.clear();
        self.saved.set_value(written.clone());
        self.show(written);
        self.kept.set(Kept {
            id: Some(id),
            drawer: Some(drawer),
            version,
            hash: Some(hash),
            pending: None,
        });
        Ok(())
    }

    /// Changes what is known of where a draft lies, wherever it is by now: its author may have locked the keys or left.
    fn note(self, id: UnsentId, change: impl Fn(&mut Kept)) {
        self.kept.update(|kept| {
            if kept.id == Some(id) {
                change(kept);
            }
        });
        self.put_away.update_value(|all| {
            for one in all.values_mut().filter(|one| one.kept.id == Some(id)) {
                change(&mut one.kept);
            }
        });
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_waits_for_an_answer_is_not_saved_yet() {
        let owner = Owner::new();
        owner.set();
        let draft = Draft::new();
        assert!(!draft.is_unsaved() && !draft.holds_anything());
        draft.kept.update(|kept| kept.pending = Some(Blob(vec![1])));
        assert!(draft.is_unsaved() && draft.holds_anything());
    }
}
