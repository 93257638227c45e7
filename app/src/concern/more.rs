//! Adding to a concern that was sent, and withdrawing it.

use super::{
    addition::{Additions, Which},
    answers::check,
    choice::Choice as _,
    draft::Draft,
    form::warn_before_closing,
    readers::ReadersOf,
    sending, threads,
};
use crate::{
    account::desk::Desk,
    error::AppError,
    fetched::Fetched,
    place::Place,
    text,
    trouble::Trouble,
    ui::{
        self, FormHead, Inset, List, Loaded, Loading, Paragraph, Problem, Radios, SecureForm, SubmitButton,
        TextArea, WarningText,
    },
};
use leptos::{prelude::*, task::spawn_local};
use protocol::{
    concern::LONG,
    id::{GroupId, LogId},
    told::MayContact,
    vault::Thread,
};

const TEXT: &str = "more";
const MAY: &str = "may-still-contact";
const SEND: &str = "send";

/// Adding information.
#[component]
pub(crate) fn AddPage(log: Option<LogId>) -> impl IntoView {
    let show = |thread: Thread| view! { <Add thread/> }.into_any();
    let lang = ui::language();
    view! { <Fetched found=opened(log) show title=text::add_title(lang) waiting=text::concern_opening(lang)/> }
}

/// Withdrawing it.
#[component]
pub(crate) fn WithdrawPage(log: Option<LogId>) -> impl IntoView {
    let show = |thread: Thread| view! { <Withdraw thread/> }.into_any();
    let lang = ui::language();
    view! { <Fetched found=opened(log) show title=text::withdraw_title(lang) waiting=text::concern_opening(lang)/> }
}

fn opened(log: Option<LogId>) -> Loaded<Result<Thread, Trouble>> {
    let desk = expect_context::<Desk>();
    Loaded::by(move || async move {
        threads::open_own(desk, log.ok_or(Trouble::Portal(AppError::NotFound))?).await
    })
}

/// What is written, and how far it has come.
#[derive(Clone, Copy)]
struct Writing {
    which: Which,
    compartment: GroupId,
    additions: Additions,
    problems: RwSignal<Vec<Problem>>,
    pending: RwSignal<bool>,
}

impl Writing {
    fn new(thread: &Thread, withdraws: bool) -> Self {
        let draft = expect_context::<Draft>();
        warn_before_closing(draft);
        Self {
            which: Which {
                log: thread.log,
                withdraws,
            },
            compartment: thread.compartment.id,
            additions: draft.additions,
            problems: RwSignal::default(),
            pending: RwSignal::default(),
        }
    }

    /// Sends what is written. Once sealed, the same bytes are sent until the server has said that it holds them.
    fn send(self, desk: Desk) {
        let lang = ui::language();
        let missing = (!self.which.withdraws).then(|| text::add_missing(lang));
        let typed = self.additions.text(self.which).get.get_untracked();
        let wrong = check(&typed, LONG, missing, lang).map(|text| Problem { field: TEXT, text });
        self.problems.set(wrong.into_iter().collect());
        if !self.problems.with_untracked(Vec::is_empty) {
            return;
        }
        self.pending.set(true);
        spawn_local(async move {
            let answer = sending::send_more(desk, self.additions, self.which, self.compartment).await;
            self.pending.try_set(false);
            match answer {
                Ok(()) => desk.go(Place::Concern(Some(self.which.log))),
                Err(trouble) => {
                    let text = sending::not_sent(&trouble, lang);
                    self.problems.try_set(vec![Problem { field: SEND, text }]);
                }
            }
        });
    }

    fn is_on_its_way(self) -> bool {
        self.additions.outgoing(self.which).is_some()
    }
}

#[component]
fn Add(thread: Thread) -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let writing = Writing::new(&thread, false);
    view! {
        <Top writing title=text::add_title(lang)/>
        <Paragraph text=text::add_text(lang)/>
        <SecureForm submit=Callback::new(move |()| writing.send(desk)) pending=writing.pending>
            <Fixed writing>
            <TextArea id=TEXT label=text::add_label(lang) hint=text::do_not_investigate(lang)
                value=writing.additions.text(writing.which) problems=writing.problems most=LONG rows=10/>
            </Fixed>
            <ReadersOf compartment=writing.compartment/>
            <Foot writing label=text::add_send(lang)/>
        </SecureForm>
    }
}

/// Withdrawing changes what may be done with contact and consent. It erases nothing, and says so first.
#[component]
fn Withdraw(thread: Thread) -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let writing = Writing::new(&thread, true);
    let Writing {
        which,
        additions,
        problems,
        pending,
        ..
    } = writing;
    view! {
        <Top writing title=text::withdraw_title(lang)/>
        <Paragraph text=text::withdraw_text(lang)/>
        <List items=vec![text::withdraw_stays(lang), text::withdraw_may_go_on(lang), text::withdraw_risk(lang)]/>
        <SecureForm submit=Callback::new(move |()| writing.send(desk)) pending>
            <Fixed writing>
            <TextArea id=TEXT label=text::withdraw_label(lang) hint=text::withdraw_hint(lang) value=additions.text(which)
                problems most=LONG rows=6/>
            <Radios id=MAY legend=text::withdraw_contact(lang) options=MayContact::options(lang) value=additions.contact(which) problems/>
            </Fixed>
            <ReadersOf compartment=writing.compartment/>
            <WarningText text=text::withdraw_sure(lang)/>
            <Foot writing label=text::withdraw_send(lang)/>
        </SecureForm>
    }
}

/// What is on its way may have arrived, so it can no longer be changed.
#[component]
fn Fixed(writing: Writing, children: Children) -> impl IntoView {
    view! {
        <fieldset class="govuk-fieldset" disabled=move || writing.is_on_its_way() || writing.pending.get()>{children()}</fieldset>
    }
}

#[component]
fn Top(writing: Writing, title: text::Text) -> impl IntoView {
    let lang = ui::language();
    let back = view! { <a class="govuk-back-link" href=Place::Concern(Some(writing.which.log)).path(lang)>{text::concern_title(lang)}</a> };
    view! { <FormHead back=back.into_any() title problems=writing.problems/> }
}

#[component]
fn Foot(writing: Writing, label: text::Text) -> impl IntoView {
    let lang = ui::language();
    let waits = move || writing.is_on_its_way() && !writing.pending.get();
    view! {
        {move || waits().then(|| view! { <Inset><Paragraph text=text::send_again_text(lang)/></Inset> })}
        {move || writing.pending.get().then(|| view! { <Loading text=text::sending(lang)/> })}
        <div id=SEND tabindex="-1">
            <SubmitButton text=label busy=text::sending(lang) pending=writing.pending/>
        </div>
    }
}
