//! The first link of a sealed compartment: another who will hold it looks at it, and signs.

use super::{
    set_up::{Doing, SetUp},
    steps,
    sure::Sure,
};
use crate::{
    account::desk::Desk,
    bytes::Bytes,
    text::{self, Text},
    ui::{self, Heading, Paragraph, PlainButton, Row, SummaryList, WarningText, Words},
};
use leptos::prelude::*;
use protocol::{
    concern::Language,
    vault::{GenesisView, MemberView},
};

/// What would be founded, and a button to sign it.
#[component]
pub(super) fn Signing(set_up: SetUp) -> impl IntoView {
    let (doing, lang) = (expect_context::<Doing>(), ui::language());
    let (Some(genesis), Some(link)) = (set_up.genesis, set_up.own.link) else {
        return ().into_any();
    };
    let seen = link.clone();
    let again = move |()| doing.sure.set(Some(Sure::Discard(seen.clone())));
    let rows = genesis_rows(&genesis, lang);
    let mine = genesis.signed_by_me;
    view! {
        <Heading text=text::step_sign(lang)/>
        <SummaryList rows/>
        {if mine {
            view! {
                <Paragraph text=text::compartment_waits(lang)/>
                <PlainButton text=text::beginning_look(lang) press=move |()| doing.acts.again()/>
            }
            .into_any()
        } else {
            view! { <Sign link/> }.into_any()
        }}
        <PlainButton text=text::compartment_discard(lang) press=again/>
    }
    .into_any()
}

#[component]
fn Sign(link: Bytes) -> impl IntoView {
    let (desk, doing, lang) = (
        expect_context::<Desk>(),
        expect_context::<Doing>(),
        ui::language(),
    );
    let press = move |()| {
        doing
            .acts
            .act(text::signing_said(lang), steps::sign(desk, link.clone()));
    };
    view! {
        <WarningText text=text::compartment_compare(lang)/>
        <PlainButton text=text::signing_button(lang) press class="govuk-button"/>
    }
}

/// What a first link would found, as rows.
pub(super) fn genesis_rows(genesis: &GenesisView, lang: Language) -> Vec<Row> {
    let worded = |key: Text, words: Vec<String>| Row {
        key,
        value: view! { <Words words/> }.into_any(),
        action: None,
    };
    let person = |one: &MemberView| {
        let name = one.name.clone().map_or_else(|| text::member(lang), Text::of);
        let key = if one.me { text::member_you(lang) } else { name };
        worded(key, one.words.clone())
    };
    let mut rows: Vec<_> = genesis.members.iter().map(person).collect();
    let recovery = genesis.rules.recovery.clone().unwrap_or_default();
    rows.push(worded(text::recovery_words(lang), recovery));
    rows.push(Row::written(
        text::custodians_label(lang),
        genesis.rules.custodians.join("\n"),
    ));
    rows.push(Row::text(
        text::row_signed(lang),
        text::signed_of(lang, genesis.needed, genesis.signed),
    ));
    rows
}
