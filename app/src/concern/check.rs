//! Checking the answers, then sending them.

use super::{
    cards,
    choice::Signs,
    draft::Draft,
    form::{to_tasks, with_sight},
    readers::{READERS, Readers},
    rows::Shown,
    sending,
};
use crate::{
    account::desk::Desk,
    text,
    trouble::Trouble,
    ui::{self, FormHead, Inset, Loading, Paragraph, Problem, SecureForm, SubmitButton, WarningText},
};
use leptos::{prelude::*, task::spawn_local};
use protocol::{concern::Language, vault::Trusted};

/// The id of the button, to which the error summary leads: there is no field to correct.
const SEND: &str = "send";

/// The page.
#[component]
pub(super) fn CheckStep(trusted: Memo<Option<Trusted>>) -> impl IntoView {
    let (desk, draft, lang) = (
        expect_context::<Desk>(),
        expect_context::<Draft>(),
        ui::language(),
    );
    let problems = RwSignal::new(Vec::new());
    let pending = RwSignal::new(false);
    let send = move |()| {
        problems.set(not_ready(draft, trusted, lang));
        if !problems.with_untracked(Vec::is_empty) {
            return;
        }
        pending.set(true);
        spawn_local(async move {
            let answer = sending::send(desk, draft, lang).await;
            // The page is gone when the concern has arrived, or the session has ended.
            pending.try_set(false);
            if let Err(trouble) = answer {
                problems.try_set(vec![not_sent(&trouble, lang)]);
            }
        });
    };
    let on_its_way = Memo::new(move |_| draft.outgoing.with(Option::is_some));
    let fixed = Signal::derive(move || on_its_way.get() || pending.get());
    // Changing an answer leads back here from now on.
    draft.answers.update(|answers| answers.checked = true);
    let label = Signal::derive(move || {
        if on_its_way.get() {
            text::try_again(lang)
        } else {
            text::send(lang)
        }
    });
    view! {
        <FormHead back=to_tasks() title=text::check_title(lang) problems/>
        <Readers forces=Signal::derive(move || trusted.get().map(|all| all.forces).unwrap_or_default())/>
        {move || trusted.get().map(|all| answers_of(&all, draft, fixed.get(), lang))}
        <NotReady trusted/>
        <SecureForm submit=Callback::new(send) pending>
            <h2 class="govuk-heading-m">{text::send_title(lang)}</h2>
            <Paragraph text=text::send_text(lang)/>
            {move || (on_its_way.get() && !pending.get()).then(|| view! { <Inset><Paragraph text=text::send_again_text(lang)/></Inset> })}
            {move || pending.get().then(|| view! { <Loading text=text::sending(lang)/> })}
            <div id=SEND tabindex="-1">
                <SubmitButton text=label busy=text::sending(lang) pending/>
            </div>
        </SecureForm>
    }
}

/// What keeps it from being sent. What is on its way already was ready.
fn not_ready(draft: Draft, trusted: Memo<Option<Trusted>>, lang: Language) -> Vec<Problem> {
    if draft.outgoing.with_untracked(Option::is_some) {
        return Vec::new();
    }
    let unready = with_sight(trusted, |sight| {
        draft
            .answers
            .with_untracked(|answers| !answers.unready(sight, lang).is_empty())
    });
    let too_long = draft.answers.with_untracked(super::answers::Answers::is_too_long);
    let say = |text| Problem { field: SEND, text };
    let found = [
        unready.then(|| say(text::still_needed(lang))),
        too_long.then(|| say(text::all_too_long(lang))),
        (!draft.files.are_whole()).then(|| say(text::refused_unfinished_file(lang))),
    ];
    found.into_iter().flatten().collect()
}

/// The answers. Those that are `fixed` may have arrived, so they can no longer be changed.
fn answers_of(trusted: &Trusted, draft: Draft, fixed: bool, lang: Language) -> Option<AnyView> {
    let answers = draft.answers.get();
    let concern = answers.concern(lang)?;
    let told = concern.told().ok()?;
    let signs = trusted
        .partner
        .is_some()
        .then(|| answers.signs.unwrap_or(Signs::Myself));
    let files = draft.files.all.get();
    let shown = Shown {
        concern: &concern,
        told: &told,
        signs,
        files: &files,
        forces: &trusted.forces,
    };
    Some(if fixed {
        cards::cards(&shown, &[])
    } else {
        cards::to_check(&shown)
    })
}

/// The sections that are still needed, or to be mended.
#[component]
fn NotReady(trusted: Memo<Option<Trusted>>) -> impl IntoView {
    let (draft, lang) = (expect_context::<Draft>(), ui::language());
    let unready = Memo::new(move |_| {
        with_sight(trusted, |sight| {
            draft.answers.with(|answers| answers.unready(sight, lang))
        })
    });
    move || {
        let all = unready.get();
        let item = |section: super::section::Section| {
            let href = crate::place::Place::Section(Some(section)).path(lang);
            view! { <li><a class="govuk-link" href=href>{section.title(lang)}</a></li> }
        };
        (!all.is_empty() && draft.outgoing.with(Option::is_none)).then(|| {
            view! {
                <WarningText text=text::still_needed(lang)/>
                <ul class="govuk-list govuk-list--bullet">{all.into_iter().map(item).collect::<Vec<_>>()}</ul>
            }
        })
    }
}

/// Why it was not sent, or why that is not known; and where to look.
fn not_sent(trouble: &Trouble, lang: Language) -> Problem {
    let changed = *trouble == Trouble::OtherReaders;
    Problem {
        field: if changed { READERS } else { SEND },
        text: sending::not_sent(trouble, lang),
    }
}
