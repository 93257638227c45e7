//! Where it happened, or where the practitioner works: a place to look for a force by. It stays in the browser.

use super::{Page, Way, step::Step};
use crate::{
    concern::{
        answers::field,
        draft::Draft,
        finder::{Finder, Found},
    },
    fetched::Fetched,
    text::{self, Text},
    ui::{self, Bound, Paragraph, PlainButton, Problem, TextInput},
};
use leptos::prelude::*;
use protocol::{concern::Language, told::Employer};

/// The page.
#[component]
pub(super) fn PlacePage(way: Way) -> impl IntoView {
    let lang = ui::language();
    let show = move |finder| view! { <Ask way finder/> }.into_any();
    view! { <Fetched found=way.finder show title=text::near_title(lang) waiting=text::near_loading(lang)/> }
}

#[component]
fn Ask(way: Way, finder: Finder) -> impl IntoView {
    let (draft, lang) = (expect_context::<Draft>(), ui::language());
    let problems = RwSignal::new(Vec::new());
    let hint = if finder.has_postcodes() {
        text::near_hint_postcode(lang)
    } else {
        text::near_hint(lang)
    };
    let value = Bound::part(
        draft.answers,
        |all| all.looked_for.clone(),
        |all, place| all.looked_for = place,
    );
    let submit = move |()| match wrong(&finder.find(&value.get.get_untracked()), lang) {
        None => way.go(Page::Suggestion),
        Some(text) => problems.set(vec![Problem {
            field: field::LOOKED_FOR,
            text,
        }]),
    };
    let (title, label) = match draft.answers.with_untracked(|all| all.told.routing.employer) {
        Some(Employer::Unknown) => (text::base_title(lang), text::base_label(lang)),
        Some(Employer::Place) => (text::near_title(lang), text::near_label(lang)),
        _ => (text::search_title(lang), text::search_label(lang)),
    };
    view! {
        <Step way title problems submit>
            <Paragraph text=text::near_stays(lang)/>
            <TextInput id=field::LOOKED_FOR label hint value problems/>
            <PlainButton text=text::by_hand(lang) press=move |()| way.go(Page::Force)/>
            <p class="govuk-hint">{text::places_source(lang)}</p>
        </Step>
    }
}

/// What to do where nothing was found.
fn wrong(found: &Found, lang: Language) -> Option<Text> {
    match found {
        Found::Forces(_) => None,
        Found::NoPostcodes => Some(text::near_no_postcodes(lang)),
        Found::Nothing => Some(text::near_not_found(lang)),
    }
}
