//! What was told, a card for each section.

use super::{
    rows::{self, Shown},
    section::Section,
};
use crate::{
    place::Place,
    text,
    ui::{self, SummaryCard},
};
use leptos::prelude::*;

/// The cards to read. Sections in `above` stand elsewhere on the page.
pub(crate) fn cards(shown: &Shown<'_>, above: &[Section]) -> AnyView {
    let lang = ui::language();
    let all = rows::sections(shown, lang)
        .into_iter()
        .filter(|(section, _)| !above.contains(section));
    let cards: Vec<_> = all
        .map(|(section, rows)| view! { <SummaryCard title=section.title(lang) rows/> })
        .collect();
    cards.into_any()
}

/// The cards to check: every section, each with the way to change it, also where nothing was said.
pub(super) fn to_check(shown: &Shown<'_>) -> AnyView {
    let lang = ui::language();
    let groups = super::section::groups(lang);
    let all = groups.iter().flat_map(|group| group.sections).copied();
    let cards: Vec<_> = all.map(|section| card_to_check(shown, section)).collect();
    cards.into_any()
}

fn card_to_check(shown: &Shown<'_>, section: Section) -> AnyView {
    let lang = ui::language();
    let mut rows = rows::rows(shown, section, lang);
    if rows.is_empty() {
        rows.push(ui::Row::text(
            text::nothing_said(lang),
            text::nothing_said_fine(lang),
        ));
    }
    let change = view! {
        <a class="govuk-link" href=Place::Section(Some(section)).path(lang)>
            {text::change(lang)} <span class="govuk-visually-hidden">" " {section.title(lang)}</span>
        </a>
    }
    .into_any();
    view! { <SummaryCard title=section.title(lang) rows action=change/> }.into_any()
}
