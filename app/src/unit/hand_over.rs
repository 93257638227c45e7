//! The first link on its way to those who hold the roots.

use super::{
    set_up::{Doing, SetUp},
    signing::genesis_rows,
    sure::Sure,
};
use crate::{
    browser::page,
    text,
    ui::{self, Heading, Inset, List, PlainButton, SummaryList, WarningText, Words},
};
use leptos::prelude::*;

/// The file, its words, and what to do with both.
#[component]
pub(super) fn HandOver(set_up: SetUp) -> impl IntoView {
    let (doing, lang) = (expect_context::<Doing>(), ui::language());
    let (Some(genesis), Some(link)) = (set_up.genesis, set_up.own.link) else {
        return ().into_any();
    };
    let (unit, purpose) = (
        set_up.own.compartment.unit.clone(),
        set_up.own.compartment.purpose(),
    );
    let name = format!("{unit}-{purpose}.link");
    let argument = format!("--compartment unit={unit},purpose={purpose},link={name}");
    let rows = genesis_rows(&genesis, lang);
    let seen = link.clone();
    let save = move |()| page::save(&name, &link.0);
    let again = move |()| doing.sure.set(Some(Sure::Discard(seen.clone())));
    view! {
        <Heading text=text::step_hand_over(lang)/>
        <SummaryList rows/>
        <List items=vec![text::hand_over_file(lang), text::hand_over_words(lang), text::hand_over_wait(lang)]/>
        <Inset>
            <p class="govuk-body" id="genesis"><Words words=genesis.words/></p>
            <p class="govuk-body"><code class="candour-command notranslate" translate="no" id="argument">{argument}</code></p>
        </Inset>
        <WarningText text=text::hand_over_warning(lang)/>
        <div class="govuk-button-group">
            <PlainButton text=text::hand_over_save(lang) press=save class="govuk-button"/>
            <PlainButton text=text::beginning_look(lang) press=move |()| doing.acts.again()/>
            <PlainButton text=text::compartment_discard(lang) press=again/>
        </div>
    }
    .into_any()
}
