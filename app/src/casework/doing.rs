//! What somebody is doing with the case on the page, and doing it: sealed into its journal, and told to the practitioner where what they
//! see has changed.

use super::cases::{self, Opened};
use crate::{
    account::desk::Desk,
    browser::{clock, fetch},
    concern::status,
    error::AppError,
    text::Text,
    trouble::Trouble,
    vault,
};
use leptos::{prelude::*, task::spawn_local};
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

/// The case on the page. All of it outlives what is shown.
#[derive(Clone, Copy)]
pub(super) struct Doing {
    desk: Desk,
    pub(super) log: LogId,
    /// As it was opened last.
    pub(super) opened: RwSignal<Option<Opened>>,
    /// The form that is shown, if one is.
    pub(super) task: RwSignal<Option<Task>>,
    pub(super) pending: RwSignal<bool>,
    /// How the last act went.
    pub(super) said: RwSignal<Option<Result<Text, Trouble>>>,
}

impl Doing {
    pub(super) fn new(desk: Desk, opened: Opened) -> Self {
        Self {
            desk,
            log: opened.thread.log,
            opened: RwSignal::new(Some(opened)),
            task: RwSignal::new(None),
            pending: RwSignal::new(false),
            said: RwSignal::new(None),
        }
    }

    /// Shows a form, or the case again.
    pub(super) fn show(self, task: Option<Task>) {
        self.said.set(None);
        self.task.set(task);
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

    /// Does this at once and says so, or why not; what was typed stays until it is done.
    pub(super) fn act(self, acts: Vec<Act>, message: Option<Message>, well: Text) {
        if self.pending.get_untracked() {
            return;
        }
        self.pending.set(true);
        self.said.set(None);
        spawn_local(async move {
            let done = self.do_now(acts, message).await;
            self.pending.try_set(false);
            if done.is_ok() {
                self.task.try_set(None);
            }
            self.said.try_set(Some(done.map(|()| well)));
        });
    }

    async fn do_now(self, acts: Vec<Act>, message: Option<Message>) -> Result<(), Trouble> {
        let (connects, before) = (acts.contains(&Act::Conflict), self.case());
        let mut done = self.seal_and_send(&acts, message.as_ref()).await;
        if done == Err(Trouble::Portal(AppError::Conflict)) {
            // Somebody else acted meanwhile. Where that was something else, it is done all the same.
            self.look_again().await?;
            let after = self.case();
            if acts.iter().all(|act| is_undisturbed(act, &before, &after)) {
                done = self.seal_and_send(&acts, message.as_ref()).await;
            }
        }
        if connects && done.is_ok() {
            self.desk.note(super::connect(self.log).await)?;
            self.opened.try_set(None);
            return Ok(());
        }
        if done.is_ok() {
            self.look_again().await?;
        }
        done
    }

    async fn look_again(self) -> Result<(), Trouble> {
        let opened = cases::open(self.desk, self.log).await?;
        self.opened.try_set(Some(opened));
        Ok(())
    }

    async fn seal_and_send(self, acts: &[Act], message: Option<&Message>) -> Result<(), Trouble> {
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
        let sealed = vault::seal_work(self.log, work, message, notice, now).await?;
        let receipt = self.desk.note(fetch::append(&sealed.bytes.0).await)?;
        vault::check_receipt(sealed.append, receipt).await.map(drop)
    }
}

/// Whether nothing that this act depends on has changed.
fn is_undisturbed(act: &Act, before: &Case, after: &Case) -> bool {
    let same_stage = before.stage() == after.stage();
    match act {
        Act::Declared | Act::Conflict | Act::Noted(_) => true,
        Act::Assigned(_) => before.owner == after.owner,
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
        case.check(who, act).map_err(Trouble::Work)?;
        let work = Work {
            name: String::new(),
            act: act.clone(),
        };
        case.add(who, when, work);
    }
    Ok(case)
}
