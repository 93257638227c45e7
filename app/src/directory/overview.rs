//! What an administrator has.

use super::{Warnings, beginning::Beginning, page::directory_rows};
use crate::{
    account::{LastUsed, desk::Desk},
    browser::clock,
    partner::Organisations,
    place::Place,
    text,
    ui::{self, Heading, Headline, Inset, List, Paragraph, SummaryList},
};
use leptos::prelude::*;
use protocol::vault::{Trusted, Warning};

/// The page.
#[component]
pub(crate) fn OverviewPage() -> impl IntoView {
    let lang = ui::language();
    view! {
        <Headline title=text::overview_title(lang)/>
        <Warnings/>
        <Beginning/>
        <Organisations/>
        <Elsewhere/>
        <Heading text=text::overview_can(lang)/>
        <List items=vec![text::overview_can_directory(lang), text::overview_can_partners(lang)]/>
        <Heading text=text::overview_cannot(lang)/>
        <List items=vec![text::overview_cannot_read(lang), text::overview_cannot_who(lang), text::overview_cannot_add(lang)]/>
        <Heading text=text::directory_title(lang)/>
        <Newest/>
        <LastUsed/>
    }
}

/// The directory as it was verified last, and whether the next one is due.
#[component]
fn Newest() -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let trusted = Memo::new(move |_| desk.state().with(|state| state.trusted().cloned()));
    move || {
        match trusted.get() {
        None => view! { <Paragraph text=text::directory_none(lang)/> }.into_any(),
        Some(trusted) => view! {
            <Due trusted=trusted.clone()/>
            <SummaryList rows=directory_rows(&trusted, lang)/>
            <p class="govuk-body"><a class="govuk-link" href=Place::Directory.path(lang)>{text::compare_title(lang)}</a></p>
        }
        .into_any(),
    }
    }
}

/// What to do about a directory that expires soon.
#[component]
fn Due(trusted: Trusted) -> impl IntoView {
    let lang = ui::language();
    let left = trusted.expires.0.saturating_sub(clock::minute().day().0);
    trusted.warnings.contains(&Warning::DirectoryExpiresSoon).then(|| {
        view! {
            <Inset>
                <Paragraph text=text::directory_left(lang, left)/>
                <List items=vec![text::directory_next_draft(lang), text::directory_next_sign(lang), text::directory_next_publish(lang)]/>
            </Inset>
        }
    })
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
