//! Where the person at this page stands: signed out, signed in with keys locked, or at work.

mod arriving;
mod leaving;
mod state;

pub(crate) use state::{Ended, Open, Stage, State};

use super::{NewWay, Role, Session, Way, fresh::Waits, limits::Limits, remembered};
use crate::{
    account, browser::tabs::Tabs, bytes::Bytes, concern::draft::Draft, error::AppError, place::Place,
    site::Site, trouble::Trouble, vault,
};
use leptos::{prelude::*, task::spawn_local};
use protocol::{
    id::{AccountId, GroupId},
    slot::SlotKind,
    vault::{Blob, NewSlots, Trusted},
};

/// The desk at which a person sits. One to a page, in the context of every component.
#[derive(Clone, Copy)]
pub(crate) struct Desk {
    state: RwSignal<State>,
    stage: RwSignal<Option<Stage>>,
    percent: RwSignal<Option<f64>>,
    back_to: StoredValue<Option<(Option<AccountId>, Place)>>,
    limits: StoredValue<Limits>,
    draft: StoredValue<Draft>,
    site: StoredValue<Site>,
    here: Signal<Option<Place>>,
    go: Callback<(Place,)>,
    seen: StoredValue<Vec<(GroupId, u64)>>,
    ended: RwSignal<Ended>,
    tabs: StoredValue<Option<Tabs>>,
    waits: StoredValue<Waits>,
}

impl Desk {
    /// A desk at which nobody sits. `here` is the page that is shown; `go` leads to another.
    pub(crate) fn new(site: Site, draft: Draft, here: Signal<Option<Place>>, go: Callback<(Place,)>) -> Self {
        Self {
            state: RwSignal::new(State::Unasked),
            stage: RwSignal::default(),
            percent: RwSignal::default(),
            back_to: StoredValue::default(),
            limits: StoredValue::new(Limits::new()),
            draft: StoredValue::new(draft),
            site: StoredValue::new(site),
            here,
            go,
            seen: StoredValue::default(),
            ended: RwSignal::default(),
            tabs: StoredValue::default(),
            waits: StoredValue::new(Waits::new()),
        }
    }

    /// Where the person stands.
    pub(crate) fn state(self) -> Signal<State> {
        self.state.into()
    }

    /// What the opening of the vault is busy with, while it is.
    pub(crate) fn stage(self) -> Signal<Option<Stage>> {
        self.stage.into()
    }

    /// How far the vault has come with what takes long.
    pub(crate) fn percent(self) -> Signal<Option<f64>> {
        self.percent.into()
    }

    /// How long the session still lasts.
    pub(crate) fn limits(self) -> Limits {
        self.limits.get_value()
    }

    /// The deployment.
    pub(crate) fn site(self) -> Site {
        self.site.get_value()
    }

    /// What the person at work is for, if anybody is.
    pub(crate) fn role(self) -> Option<Role> {
        self.state.with(State::role)
    }

    /// Whether the vault is open.
    pub(crate) fn is_open(self) -> bool {
        self.state.with(State::is_open)
    }

    /// What was verified; nothing while the vault is locked, and while there is no directory.
    pub(crate) fn trusted(self) -> Option<Trusted> {
        self.state.with_untracked(|state| state.trusted().cloned())
    }

    /// The page that is shown.
    pub(crate) fn here(self) -> Signal<Option<Place>> {
        self.here
    }

    /// The account that is signed in here, as far as this page knows.
    pub(crate) fn account(self) -> Option<AccountId> {
        self.state
            .with_untracked(|state| state.session().map(|session| session.account))
    }

    /// The session, as far as this page knows.
    pub(crate) fn session(self) -> Option<Session> {
        self.state.with_untracked(|state| state.session().cloned())
    }

    /// Stores changed keys, with the secrets that sign in by what is new. Where that fails the vault holds keys that are nowhere
    /// else, so it is stopped: the ones before still open with what opened them before.
    pub(crate) async fn store_ways(self, slots: NewSlots, secrets: Vec<(Way, Bytes)>) -> Result<(), Trouble> {
        let Some(session) = self.session() else {
            return Err(AppError::SignedOut.into());
        };
        let ways = ways(slots.slots, secrets);
        let keyring = Bytes(slots.keyring.0);
        let stored = self
            .fresh(|| account::store_ways(slots.version, keyring.clone(), ways.clone()))
            .await;
        if stored.is_err() {
            vault::stop();
            self.state.set(State::Locked(session));
        } else if session.role != Role::Practitioner {
            remembered::write(session.account, slots.seen);
        }
        stored
    }

    /// How the last session here ended.
    pub(crate) fn ended(self) -> Signal<Ended> {
        self.ended.into()
    }

    /// How far this vault has followed the commitment chain of `compartment`.
    pub(crate) fn seen(self, compartment: GroupId) -> u64 {
        let found = |seen: &Vec<(GroupId, u64)>| {
            seen.iter()
                .find(|(group, _)| *group == compartment)
                .map(|one| one.1)
        };
        self.seen.with_value(found).unwrap_or(0)
    }

    /// There is a new vault, which has followed nothing.
    pub(super) fn has_seen_nothing(self) {
        self.seen.set_value(Vec::new());
    }

    /// The vault has followed it up to `position`.
    pub(crate) fn saw(self, compartment: GroupId, position: u64) {
        self.seen.update_value(|seen| {
            seen.retain(|(group, _)| *group != compartment);
            seen.push((compartment, position));
        });
    }

    /// Goes to another page.
    pub(crate) fn go(self, place: Place) {
        self.go.run((place,));
    }

    /// Remembers where to come back to after signing in, whoever does.
    pub(crate) fn come_back_to(self, place: Place) {
        self.back_to.set_value(Some((None, place)));
    }

    /// Goes on from signing in or out.
    pub(crate) fn go_on(self) {
        let home = self
            .state
            .with_untracked(State::role)
            .map_or(Place::Start, Place::home);
        let back = self.back_to.try_update_value(Option::take).flatten();
        let own = back.filter(|(owner, _)| owner.is_none_or(|owner| self.account() == Some(owner)));
        self.go(own.map_or(home, |(_, place)| place));
    }

    /// What waits until the person shows again that it is them.
    pub(super) fn waiting(self) -> Waits {
        self.waits.get_value()
    }

    /// Takes note of what an answer of the server says about the session.
    pub(crate) fn note<T>(self, answer: Result<T, AppError>) -> Result<T, Trouble> {
        match &answer {
            Ok(_) => self.limits().touch(),
            Err(AppError::SignedOut) if self.state.with_untracked(State::is_open) => {
                spawn_local(self.end(false));
            }
            Err(AppError::SignedOut) => self.close(),
            Err(_) => (),
        }
        Ok(answer?)
    }
}

/// Slots as the server stores them, each with its secret where that is new.
pub(crate) fn ways(slots: Vec<(SlotKind, Blob)>, secrets: Vec<(Way, Bytes)>) -> Vec<NewWay> {
    let way = |(kind, sealed): (SlotKind, Blob)| {
        let way = Way::from(kind);
        let secret = secrets.iter().find(|(one, _)| *one == way);
        NewWay {
            way,
            sealed: Bytes(sealed.0),
            secret: secret.map(|(_, secret)| secret.clone()),
        }
    };
    slots.into_iter().map(way).collect()
}
