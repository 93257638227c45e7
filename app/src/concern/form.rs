//! The form for a new concern: three pages in one place, and what comes after sending.

use super::{
    about::AboutStep, account_step::AccountStep, answers::Step, check::CheckStep, draft::Draft,
    sent::SentStep,
};
use crate::{
    account::{Role, desk::Desk, gate::Gate},
    browser::page,
    place::Place,
    text::{self, Text},
    ui::{self, Headline, Paragraph, PlainButton, Problems},
};
use leptos::{ev, prelude::*};
use protocol::vault::Trusted;

/// The page.
#[component]
pub(crate) fn NewConcernPage() -> impl IntoView {
    view! { <Gate place=Place::NewConcern role=Role::Practitioner>{move || view! { <Form/> }}</Gate> }
}

#[component]
fn Form() -> impl IntoView {
    let (desk, draft) = (expect_context::<Desk>(), expect_context::<Draft>());
    let trusted = StoredValue::new(desk.trusted());
    warn_before_closing(draft);
    let step = Memo::new(move |_| {
        (
            draft.sent.with(Option::is_some),
            draft.answers.with(|answers| answers.step),
        )
    });
    move || {
        let Some(trusted) = trusted.get_value() else {
            return ().into_any();
        };
        match step.get() {
            (true, _) => view! { <SentStep/> }.into_any(),
            (false, Step::About) => view! { <AboutStep trusted/> }.into_any(),
            (false, Step::Account) => view! { <AccountStep trusted/> }.into_any(),
            (false, Step::Check) => view! { <CheckStep trusted/> }.into_any(),
        }
    }
}

/// The browser asks before it closes a page with something unfinished in it.
fn warn_before_closing(draft: Draft) {
    Effect::new(move || {
        let asked = window_event_listener(ev::beforeunload, move |event| {
            if draft.is_started() {
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

/// Who will be able to read it.
#[component]
pub(super) fn Readers(trusted: Trusted) -> impl IntoView {
    let (draft, lang) = (expect_context::<Draft>(), ui::language());
    let reader = draft
        .answers
        .with_untracked(|answers| answers.reader(&trusted.forces).cloned());
    reader.map(|reader| {
        view! {
            <ui::Inset>
                <h2 class="govuk-heading-s">{text::readers_title(lang)}</h2>
                <Paragraph text=text::readers_unit(lang, reader.members, reader.unit)/>
                <Paragraph text=text::readers_custodians(lang, reader.custodians)/>
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
    })
}
