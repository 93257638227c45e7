//! One concern, as the practitioner has it.

use super::{receipt::Receipt, rows, status::StatusTag, threads};
use crate::{
    account::desk::Desk,
    browser::page,
    error::AppError,
    fetched::Fetched,
    place::Place,
    text,
    trouble::Trouble,
    ui::{self, Headline, Loaded, Paragraph, PlainButton, SummaryList},
};
use leptos::prelude::*;
use protocol::{id::LogId, vault::Thread};

/// The page.
#[component]
pub(crate) fn ConcernPage(log: Option<LogId>) -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let thread = Loaded::by(move || async move {
        threads::open_own(desk, log.ok_or(Trouble::Portal(AppError::NotFound))?).await
    });
    let show = |thread| view! { <Shown thread/> }.into_any();
    view! { <Fetched found=thread show title=text::concern_title(lang) waiting=text::concern_opening(lang)/> }
}

#[component]
fn Shown(thread: Thread) -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let forces = desk.trusted().map(|trusted| trusted.forces).unwrap_or_default();
    let status = match thread.opened {
        Some(at) => text::opened_by(lang, ui::minute(at).plain(), thread.compartment.unit.clone()),
        None => text::stored_for(lang, thread.compartment.unit.clone()),
    };
    view! {
        <a class="govuk-back-link" href=Place::Concerns.path(lang)>{text::concerns_title(lang)}</a>
        <Headline title=text::concern_title(lang)/>
        <p class="govuk-body"><StatusTag opened=thread.opened.is_some()/></p>
        <Paragraph text=status/>
        <SummaryList rows=rows::read_only(&thread.concern, &forces, lang)/>
        <Receipt proof=thread.proof/>
        <Paragraph text=text::print_warning(lang)/>
        <PlainButton text=text::print(lang) press=|()| page::print()/>
    }
}
