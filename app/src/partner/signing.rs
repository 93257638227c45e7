//! Signing an organisation's first link, once its lead has read six words to the administrator.

use super::{
    application::Folder,
    finding::Sure,
    founding::{FirstLink, load_founding},
    steps,
};
use crate::{
    account::desk::Desk,
    browser::clock,
    fetched::Fetched,
    text,
    trouble::Trouble,
    ui::{self, Heading, List, Loaded, Paragraph, PlainButton, Row, SummaryList, WarningText, Words},
    vault,
};
use leptos::prelude::*;
use protocol::{id::AppendId, vault::GenesisView};

/// What waits, verified.
#[component]
pub(super) fn Signing(id: AppendId) -> impl IntoView {
    let (desk, folder, lang) = (
        expect_context::<Desk>(),
        expect_context::<Folder>(),
        ui::language(),
    );
    let found = Loaded::by(move || read(desk, id));
    let show = move |(founding, genesis)| view! { <Compare id founding genesis/> }.into_any();
    let turn_away = move |()| folder.sure.set(Some(Sure::TurnAway));
    view! {
        <Heading text=text::signing_title(lang)/>
        <Fetched found show/>
        <PlainButton text=text::turn_away_open(lang) press=turn_away/>
    }
}

async fn read(desk: Desk, id: AppendId) -> Result<(FirstLink, GenesisView), Trouble> {
    // Whoever has signed may be listed since this page was opened.
    desk.trust_anew().await?;
    let founding = desk.note(load_founding(id).await)?;
    let (link, joinings) = (founding.link.clone(), vec![founding.joining.clone()]);
    let genesis = vault::read_genesis(link, joinings, clock::minute()).await?;
    Ok((founding, genesis))
}

#[component]
fn Compare(id: AppendId, founding: FirstLink, genesis: GenesisView) -> impl IntoView {
    let lang = ui::language();
    let lead = genesis.members.first().cloned();
    let proven = lead.as_ref().is_some_and(|lead| lead.proven);
    let name = lead
        .as_ref()
        .and_then(|lead| lead.name.clone())
        .unwrap_or_default();
    let words = lead.map(|lead| lead.words).unwrap_or_default();
    let rows = vec![
        Row::written(text::row_name(lang), genesis.name.clone()),
        Row::written(text::name_label(lang), name),
        Row {
            key: text::row_words(lang),
            value: view! { <Words words/> }.into_any(),
            action: None,
        },
        Row::text(
            text::row_signed(lang),
            text::signed_of(lang, genesis.needed, genesis.signed),
        ),
    ];
    view! {
        <SummaryList rows/>
        {if genesis.signed_by_me {
            view! { <Paragraph text=text::signing_waits(lang)/> }.into_any()
        } else {
            view! { <Sign id founding proven/> }.into_any()
        }}
    }
}

#[component]
fn Sign(id: AppendId, founding: FirstLink, proven: bool) -> impl IntoView {
    let (desk, folder, lang) = (
        expect_context::<Desk>(),
        expect_context::<Folder>(),
        ui::language(),
    );
    let press = move |()| {
        let work = steps::sign(desk, id, founding.clone());
        folder.acts.act(text::signing_said(lang), work);
    };
    let answered = if proven {
        text::signing_proven(lang)
    } else {
        text::signing_unproven(lang)
    };
    view! {
        <Paragraph text=answered/>
        <WarningText text=text::signing_compare(lang)/>
        <List items=vec![text::signing_lead(lang), text::signing_two(lang), text::signing_for_good(lang)]/>
        <PlainButton text=text::signing_button(lang) press class="govuk-button"/>
    }
}
