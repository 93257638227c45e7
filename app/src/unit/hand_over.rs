//! The first link on its way to those who hold the roots.

use super::{
    set_up::{Bench, Case},
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
pub(super) fn HandOver(case: Case) -> impl IntoView {
    let (bench, lang) = (expect_context::<Bench>(), ui::language());
    let (Some(genesis), Some(link)) = (case.genesis, case.own.link) else {
        return ().into_any();
    };
    let (unit, purpose) = (case.own.compartment.unit.clone(), case.own.compartment.purpose());
    let name = format!("{unit}-{purpose}.link");
    let argument = format!("--compartment unit={unit},purpose={purpose},link={name}");
    let rows = genesis_rows(&genesis, lang);
    let seen = link.clone();
    let save = move |()| page::save(&name, &link.0);
    let again = move |()| bench.sure.set(Some(Sure::Discard(seen.clone())));
    view! {
        <Heading text=text::step_hand_over(lang)/>
        <SummaryList rows/>
        <List items=vec![text::hand_over_file(lang), text::hand_over_words(lang), text::hand_over_wait(lang)]/>
        <Inset>
            <p class="govuk-body" id="genesis"><Words words=genesis.words/></p>
            <p class="govuk-body candour-link notranslate" translate="no" id="argument">{argument}</p>
        </Inset>
        <WarningText text=text::hand_over_warning(lang)/>
        <div class="govuk-button-group">
            <PlainButton text=text::hand_over_save(lang) press=save class="govuk-button"/>
            <PlainButton text=text::beginning_look(lang) press=move |()| bench.acts.again()/>
            <PlainButton text=text::compartment_discard(lang) press=again/>
        </div>
    }
    .into_any()
}
