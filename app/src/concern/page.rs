//! One concern, as the practitioner has it.

use super::{
    cards, evidence::read::FileList, history::History, parcels::from, receipt::Receipt, rows::Shown as Told,
    status::StatusTag, threads,
};
use crate::{
    account::desk::Desk,
    browser::page,
    error::AppError,
    fetched::Fetched,
    place::Place,
    text,
    trouble::Trouble,
    ui::{self, Headline, Loaded, Paragraph, PlainButton, Refusal},
    vault,
};
use leptos::prelude::*;
use protocol::{
    id::LogId,
    refused::Refused,
    vault::{ForceView, GivenView, Thread},
};

/// The page.
#[component]
pub(crate) fn ConcernPage(log: Option<LogId>) -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let thread = Loaded::by(move || async move {
        let log = log.ok_or(Trouble::Portal(AppError::NotFound))?;
        let given = vault::given_concerns()
            .await?
            .into_iter()
            .find(|one| one.log == log);
        Ok((threads::open_own(desk, log).await?, given))
    });
    let show = |(thread, given)| view! { <Shown thread given/> }.into_any();
    view! { <Fetched found=thread show title=text::concern_title(lang) waiting=text::concern_opening(lang)/> }
}

#[component]
fn Shown(thread: Thread, given: Option<GivenView>) -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let forces = desk.trusted().map(|trusted| trusted.forces).unwrap_or_default();
    let status = match thread.opened {
        Some(at) => text::opened_by(lang, ui::minute(at).plain(), thread.compartment.unit.clone()),
        None => text::stored_for(lang, thread.compartment.unit.clone()),
    };
    view! {
        <a class="govuk-back-link" href=Place::Concerns.path(lang)>{text::concerns_title(lang)}</a>
        <Headline title=text::concern_title(lang)/>
        <p class="govuk-body"><StatusTag thread=thread.clone()/></p>
        <Paragraph text=status/>
        {given.map(|given| view! { <p class="govuk-body notranslate" translate="no">{from::given_by(&given, lang)}</p> })}
        <History thread=thread.clone()/>
        <div class="govuk-button-group">
            <a class="govuk-button govuk-button--secondary" href=Place::Add(Some(thread.log)).path(lang)>{text::add_title(lang)}</a>
            <a class="govuk-link" href=Place::Withdraw(Some(thread.log)).path(lang)>{text::withdraw_title(lang)}</a>
            <a class="govuk-link" href=Place::GiveConcern(Some(thread.log)).path(lang)>{text::give_title(lang)}</a>
        </div>
        {concern_view(&thread, &forces)}
        <FileList log=thread.log files=thread.files.clone()/>
        <Receipt proof=thread.proof/>
        <Paragraph text=text::print_warning(lang)/>
        <PlainButton text=text::print(lang) press=|()| page::print()/>
    }
}

/// What was told, or why it cannot be shown.
fn concern_view(thread: &Thread, forces: &[ForceView]) -> AnyView {
    let concern = &thread.concern;
    if let Ok(told) = concern.told() {
        cards::cards(
            &Told {
                concern,
                told: &told,
                signs: None,
                files: &[],
                forces,
            },
            &[],
        )
    } else {
        let text = Trouble::Refused(Refused::Malformed).text(ui::language());
        view! { <Refusal text/> }.into_any()
    }
}
