//! What comes after sending.

use super::{draft::Draft, receipt::Receipt};
use crate::{
    account::desk::Desk,
    browser::page,
    place::Place,
    text,
    ui::{self, Headline, List, Panel, Paragraph, PlainButton, WarningText},
    working_days,
};
use leptos::prelude::*;
use protocol::vault::Proof;

/// The confirmation: the reference, the proof, and what happens next.
#[component]
pub(super) fn SentStep() -> impl IntoView {
    let (desk, draft, lang) = (
        expect_context::<Desk>(),
        expect_context::<Draft>(),
        ui::language(),
    );
    let another = move |()| {
        draft.sent.set(None);
        desk.go(Place::NewConcern);
    };
    draft.sent.get_untracked().map(|sent| {
        let reference = sent.proof.reference.clone();
        let place = Place::Concern(Some(sent.log));
        let heading =
            view! { <Headline title=text::sent_title(lang) class="govuk-panel__title"/> }.into_any();
        view! {
            <Panel heading>
                {text::sent_reference(lang)} <br/> <strong class="candour-reference">{reference}</strong>
            </Panel>
            <Receipt proof=sent.proof.clone()/>
            <Next proof=sent.proof/>
            <div class="govuk-button-group">
                <PlainButton text=text::print(lang) press=|()| page::print()/>
                <PlainButton text=text::sent_another(lang) press=another/>
                <a class="govuk-link" href=place.path(lang)>{text::sent_read_again(lang)}</a>
                <a class="govuk-link" href=Place::Concerns.path(lang)>{text::concerns_title(lang)}</a>
            </div>
        }
    })
}

#[component]
fn Next(proof: Proof) -> impl IntoView {
    let lang = ui::language();
    let open = proof.aims.map_or_else(
        || text::next_open(lang),
        |aims| {
            let day = |days| ui::day(working_days::after(proof.day, days)).plain();
            text::next_open_by(lang, day(aims.answer), day(aims.open), proof.unit)
        },
    );
    view! {
        <h2 class="govuk-heading-m">{text::next_title(lang)}</h2>
        <List items=vec![open, text::next_see(lang), text::next_contact(lang), text::next_other(lang)]/>
        <WarningText text=text::danger_now(lang)/>
        <Paragraph text=text::print_warning(lang)/>
        <Paragraph text=text::next_care(lang)/>
    }
}
