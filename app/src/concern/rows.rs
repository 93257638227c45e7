//! A concern as rows of names and values.

use super::{
    answers::{Step, field},
    choice::Choice,
    draft::Draft,
    form::change,
};
use crate::{
    text::{self, Text},
    ui::{self, Row},
};
use leptos::prelude::*;
use protocol::{
    concern::{Concern, Language, Who},
    vault::ForceView,
};

/// Where a row's answer is given in the form.
#[derive(Clone, Copy)]
pub(crate) struct Given(Step, &'static str);

/// The rows, each with the place in the form where it is answered.
pub(crate) fn rows(concern: &Concern, forces: &[ForceView], lang: Language) -> Vec<(Row, Given)> {
    let (who_key, who) = match &concern.who {
        Who::Named(who) => (text::row_who(lang), who),
        Who::Described(who) => (text::row_description(lang), who),
    };
    let about = |field| Given(Step::About, field);
    let account = |field| Given(Step::Account, field);
    vec![
        (
            Row::text(text::row_force(lang), force_name(&concern.force, forces)),
            about(field::FORCE),
        ),
        (
            Row::text(text::row_standing(lang), concern.standing.label(lang)),
            about(field::STANDING),
        ),
        (
            Row::written(text::row_happened(lang), concern.happened.clone()),
            account(field::HAPPENED),
        ),
        (Row::written(who_key, who.clone()), account(field::WHO)),
        (
            Row::text(text::row_source(lang), concern.source.label(lang)),
            account(field::SOURCE),
        ),
        (
            Row::text(text::row_aware(lang), concern.aware.label(lang)),
            account(field::AWARE),
        ),
        (
            Row::text(text::row_agrees(lang), concern.agrees.label(lang)),
            account(field::AGREES),
        ),
        (
            Row::written(text::row_contact(lang), concern.contact.clone()),
            account(field::CONTACT),
        ),
    ]
}

/// The rows to read.
pub(crate) fn read_only(concern: &Concern, forces: &[ForceView], lang: Language) -> Vec<Row> {
    rows(concern, forces, lang)
        .into_iter()
        .map(|(row, _)| row)
        .collect()
}

/// The rows to read where how to reach the practitioner, and what the person affected knows, stand above already.
pub(crate) fn without_safety(concern: &Concern, forces: &[ForceView], lang: Language) -> Vec<Row> {
    let above = |given: &Given| matches!(given.1, field::CONTACT | field::AWARE | field::AGREES);
    let rest = rows(concern, forces, lang)
        .into_iter()
        .filter(|(_, given)| !above(given));
    rest.map(|(row, _)| row).collect()
}

/// The rows to check, each with a way to change it.
pub(super) fn changeable(concern: &Concern, forces: &[ForceView], lang: Language) -> Vec<Row> {
    rows(concern, forces, lang)
        .into_iter()
        .map(|(row, given)| {
            let action = change_button(given, row.key.clone());
            row.with(action)
        })
        .collect()
}

/// A button that leads to where an answer was given.
pub(super) fn change_button(Given(step, field): Given, what: Text) -> AnyView {
    let (draft, lang) = (expect_context::<Draft>(), ui::language());
    view! {
        <button type="button" class="candour-link-button" on:click=move |_| change(draft, step, field)>
            {text::change(lang)} <span class="govuk-visually-hidden">" " {what}</span>
        </button>
    }
    .into_any()
}

/// How the concern is signed, as a row to check.
pub(super) fn signed_row(value: Text, can_change: bool, lang: Language) -> Row {
    let row = Row::text(text::row_signs(lang), value);
    if can_change {
        let action = change_button(Given(Step::Account, field::SIGNS), text::row_signs(lang));
        row.with(action)
    } else {
        row
    }
}

/// The force's name; its identifier where the directory no longer lists it.
pub(crate) fn force_name(id: &str, forces: &[ForceView]) -> Text {
    let found = forces.iter().find(|force| force.id == id);
    Text::of(found.map_or_else(|| id.to_owned(), |force| force.name.clone()))
}
