//! The files of a draft: what the vault has of them, and how far each has come.

use crate::trouble::Trouble;
use leptos::prelude::*;
use protocol::{
    attachment::{LARGEST, MOST},
    id::AttachmentId,
    vault::FileView,
};
use std::collections::{BTreeMap, BTreeSet};

/// How a file stands that is not stored whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// Others are before it.
    Waiting,
    /// A part is being sealed; so many of a hundred are stored.
    Sealing(u32),
    /// A part is on its way.
    Uploading(u32),
    /// A part did not arrive, and is sent again.
    Again(u32),
    /// Its owner has stopped it.
    Paused,
    /// It stopped by itself.
    Failed(Trouble),
}

impl State {
    /// How far it has come, while it moves.
    pub(super) fn percent(&self) -> Option<u32> {
        match self {
            Self::Sealing(percent) | Self::Uploading(percent) | Self::Again(percent) => Some(*percent),
            Self::Waiting | Self::Paused | Self::Failed(_) => None,
        }
    }
}

/// Why a file cannot be added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unfit {
    Empty,
    TooLarge,
    TooMany,
    TooMuch,
}

/// The files of the draft that is shown.
#[derive(Clone, Copy)]
pub(crate) struct Files {
    /// As the vault has them.
    pub(crate) all: RwSignal<Vec<FileView>>,
    /// Those that are not whole; one that is neither here nor whole has to be chosen again.
    pub(super) states: RwSignal<BTreeMap<AttachmentId, State>>,
    /// Those of which something is said that cannot be shown.
    unshown: RwSignal<BTreeSet<AttachmentId>>,
    chosen: StoredValue<BTreeMap<AttachmentId, web_sys::File>, LocalStorage>,
    pub(super) busy: StoredValue<bool>,
}

impl Files {
    /// None.
    pub(crate) fn new() -> Self {
        Self {
            all: RwSignal::default(),
            states: RwSignal::default(),
            unshown: RwSignal::default(),
            chosen: StoredValue::new_local(BTreeMap::new()),
            busy: StoredValue::default(),
        }
    }

    /// Shows these, in place of whatever is here. What was chosen is forgotten.
    pub(crate) fn show(self, all: Vec<FileView>) {
        self.states.set(BTreeMap::new());
        self.unshown.set(BTreeSet::new());
        self.chosen.update_value(BTreeMap::clear);
        self.all.set(all);
    }

    /// What is said of this file can be shown, or cannot.
    pub(super) fn note_is(self, id: AttachmentId, shown: bool) {
        self.unshown
            .try_update(|all| if shown { all.remove(&id) } else { all.insert(id) });
    }

    /// Whether something is said of one of them that cannot be shown.
    pub(crate) fn has_unshown_note(self) -> bool {
        let all = self.all.get_untracked();
        self.unshown
            .with_untracked(|unshown| all.iter().any(|one| unshown.contains(&one.id)))
    }

    /// Whether all of them are stored whole.
    pub(crate) fn are_whole(self) -> bool {
        self.all.with(|all| all.iter().all(|one| one.hash.is_some()))
    }

    /// Why one of this length cannot be added, if it cannot.
    pub(super) fn unfit(self, length: u64) -> Option<Unfit> {
        let (count, total) = self
            .all
            .with_untracked(|all| (all.len(), all.iter().map(|one| one.length).sum::<u64>()));
        match length {
            0 => Some(Unfit::Empty),
            _ if length > LARGEST => Some(Unfit::TooLarge),
            _ if count >= MOST => Some(Unfit::TooMany),
            _ if total + length > LARGEST => Some(Unfit::TooMuch),
            _ => None,
        }
    }

    /// What was chosen as this file, since the keys were opened.
    pub(super) fn chosen(self, id: AttachmentId) -> Option<web_sys::File> {
        self.chosen.with_value(|all| all.get(&id).cloned())
    }

    /// This was chosen as that file, which waits for its turn.
    pub(super) fn choose(self, id: AttachmentId, file: web_sys::File) {
        self.chosen.update_value(|all| drop(all.insert(id, file)));
        self.states.update(|all| {
            all.insert(id, State::Waiting);
        });
    }

    /// Sets how a file stands, if it is still among them.
    pub(super) fn say(self, id: AttachmentId, state: State) {
        let there = self.all.with_untracked(|all| all.iter().any(|one| one.id == id));
        if there {
            self.states.update(|all| {
                all.insert(id, state);
            });
        }
    }

    pub(super) fn state(self, id: AttachmentId) -> Option<State> {
        self.states.with_untracked(|all| all.get(&id).cloned())
    }

    /// Puts what the vault says of a file in place of what it said before.
    pub(super) fn put(self, view: &FileView) {
        self.all.update(|all| {
            for one in all.iter_mut().filter(|one| one.id == view.id) {
                one.clone_from(view);
            }
        });
        if view.hash.is_some() {
            self.states.update(|all| {
                all.remove(&view.id);
            });
        }
    }

    fn forget(self, id: AttachmentId) {
        self.states.update(|all| {
            all.remove(&id);
        });
        self.chosen.update_value(|all| drop(all.remove(&id)));
    }

    /// Takes a file out, and the copies of it.
    pub(super) fn remove(self, id: AttachmentId) {
        let goes = |one: &FileView| one.id == id || one.copy_of == Some(id);
        let gone: Vec<_> = self
            .all
            .with_untracked(|all| all.iter().filter(|one| goes(one)).map(|one| one.id).collect());
        self.all.update(|all| all.retain(|one| !goes(one)));
        for id in gone {
            self.forget(id);
        }
    }

    /// The first that waits for its turn.
    pub(super) fn next(self) -> Option<AttachmentId> {
        let waits = |id: &AttachmentId| self.state(*id) == Some(State::Waiting);
        self.all
            .with_untracked(|all| all.iter().map(|one| one.id).find(waits))
    }
}
