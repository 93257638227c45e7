//! What an administrator has.

use super::Warnings;
use crate::{
    account::{LastUsed, desk::Desk},
    partner::Organisations,
    place::Place,
    text::{self, Text},
    ui::{self, Heading, Headline, List, Row, SummaryList, Words},
};
use leptos::prelude::*;
use protocol::{concern::Language, vault::Trusted};

/// The page.
#[component]
pub(crate) fn OverviewPage() -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    view! {
        <Headline title=text::overview_title(lang)/>
        <Warnings/>
        <Organisations/>
        <Elsewhere/>
        <Heading text=text::overview_can(lang)/>
        <List items=vec![text::overview_can_directory(lang), text::overview_can_partners(lang)]/>
        <Heading text=text::overview_cannot(lang)/>
        <List items=vec![text::overview_cannot_read(lang), text::overview_cannot_who(lang), text::overview_cannot_add(lang)]/>
        <Heading text=text::directory_title(lang)/>
        {desk.trusted().map(|trusted| view! { <SummaryList rows=directory_rows(&trusted, lang)/> })}
        <LastUsed/>
    }
}

/// What administrators do beside organisations, each on a page of its own.
#[component]
fn Elsewhere() -> impl IntoView {
    let lang = ui::language();
    let places = [Place::Checkpoint, Place::Resets, Place::RecoverUnit];
    let links = places.map(|place| {
        view! { <li><a class="govuk-link" href=place.path(lang)>{place.title(lang)}</a></li> }
    });
    view! {
        <Heading text=text::overview_else(lang)/>
        <ul class="govuk-list">{links.into_iter().collect::<Vec<_>>()}</ul>
    }
}

/// The directory, as rows.
pub(crate) fn directory_rows(trusted: &Trusted, lang: Language) -> Vec<Row> {
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
