//! Who can read what is sealed, what the server sees, and what cannot be promised.

use crate::{
    place::Place,
    text::{self, Text},
    ui::{self, Heading, Headline, List, Paragraph},
};
use leptos::prelude::*;
use protocol::concern::Language;

/// The page.
#[component]
pub(crate) fn HowItWorksPage() -> impl IntoView {
    let lang = ui::language();
    view! {
        <Headline title=text::how_title(lang)/>
        <Paragraph text=text::how_short(lang)/>
        <Heading text=text::how_readers(lang)/>
        <List items=vec![text::how_readers_unit(lang), text::how_readers_sealed(lang), text::how_readers_chief(lang), text::how_readers_recovery(lang)]/>
        <Paragraph text=text::how_readers_nobody(lang)/>
        <Heading text=text::how_server(lang)/>
        <ServerTable/>
        <Heading text=text::how_limits(lang)/>
        <List items=vec![text::how_limits_code(lang), text::how_limits_device(lang), text::how_limits_live(lang), text::how_limits_unit(lang), text::how_limits_court(lang), text::how_limits_password(lang)]/>
        <Heading text=text::how_check(lang)/>
        <Paragraph text=text::how_check_text(lang)/>
        <p class="govuk-body"><a class="govuk-link" href=Place::Directory.path(lang)>{text::compare_title(lang)}</a></p>
        <p class="govuk-body"><a class="govuk-link" href=Place::SelfTest.path(lang)>{text::self_test_title(lang)}</a></p>
    }
}

/// What the server stores, what it could see while it happens, and what it never sees.
#[component]
fn ServerTable() -> impl IntoView {
    let lang = ui::language();
    let head = [
        text::how_table_what(lang),
        text::how_table_stored(lang),
        text::how_table_live(lang),
    ];
    let head = head
        .map(|text| view! { <th scope="col" class="govuk-table__header">{text}</th> })
        .into_iter()
        .collect::<Vec<_>>();
    let rows: Vec<_> = rows(lang).into_iter().map(row).collect();
    view! {
        <div class="candour-scroll" role="region" tabindex="0" aria-labelledby="sees-caption">
        <table class="govuk-table">
            <caption id="sees-caption" class="govuk-table__caption govuk-table__caption--s">{text::how_table_caption(lang)}</caption>
            <thead class="govuk-table__head"><tr class="govuk-table__row">{head}</tr></thead>
            <tbody class="govuk-table__body">{rows}</tbody>
        </table>
        </div>
    }
}

fn row([what, stored, live]: [Text; 3]) -> impl IntoView {
    view! {
        <tr class="govuk-table__row">
            <th scope="row" class="govuk-table__header">{what}</th>
            <td class="govuk-table__cell">{stored}</td>
            <td class="govuk-table__cell">{live}</td>
        </tr>
    }
}

fn rows(lang: Language) -> Vec<[Text; 3]> {
    vec![
        [text::sees_words(lang), text::no(lang), text::no(lang)],
        [text::sees_password(lang), text::no(lang), text::no(lang)],
        [text::sees_unit(lang), text::yes(lang), text::yes(lang)],
        [text::sees_who(lang), text::no(lang), text::sees_who_live(lang)],
        [
            text::sees_when(lang),
            text::sees_when_stored(lang),
            text::yes(lang),
        ],
        [
            text::sees_signed_in(lang),
            text::sees_signed_in_stored(lang),
            text::yes(lang),
        ],
        [
            text::sees_fetched(lang),
            text::sees_fetched_stored(lang),
            text::yes(lang),
        ],
        [
            text::sees_size(lang),
            text::sees_size_stored(lang),
            text::yes(lang),
        ],
        [text::sees_account(lang), text::yes(lang), text::yes(lang)],
        [
            text::sees_mail(lang),
            text::sees_mail_stored(lang),
            text::yes(lang),
        ],
        [text::sees_address(lang), text::no(lang), text::yes(lang)],
    ]
}
