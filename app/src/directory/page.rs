//! What to compare of the directory: with a copy on paper, or with somebody else by voice.

use crate::{
    account::desk::Desk,
    browser::page,
    text::{self, Text},
    ui::{self, Headline, List, Paragraph, PlainButton, Row, SummaryList, Words},
};
use leptos::prelude::*;
use protocol::{concern::Language, vault::Trusted};

/// The page.
#[component]
pub(crate) fn DirectoryPage() -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    view! {
        <Headline title=text::compare_title(lang)/>
        {match desk.trusted() {
            None => view! { <Paragraph text=text::directory_none(lang)/> }.into_any(),
            Some(trusted) => view! { <Compare trusted/> }.into_any(),
        }}
    }
}

#[component]
fn Compare(trusted: Trusted) -> impl IntoView {
    let lang = ui::language();
    let hash = trusted.hash.to_string();
    let mut rows = directory_rows(&trusted, lang);
    rows.push(Row {
        key: text::directory_hash(lang),
        value: view! { <span class="candour-words" translate="no" id="hash">{hash}</span> }.into_any(),
        action: None,
    });
    view! {
        <Paragraph text=text::compare_text(lang)/>
        <SummaryList rows/>
        <List items=vec![text::compare_paper(lang), text::compare_voice(lang), text::compare_differs(lang)]/>
        <PlainButton text=text::code_print(lang) press=move |()| page::print()/>
    }
}

/// The directory, as rows.
pub(super) fn directory_rows(trusted: &Trusted, lang: Language) -> Vec<Row> {
    let ready = trusted
        .forces
        .iter()
        .filter(|force| force.intake.is_some())
        .count();
    let words = view! { <Words words=trusted.words.clone()/> }.into_any();
    vec![
        Row::text(
            text::directory_version(lang),
            Text::of(trusted.version.to_string()),
        ),
        Row {
            key: text::directory_words(lang),
            value: words,
            action: None,
        },
        Row::text(text::directory_issued(lang), ui::day(trusted.issued)),
        Row::text(text::directory_expires(lang), ui::day(trusted.expires)),
        Row::text(
            text::directory_forces(lang),
            text::directory_ready(lang, ready, trusted.forces.len()),
        ),
    ]
}
