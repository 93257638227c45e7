//! What somebody who sets a compartment up is asked about once more, each on a page of its own.

use super::{
    draft::DraftPage,
    set_up::{Doing, SetUp},
    signing::genesis_rows,
    steps,
};
use crate::{
    account::desk::Desk,
    bytes::Bytes,
    invitation::{Made, TakeBackPage},
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
pub(super) fn SurePage(set_up: SetUp, sure: Sure) -> impl IntoView {
    let doing = expect_context::<Doing>();
    match sure {
        Sure::Make(words) => view! { <DraftPage set_up words/> }.into_any(),
        Sure::Discard(link) => view! { <DiscardPage set_up link/> }.into_any(),
        Sure::TakeBack(made) => {
            view! { <TakeBackPage made=*made acts=doing.acts leave=move |()| doing.sure.set(None)/> }
                .into_any()
        }
    }
}

#[component]
fn DiscardPage(set_up: SetUp, link: Bytes) -> impl IntoView {
    let (desk, doing, lang) = (
        expect_context::<Desk>(),
        expect_context::<Doing>(),
        ui::language(),
    );
    let press = move |()| {
        doing.sure.set(None);
        doing.acts.act(
            text::compartment_discarded(lang),
            steps::discard(desk, link.clone()),
        );
    };
    let rows = set_up.genesis.map(|genesis| genesis_rows(&genesis, lang));
    view! {
        <Headline title=text::discard_title(lang)/>
        {rows.map(|rows| view! { <SummaryList rows/> })}
        <WarningText text=text::turn_away_for_good(lang)/>
        <List items=vec![text::discard_signatures(lang), text::discard_words(lang), text::discard_people(lang)]/>
        <div class="govuk-button-group">
            <PlainButton text=text::discard_button(lang) press class="govuk-button govuk-button--warning"/>
            <PlainButton text=text::cancel(lang) press=move |()| doing.sure.set(None)/>
        </div>
    }
}
