//! The form for a new concern: three pages in one place, and what comes after sending.

use super::{
    about::AboutStep, account_step::AccountStep, answers::Step, check::CheckStep, draft::Draft,
    sent::SentStep,
};
use crate::{
    account::desk::Desk,
    browser::page,
    text::{self, Text},
    ui::{self, Headline, List, Paragraph, PlainButton, Problems, WarningText},
};
use leptos::{ev, prelude::*};
use protocol::vault::{CompartmentView, ForceView, Trusted};

/// The page.
#[component]
pub(crate) fn NewConcernPage() -> impl IntoView {
    let (desk, draft) = (expect_context::<Desk>(), expect_context::<Draft>());
    // What was verified may change while the form is filled in. It outlives a lock, which takes the form away.
    let trusted = Memo::new(move |before: Option<&Option<Trusted>>| {
        let now = desk.state().with(|state| state.trusted().cloned());
        now.or_else(|| before.cloned().flatten())
    });
    warn_before_closing(draft);
    let step = Memo::new(move |_| {
        let sent = draft.sent.with(Option::is_some);
        // What is on its way is to be sent, whatever became of the answers.
        let step = if draft.outgoing.with(Option::is_some) {
            Step::Check
        } else {
            draft.answers.with(|answers| answers.step)
        };
        (sent, step)
    });
    move || {
        let step = step.get();
        let Some(now) = trusted.get_untracked() else {
            return ().into_any();
        };
        match step {
            (true, _) => view! { <SentStep/> }.into_any(),
            (false, Step::About) => view! { <AboutStep trusted=now/> }.into_any(),
            (false, Step::Account) => view! { <AccountStep trusted=now/> }.into_any(),
            (false, Step::Check) => view! { <CheckStep trusted/> }.into_any(),
        }
    }
}

/// The browser asks before it closes a page with something unfinished in it.
fn warn_before_closing(draft: Draft) {
    Effect::new(move || {
        let asked = window_event_listener(ev::beforeunload, move |event| {
            if draft.holds_anything() {
                event.prevent_default();
            }
        });
        on_cleanup(move || asked.remove());
    });
}

/// The top of each page of the form: how to go back, where it stands, what it asks.
#[component]
pub(super) fn StepHead(
    title: Text,
    number: u32,
    #[prop(into)] back: Signal<Option<Step>>,
    problems: Problems,
) -> impl IntoView {
    let (draft, lang) = (expect_context::<Draft>(), ui::language());
    let failing = Signal::derive(move || problems.with(|all| !all.is_empty()));
    let back = move || {
        back.get().map(|step| {
            let press = move |()| draft.answers.update(|answers| answers.step = step);
            view! { <PlainButton text=text::back(lang) press class="govuk-back-link candour-link-button"/> }
        })
    };
    view! {
        {back}
        <ui::ErrorSummary problems/>
        <span class="govuk-caption-l">{text::form_step(lang, number, 3)}</span>
        <Headline title failing/>
    }
}

/// Opens the page of the form that holds `field`, and puts the focus there once it is shown.
pub(super) fn change(draft: Draft, step: Step, field: &'static str) {
    draft.answers.update(|answers| answers.step = step);
    request_animation_frame(move || request_animation_frame(move || page::focus_field(field)));
}

/// The id of what says who can read it.
pub(super) const READERS: &str = "readers";

/// Who will be able to read it, as the newest verified lists have it; where nobody can, what to do instead.
#[component]
pub(super) fn Readers(#[prop(into)] forces: Signal<Vec<ForceView>>) -> impl IntoView {
    let (draft, lang) = (expect_context::<Draft>(), ui::language());
    let reader = move || {
        let reader = forces.with(|forces| draft.answers.with(|answers| answers.reader(forces).cloned()));
        reader.map(|reader| view! { <Reader reader/> })
    };
    let nobody = move || {
        let why = forces.with(|forces| draft.answers.with(|answers| answers.no_reader(forces, lang)));
        why.map(|why| view! { <WarningText text=why/> <crate::site::OtherRoutes/> })
    };
    view! { <div id=READERS tabindex="-1">{reader} {nobody}</div> }
}

#[component]
fn Reader(reader: CompartmentView) -> impl IntoView {
    let lang = ui::language();
    let CompartmentView { unit, members, .. } = reader;
    let who = if reader.sealed {
        text::readers_sealed(lang, members, unit)
    } else {
        text::readers_unit(lang, members, unit)
    };
    view! {
        <ui::Inset>
            <h2 class="govuk-heading-s">{text::readers_title(lang)}</h2>
            <Paragraph text=who/>
            <Custodians names=reader.custodians/>
            <details class="govuk-details">
                <summary class="govuk-details__summary">
                    <span class="govuk-details__summary-text">{text::readers_words_title(lang)}</span>
                </summary>
                <div class="govuk-details__text">
                    <Paragraph text=text::readers_words_text(lang)/>
                    <p class="govuk-body"><ui::Words words=reader.words/></p>
                </div>
            </details>
        </ui::Inset>
    }
}

/// Who else could open it: two together of those who hold parts of the recovery key.
#[component]
fn Custodians(names: Vec<String>) -> impl IntoView {
    let lang = ui::language();
    if names.is_empty() {
        return view! { <Paragraph text=text::readers_custodians_none(lang)/> }.into_any();
    }
    let count = u32::try_from(names.len()).unwrap_or(u32::MAX);
    view! {
        <Paragraph text=text::readers_custodians(lang, count)/>
        <List items=names.into_iter().map(Text::of).collect()/>
        <Paragraph text=text::readers_custodians_could(lang)/>
    }
    .into_any()
}
