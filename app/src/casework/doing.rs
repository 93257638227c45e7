//! What somebody is doing with the case on the page, and doing it: sealed into its journal, and told to the practitioner where what they
//! see has changed.

use super::cases::{self, Opened};
use crate::{
    account::desk::Desk,
    act::Acts,
    browser::{clock, fetch},
    concern::status,
    error::AppError,
    text::Text,
    trouble::Trouble,
    ui::Announcer,
    vault::{self, Sealed},
};
use leptos::prelude::*;
use protocol::{
    casework::{Act, Case, Message, Work},
    id::{AccountId, LogId, Minute},
};

/// A form on the page of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Task {
    Assign,
    Assess,
    Refer,
    Move,
    Write,
    Note,
    Connection,
}

/// What was sealed, and of what, by which vault.
#[derive(Clone, PartialEq, Eq)]
struct Outgoing {
    what: (Vec<Act>, Option<Message>),
    sealed: Sealed,
    life: u32,
}

/// The case on the page. All of it outlives what is shown.
#[derive(Clone, Copy)]
pub(super) struct Doing {
    desk: Desk,
    pub(super) log: LogId,
    /// As it was opened last.
    pub(super) opened: RwSignal<Option<Opened>>,
    /// The form that is shown, if one is.
    pub(super) task: RwSignal<Option<Task>>,
    /// How the last act went.
    pub(super) acts: Acts,
    /// What was sent, and has no answer yet.
    outgoing: RwSignal<Option<Outgoing>>,
    announcer: Announcer,
}

impl Doing {
    pub(super) fn new(desk: Desk, opened: Opened) -> Self {
        Self {
            desk,
            log: opened.thread.log,
            opened: RwSignal::new(Some(opened)),
            task: RwSignal::new(None),
            acts: Acts::new(),
            outgoing: RwSignal::new(None),
            announcer: expect_context::<Announcer>(),
        }
    }

    /// Shows a form, or the case again.
    pub(super) fn show(self, task: Option<Task>) {
        self.acts.forget();
        self.task.set(task);
    }

    /// Whether something is under way.
    pub(super) fn pending(self) -> Signal<bool> {
        Signal::derive(move || self.acts.are_busy())
    }

    /// Whoever is at work.
    pub(super) fn me(self) -> AccountId {
        let session = self.desk.session();
        session.map_or(AccountId([0; 16]), |session| session.account)
    }

    /// The case, now.
    pub(super) fn case(self) -> Case {
        self.opened
            .with_untracked(|opened| opened.as_ref().map(|one| one.case.clone()))
            .unwrap_or_default()
    }

    /// Does this and says so, or why not; what was typed stays until it is done.
    pub(super) fn act(self, acts: Vec<Act>, message: Option<Message>, well: Text) {
        if untrack(|| self.acts.are_busy()) {
            return;
        }
        self.acts.act_telling(async move {
            self.do_now(acts, message).await?;
            self.task.try_set(None);
            self.announcer.say(well.clone());
            Ok(well)
        });
    }

    async fn do_now(self, acts: Vec<Act>, message: Option<Message>) -> Result<(), Trouble> {
        let (connects, before) = (acts.contains(&Act::Conflict), self.case());
        // Whether something else was sealed for this place, of which no answer came: it may have arrived.
        let doubtful = self.outgoing.with_untracked(|one| {
            one.as_ref()
                .is_some_and(|one| one.what != (acts.clone(), message.clone()))
        });
        let mut done = self.seal_and_send(&acts, message.as_ref()).await;
        if done == Err(Trouble::Portal(AppError::Conflict)) {
            // Somebody else acted meanwhile, or the unit has another key. Where that was something else, it is done all the same.
            self.desk.trust_anew().await?;
            self.look_again().await?;
            let after = self.case();
            if !doubtful && acts.iter().all(|act| is_undisturbed(act, &before, &after)) {
                done = self.seal_and_send(&acts, message.as_ref()).await;
            }
        }
        done?;
        if connects {
            // It is signed: nothing of it is shown any more, also where the portal could not be told yet.
            self.opened.try_set(None);
            return self.desk.note(super::connect(self.log).await);
        }
        if acts.contains(&Act::Declared) {
            drop(cases::say_opened(self.desk, self.log).await);
        }
        // It is done, whether or not it can be shown now.
        drop(self.look_again().await);
        Ok(())
    }

    async fn look_again(self) -> Result<(), Trouble> {
        let opened = cases::open(self.desk, self.log).await?;
        self.opened.try_set(Some(opened));
        Ok(())
    }

    /// Sends it: the same bytes as before, where no answer came to them.
    async fn seal_and_send(self, acts: &[Act], message: Option<&Message>) -> Result<(), Trouble> {
        let what = (acts.to_vec(), message.cloned());
        let known = self.outgoing.with_untracked(|one| {
            one.clone()
                .filter(|one| one.what == what && one.life == vault::life())
        });
        let sealed = match known {
            Some(known) => known.sealed,
            None => self.seal(acts, message).await?,
        };
        let life = vault::life();
        self.outgoing.try_set(Some(Outgoing {
            what,
            sealed: sealed.clone(),
            life,
        }));
        let answer = fetch::append(&sealed.bytes.0).await;
        if !answer.as_ref().is_err_and(is_doubtful) {
            self.outgoing.try_set(None);
        }
        let receipt = self.desk.note(answer)?;
        vault::check_receipt(sealed.append, receipt).await.map(drop)
    }

    async fn seal(self, acts: &[Act], message: Option<&Message>) -> Result<Sealed, Trouble> {
        let opened = self.opened.get_untracked();
        let opened = opened.ok_or(Trouble::Portal(AppError::NotFound))?;
        let now = clock::minute();
        let case = after(&opened.case, acts, self.me(), now)?;
        let status = case.stage().status();
        let notice = (status != status::status(&opened.thread)).then_some(status);
        let name = self
            .desk
            .session()
            .map(|session| session.name)
            .unwrap_or_default();
        let work = |act: &Act| {
            let (name, act) = (name.clone(), act.clone());
            Work { name, act }.to_bytes()
        };
        let work = acts.iter().map(work).collect();
        let message = message.map(Message::to_bytes);
        vault::seal_work(self.log, work, message, notice, now).await
    }
}

/// Whether the error leaves it open if these bytes were stored.
fn is_doubtful(error: &AppError) -> bool {
    matches!(
        error,
        AppError::Offline | AppError::Internal | AppError::Busy { .. } | AppError::SignedOut
    )
}

/// Whether nothing that this act depends on has changed.
fn is_undisturbed(act: &Act, before: &Case, after: &Case) -> bool {
    let same_stage = before.stage() == after.stage();
    match act {
        Act::Declared | Act::Conflict | Act::Noted(_) => true,
        Act::Assigned(_) => before.owner == after.owner && before.connected == after.connected,
        Act::Assessed(_) => before.assessment == after.assessment,
        Act::Referral(_) => before.referral == after.referral,
        Act::Moved(_) => {
            same_stage && before.assessment == after.assessment && before.referral == after.referral
        }
        Act::Linked(_) | Act::Unlinked(_) => before.links == after.links,
        Act::Paused(_) => before.paused == after.paused,
    }
}

/// The case with this done, or why it cannot be.
fn after(case: &Case, acts: &[Act], who: AccountId, when: Minute) -> Result<Case, Trouble> {
    let mut case = case.clone();
    for act in acts {
        case.check(who, when, act).map_err(Trouble::Work)?;
        let work = Work {
            name: String::new(),
            act: act.clone(),
        };
        case.add(who, when, work);
    }
    Ok(case)
}
