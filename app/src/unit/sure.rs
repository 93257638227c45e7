//! What somebody who sets a compartment up is asked about once more, each on a page of its own.

use super::{
    draft::DraftPage,
    set_up::{Bench, Case},
    signing::genesis_rows,
    steps,
};
use crate::{
    account::desk::Desk,
    bytes::Bytes,
    invitation::{Made, TakeBackPage, take_back},
    text,
    ui::{self, Headline, List, PlainButton, SummaryList, WarningText},
};
use leptos::prelude::*;

/// What it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Sure {
    /// Making the first link, with a recovery key of these words.
    Make(Vec<String>),
    /// Discarding the first link as it stands.
    Discard(Bytes),
    /// Taking an invitation back.
    TakeBack(Box<Made>),
}

/// Its page.
#[component]
pub(super) fn SurePage(case: Case, sure: Sure) -> impl IntoView {
    match sure {
        Sure::Make(words) => view! { <DraftPage case words/> }.into_any(),
        Sure::Discard(link) => view! { <DiscardPage case link/> }.into_any(),
        Sure::TakeBack(made) => view! { <TakeBack made=*made/> }.into_any(),
    }
}

#[component]
fn DiscardPage(case: Case, link: Bytes) -> impl IntoView {
    let (desk, bench, lang) = (
        expect_context::<Desk>(),
        expect_context::<Bench>(),
        ui::language(),
    );
    let press = move |()| {
        bench.sure.set(None);
        bench.acts.act(
            text::compartment_discarded(lang),
            steps::discard(desk, link.clone()),
        );
    };
    let rows = case.genesis.map(|genesis| genesis_rows(&genesis, lang));
    view! {
        <Headline title=text::discard_title(lang)/>
        {rows.map(|rows| view! { <SummaryList rows/> })}
        <WarningText text=text::turn_away_for_good(lang)/>
        <List items=vec![text::discard_signatures(lang), text::discard_words(lang), text::discard_people(lang)]/>
        <div class="govuk-button-group">
            <PlainButton text=text::discard_button(lang) press class="govuk-button govuk-button--warning"/>
            <PlainButton text=text::cancel(lang) press=move |()| bench.sure.set(None)/>
        </div>
    }
}

#[component]
fn TakeBack(made: Made) -> impl IntoView {
    let (desk, bench, lang) = (
        expect_context::<Desk>(),
        expect_context::<Bench>(),
        ui::language(),
    );
    let lookup = made.lookup;
    let press = move |()| {
        bench.sure.set(None);
        bench
            .acts
            .act(text::turned_away_said(lang), take_back(desk, lookup));
    };
    view! { <TakeBackPage made press back=move |()| bench.sure.set(None)/> }
}
