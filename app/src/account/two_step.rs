//! The second step of signing in: what there is, setting one up, and going without.

use super::{
    desk::Desk,
    factor::{Factors, load_factors, remove_totp, renew_codes},
    set_up::{BackupCodes, SetUpApp},
    submit::Submit,
};
use crate::{
    fetched::Fetched,
    place::Place,
    text::{self, Text},
    trouble::Trouble,
    ui::{self, Headline, Loaded, Paragraph, PlainButton, Refusal, Row, SummaryList, WarningText},
};
use leptos::{prelude::*, task::spawn_local};

#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    Look,
    SetUp,
    Codes(Vec<String>),
}

/// The page.
#[component]
pub(crate) fn TwoStepPage() -> impl IntoView {
    let desk = expect_context::<Desk>();
    let step = RwSignal::new(Step::Look);
    let done = Submit::new(move |session| async move {
        desk.renew(session);
        step.set(Step::Look);
        Ok(())
    });
    move || match step.get() {
        Step::Look => view! { <Look step/> }.into_any(),
        Step::SetUp => view! { <SetUpApp then=done/> }.into_any(),
        Step::Codes(codes) => view! { <NewCodes codes step/> }.into_any(),
    }
}

#[component]
fn Look(step: RwSignal<Step>) -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let found = Loaded::by(move || async move { desk.note(load_factors().await) });
    let show = move |factors: Factors| {
        if factors.steps.code {
            return view! { <Present factors step/> }.into_any();
        }
        let begin = move |()| step.set(Step::SetUp);
        view! { <PlainButton text=text::two_step_begin(lang) press=begin class="govuk-button"/> }.into_any()
    };
    view! {
        <Headline title=text::two_step_title(lang)/>
        <Paragraph text=text::two_step_text(lang)/>
        <Fetched found show/>
    }
}

/// What there is, and what can be done with it.
#[component]
fn Present(factors: Factors, step: RwSignal<Step>) -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let failed = RwSignal::new(None::<Trouble>);
    let renew = move |()| {
        failed.set(None);
        spawn_local(async move {
            match desk.fresh(renew_codes).await {
                Ok(codes) => drop(step.try_set(Step::Codes(codes))),
                Err(trouble) => drop(failed.try_set(Some(trouble))),
            }
        });
    };
    let rows = vec![
        Row::text(text::two_step_app(lang), text::yes(lang)),
        Row::text(
            text::two_step_left(lang),
            Text::of(factors.backup_codes.to_string()),
        ),
    ];
    view! {
        <SummaryList rows/>
        {move || failed.get().map(|trouble| view! { <Refusal text=trouble.text(lang)/> })}
        <div class="govuk-button-group">
            <PlainButton text=text::two_step_renew(lang) press=renew/>
            <PlainButton text=text::two_step_replace(lang) press=move |()| step.set(Step::SetUp)/>
        </div>
        {if factors.needed {
            view! { <Paragraph text=text::two_step_needed(lang)/> }.into_any()
        } else {
            view! {
                <p class="govuk-body">
                    <a class="govuk-link" href=Place::NoTwoStep.path(lang)>{text::no_two_step_title(lang)}</a>
                </p>
            }
            .into_any()
        }}
    }
}

#[component]
fn NewCodes(codes: Vec<String>, step: RwSignal<Step>) -> impl IntoView {
    let lang = ui::language();
    view! {
        <BackupCodes codes/>
        <PlainButton text=text::code_kept(lang) press=move |()| step.set(Step::Look) class="govuk-button"/>
    }
}

/// The page for going without.
#[component]
pub(crate) fn NoTwoStepPage() -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let failed = RwSignal::new(None::<Trouble>);
    let remove = move |()| {
        failed.set(None);
        spawn_local(async move {
            match desk.fresh(remove_totp).await {
                Ok(()) => desk.go(Place::TwoStep),
                Err(trouble) => drop(failed.try_set(Some(trouble))),
            }
        });
    };
    view! {
        <Headline title=text::no_two_step_title(lang)/>
        <WarningText text=text::no_two_step_text(lang)/>
        {move || failed.get().map(|trouble| view! { <Refusal text=trouble.text(lang)/> })}
        <div class="govuk-button-group">
            <PlainButton text=text::no_two_step_button(lang) press=remove class="govuk-button govuk-button--warning"/>
            <PlainButton text=text::no_two_step_back(lang) press=move |()| desk.go(Place::TwoStep)/>
        </div>
    }
}
