//! A case as the queue lists it, once it was opened: what is shown, what it is sorted by, and what is searched.

use super::{cases::Opened, refer};
use crate::{browser::clock, trouble::Trouble, working_days};
use protocol::{
    casework::{Message, Stage, Status},
    id::{AccountId, LogId, Minute},
    told::{Danger, More, Told},
};

/// How long before something is due it is shown among what is.
const SOON: u32 = 24 * 60;

/// A case of the queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Listed {
    pub(super) log: LogId,
    /// The short name.
    pub(super) reference: String,
    /// What was read of it, or why nothing was.
    pub(super) seen: Result<Seen, Trouble>,
}

/// What was read of a case.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Seen {
    /// The force, by its identifier.
    pub(super) force: String,
    /// The compartment's unit.
    pub(super) unit: String,
    /// Whether it is the unit's sealed compartment.
    pub(super) sealed: bool,
    /// Whom it is about, as far as a name is known.
    pub(super) people: Vec<String>,
    /// Whether somebody may be in danger.
    pub(super) urgent: bool,
    /// Whether whoever told has said more since a member did anything.
    pub(super) answered: bool,
    pub(super) stage: Stage,
    pub(super) owner: Option<AccountId>,
    /// By when something is to be done.
    pub(super) due: Option<Minute>,
    pub(super) written: Minute,
    /// Everything that is searched, in small letters.
    words: String,
}

impl core::fmt::Debug for Seen {
    /// Nothing of what was told.
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(out, "Seen({:?})", self.stage)
    }
}

/// Which cases are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum View {
    /// All that are not over.
    Open,
    /// Those that nobody works on.
    Unassigned,
    /// Those of whoever looks.
    Mine,
    /// Those of which something is due within a day, or was.
    Due,
    /// Those that wait for whoever told.
    Waiting,
    /// Those that are over.
    Closed,
}

impl View {
    pub(super) const ALL: [Self; 6] = [
        Self::Open,
        Self::Unassigned,
        Self::Mine,
        Self::Due,
        Self::Waiting,
        Self::Closed,
    ];

    /// Whether it shows this case, to `me`, now.
    pub(super) fn shows(self, one: &Listed, me: AccountId, now: Minute) -> bool {
        let Ok(seen) = &one.seen else {
            // What cannot be opened is never out of sight.
            return self == Self::Open;
        };
        let open = !seen.stage.is_over();
        match self {
            Self::Open => open,
            Self::Unassigned => open && seen.owner.is_none(),
            Self::Mine => open && seen.owner == Some(me),
            Self::Due => seen.due.is_some_and(|due| due.0 <= now.0 + SOON),
            Self::Waiting => seen.stage == Stage::Asked,
            Self::Closed => !open,
        }
    }
}

impl Listed {
    pub(super) fn of(log: LogId, reference: String, opened: Result<Opened, Trouble>) -> Self {
        Self {
            log,
            reference,
            seen: opened.map(|opened| Seen::of(&opened)),
        }
    }

    /// Whether every word that is looked for is in it.
    pub(super) fn has(&self, looked_for: &str) -> bool {
        let looked_for = looked_for.to_lowercase();
        let reference = self.reference.to_lowercase();
        let is_there = |word: &str| {
            reference.contains(word) || self.seen.as_ref().is_ok_and(|seen| seen.words.contains(word))
        };
        looked_for.split_whitespace().all(is_there)
    }

    /// Those in danger first, then what is due first, then the newest; what cannot be opened stands above all.
    pub(super) fn rank(&self) -> (bool, bool, u32, core::cmp::Reverse<u32>) {
        match &self.seen {
            Err(_) => (false, false, 0, core::cmp::Reverse(0)),
            Ok(seen) => (
                true,
                !seen.urgent,
                seen.due.map_or(u32::MAX, |due| due.0),
                core::cmp::Reverse(seen.written.0),
            ),
        }
    }
}

impl Seen {
    fn of(opened: &Opened) -> Self {
        let Opened { thread, case } = opened;
        let told = thread.concern.told().unwrap_or_default();
        let names = told.subjects.iter().map(|one| one.name.trim().to_owned());
        Self {
            force: thread.concern.force.clone(),
            unit: thread.compartment.unit.clone(),
            sealed: thread.compartment.sealed,
            people: names.filter(|name| !name.is_empty()).collect(),
            urgent: told.danger == Some(Danger::Yes) || case.stage() == Stage::Urgent,
            answered: is_answered(opened),
            stage: case.stage(),
            owner: case.owner,
            due: due(opened),
            written: thread.written,
            words: words(opened, &told),
        }
    }
}

/// By when the next thing is to be done: what the law says, always; and what the unit aims for, unless its clock stands still.
fn due(opened: &Opened) -> Option<Minute> {
    let Opened { thread, case } = opened;
    let stage = case.stage();
    let aims = thread.proof.aims.map(|aims| {
        let days = if stage == Stage::Received {
            aims.open
        } else {
            aims.answer
        };
        clock::end_of(working_days::after(thread.proof.day, days))
    });
    let stands = case.paused.is_some() || stage.is_over() || stage.status() > Status::Question;
    let aims = aims.filter(|_| !stands);
    refer::next(case).into_iter().chain(aims).min()
}

/// Whether whoever told has said something since a member did anything.
fn is_answered(opened: &Opened) -> bool {
    let Opened { thread, case } = opened;
    let messages = |by_unit: bool| {
        let of = thread
            .messages
            .iter()
            .filter(move |one| one.by.is_some() == by_unit);
        of.map(|one| one.written)
    };
    let theirs = thread.more.iter().map(|(at, _)| *at).chain(messages(false)).max();
    let ours = case.acts.iter().map(|act| act.when);
    let ours = ours.chain(messages(true)).chain(thread.opened).max();
    theirs.is_some() && theirs > ours
}

fn words(opened: &Opened, told: &Told) -> String {
    let more = opened
        .thread
        .more
        .iter()
        .filter_map(|(_, bytes)| More::from_bytes(bytes).ok());
    let messages = opened.thread.messages.iter();
    let messages = messages.filter_map(|one| Message::from_bytes(&one.message).ok());
    let later = more.map(|one| one.text).chain(messages.map(|one| one.text));
    let all: Vec<_> = told.texts().map(str::to_owned).chain(later).collect();
    all.join("\n").to_lowercase()
}
