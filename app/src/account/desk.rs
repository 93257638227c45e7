//! Where the person at this page stands: signed out, signed in with keys locked, or at work.

use super::{Role, Session, limits::Limits, opening};
use crate::{
    account,
    browser::{
        clock,
        tabs::{Tabs, Word},
    },
    concern::draft::Draft,
    error::AppError,
    place::Place,
    site::Site,
    trouble::Trouble,
    vault,
};
use leptos::{prelude::*, task::spawn_local};
use protocol::{
    id::{GroupId, Minute},
    vault::{Password, Trusted},
};

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
    fn role(&self) -> Option<Role> {
        match self {
            Self::Locked(session) => Some(session.role),
            Self::Open(open) => Some(open.session.role),
            Self::Unasked | Self::SignedOut => None,
        }
    }

    fn is_open(&self) -> bool {
        matches!(self, Self::Open(_))
    }
}

/// Somebody at work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Open {
    /// The session.
    pub(crate) session: Session,
    /// What was verified.
    pub(crate) trusted: Trusted,
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

/// The desk at which a person sits. One to a page, in the context of every component.
#[derive(Clone, Copy)]
pub(crate) struct Desk {
    state: RwSignal<State>,
    stage: RwSignal<Option<Stage>>,
    percent: RwSignal<Option<f64>>,
    back_to: StoredValue<Option<Place>>,
    limits: Limits,
    draft: Draft,
    site: StoredValue<Site>,
    here: Signal<Option<Place>>,
    go: Callback<(Place,)>,
    seen: StoredValue<Vec<(GroupId, u64)>>,
    ending: StoredValue<bool>,
    tabs: StoredValue<Option<Tabs>>,
}

impl Desk {
    /// A desk at which nobody sits. `here` is the page that is shown; `go` leads to another.
    pub(crate) fn new(site: Site, draft: Draft, here: Signal<Option<Place>>, go: Callback<(Place,)>) -> Self {
        Self {
            state: RwSignal::new(State::Unasked),
            stage: RwSignal::default(),
            percent: RwSignal::default(),
            back_to: StoredValue::default(),
            limits: Limits::new(),
            draft,
            site: StoredValue::new(site),
            here,
            go,
            seen: StoredValue::default(),
            ending: StoredValue::default(),
            tabs: StoredValue::default(),
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
        self.limits
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

    /// What was verified; nothing while the vault is locked.
    pub(crate) fn trusted(self) -> Option<Trusted> {
        self.state.with_untracked(|state| match state {
            State::Open(open) => Some(open.trusted.clone()),
            _ => None,
        })
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

    /// Remembers where to come back to after signing in.
    pub(crate) fn come_back_to(self, place: Place) {
        self.back_to.set_value(Some(place));
    }

    /// Goes on from signing in or out.
    pub(crate) fn go_on(self) {
        let home = self
            .state
            .with_untracked(State::role)
            .map_or(Place::Start, Place::home);
        self.go(self
            .back_to
            .try_update_value(Option::take)
            .flatten()
            .unwrap_or(home));
    }

    /// Lets the other tabs hear of this one.
    pub(crate) fn listen(self) {
        let heard = move |word| match word {
            Word::Alive => self.limits.touch(),
            Word::Left => spawn_local(self.end()),
        };
        self.tabs.set_value(Some(Tabs::open(heard)));
    }

    /// Asks the server who this is, where it was not asked yet.
    pub(crate) async fn ask(self) {
        if self.state.with_untracked(|state| *state != State::Unasked) {
            return;
        }
        let used = clock::seconds();
        let answer = account::load_session().await;
        let _ = self.note(answer.map(|session| {
            self.limits.begin(&session, used);
            self.state.set(State::Locked(session));
        }));
    }

    /// Uses the session, so that it lasts.
    pub(crate) async fn stay(self) {
        let used = clock::seconds();
        if let Ok(session) = self.note(account::load_session().await) {
            self.limits.begin(&session, used);
            self.tell(Word::Alive);
        }
    }

    /// Signs in and opens the vault.
    pub(crate) async fn sign_in(self, name: String, password: Password) -> Result<(), Trouble> {
        let opened = opening::sign_in(self, name, password).await;
        self.settle(opened).await
    }

    /// Opens the vault of the session that there is.
    pub(crate) async fn unlock(self, session: Session, password: Password) -> Result<(), Trouble> {
        let opened = opening::unlock(self, session, password).await;
        self.settle(opened).await
    }

    async fn settle(self, opened: Result<Open, Trouble>) -> Result<(), Trouble> {
        self.stage.set(None);
        self.percent.set(None);
        match opened {
            Ok(open) => {
                self.tell(Word::Alive);
                self.seen.set_value(Vec::new());
                let brought = self.draft.bring_back(open.session.account).await;
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
    pub(super) fn at(self, stage: Stage) {
        self.stage.set(Some(stage));
        self.percent.set(None);
    }

    /// Says how far the vault has come.
    pub(super) fn come_to(self, percent: f64) {
        self.percent.set(Some(percent));
    }

    /// A session has begun, whether or not the vault opens.
    pub(super) fn begin(self, session: &Session) {
        self.limits.begin(session, clock::seconds());
        self.state.set(State::Locked(session.clone()));
    }

    /// Locks the keys. An unfinished form is sealed first; where that fails, nothing is locked and nothing lost.
    pub(crate) async fn lock(self) -> Result<(), Trouble> {
        let State::Open(open) = self.state.get_untracked() else {
            return Ok(());
        };
        self.draft.put_away(open.session.account).await?;
        vault::stop();
        self.state.set(State::Locked(open.session));
        Ok(())
    }

    /// The session has ended: what is unfinished is sealed and kept, everything else is gone.
    pub(crate) async fn end(self) {
        if self
            .ending
            .try_update_value(|ending| std::mem::replace(ending, true))
            != Some(false)
        {
            return;
        }
        let place = self.here.get_untracked();
        if let State::Open(open) = self.state.get_untracked() {
            // Where it cannot be sealed it cannot be kept: the person at the screen may no longer be its author.
            drop(self.draft.put_away(open.session.account).await);
        }
        self.close();
        self.ending.set_value(false);
        self.back_to.set_value(place);
        self.go(Place::Ended);
    }

    /// Signs out, here and on the server; what is unfinished is gone.
    pub(crate) async fn sign_out(self) -> Result<(), Trouble> {
        self.forget();
        self.tell(Word::Left);
        Ok(account::sign_out().await?)
    }

    /// Ends everything that this page holds.
    pub(crate) fn forget(self) {
        self.draft.clear();
        self.close();
    }

    fn close(self) {
        vault::stop();
        self.limits.end();
        self.state.set(State::SignedOut);
    }

    fn tell(self, word: Word) {
        if let Some(tabs) = self.tabs.get_value() {
            tabs.say(word);
        }
    }

    /// Takes note of what an answer of the server says about the session.
    pub(crate) fn note<T>(self, answer: Result<T, AppError>) -> Result<T, Trouble> {
        match &answer {
            Ok(_) => self.limits.touch(),
            Err(AppError::SignedOut) if self.state.with_untracked(State::is_open) => spawn_local(self.end()),
            Err(AppError::SignedOut) => self.close(),
            Err(_) => (),
        }
        Ok(answer?)
    }
}
