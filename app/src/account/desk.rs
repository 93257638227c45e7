//! Where the person at this page stands: signed out, signed in with keys locked, or at work.

use super::{
    NewWay, Role, Session, Way,
    factor::Lacks,
    fresh::Waits,
    limits::Limits,
    opening::{self, Key},
    remembered,
};
use crate::{
    account,
    browser::{
        clock,
        tabs::{Tabs, Word},
    },
    bytes::Bytes,
    concern::draft::Draft,
    directory,
    error::AppError,
    place::Place,
    site::Site,
    trouble::Trouble,
    vault,
};
use leptos::{prelude::*, task::spawn_local};
use protocol::{
    id::{AccountId, GroupId, Minute},
    refused::Refused,
    slot::SlotKind,
    vault::{Blob, NewSlots, Password, Trusted},
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

    fn role(&self) -> Option<Role> {
        self.session().map(|session| session.role)
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

/// The desk at which a person sits. One to a page, in the context of every component.
#[derive(Clone, Copy)]
pub(crate) struct Desk {
    state: RwSignal<State>,
    stage: RwSignal<Option<Stage>>,
    percent: RwSignal<Option<f64>>,
    back_to: StoredValue<Option<(Option<AccountId>, Place)>>,
    limits: StoredValue<Limits>,
    draft: Draft,
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
            draft,
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

    /// Starts a vault for somebody who has no account yet, and has it draw six words.
    pub(crate) async fn propose_words(self) -> Result<String, Trouble> {
        opening::start(self).await?;
        vault::passphrase().await
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

    /// What waits until the person shows again that it is them.
    pub(super) fn waiting(self) -> Waits {
        self.waits.get_value()
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

    /// A session has begun, whether the vault opens now or when keys are first needed. It takes the place of any other, in
    /// every tab.
    pub(crate) fn begin(self, session: &Session) {
        self.limits().begin(session, clock::seconds());
        self.state.set(State::Locked(session.clone()));
        self.tell(Word::Alive(session.account));
    }

    /// Locks the keys. An unfinished form is sealed first; where that fails, nothing is locked and nothing lost.
    pub(crate) async fn lock(self) -> Result<(), Trouble> {
        let State::Open(open) = self.state.get_untracked() else {
            return Ok(());
        };
        self.draft.put_away(open.session.account).await?;
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
        let unfinished = self.draft.take();
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
        let lost = self.draft.keep(author, unfinished).await.is_err();
        let kept = self.draft.is_put_away(author);
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
            self.draft.forget(account);
            self.tell(Word::Left(account));
        }
        self.close();
        Ok(account::sign_out().await?)
    }

    fn forget(self) {
        self.draft.forget_all();
        self.close();
    }

    fn close(self) {
        vault::stop();
        self.answer(false);
        self.draft.clear();
        self.limits().end();
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

/// The session that the server knows of. That there is none is no error there: whoever reads a page need not be signed in.
async fn current() -> Result<Session, AppError> {
    account::load_session().await?.ok_or(AppError::SignedOut)
}
